"""Which verb a quotative leads to, and whether a clause before it is words of anybody."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

from kg.claim.order import commands
from kg.claim.verbs import report_nouns, reporting, state_nouns
from kg.context import modal_nouns
from kg.lexicon import Row
from kg.parse import Sentence

_TERMINAL = re.compile(r"終止形|意志推量形|命令形|語幹")
_TOLD_BY = re.compile(
    r"いうのは、?[^。、「」]{1,40}(?:さん|氏|くん|教授|社長|監督|選手|医師|弁護士|店長)(?:[（(][^（）()]*[）)])?(?:だ|です|である)。?$"
)
_ESTIMATES = ("みる", "見る", "見込む", "見積もる", "試算", "推計")
_ATTITUDES = ("自信", "決意", "不快感", "覚悟", "自負", "意欲", "余裕", "焦り")
_MEANWHILE = ("一方", "半面", "反面", "傍ら", "かたわら")  # 「…」とする一方、
_MANNER = re.compile(  # between と and the verb: 改めて, 静かに, 厳しく, 強い口調で, 口をそろえて
    r"(?:改めて|あらためて|重ねて|繰り返し|再三|口々に|はっきりと?|きっぱりと?|淡々と|[一-龥]{1,2}しく|[一-龥]{1,2}に|[強弱短暗熱]く|早くも"
    r"|(?:[一-龥ぁ-ん]{1,6}(?:い|な|した|の|った))?(?:口調|表情|言葉|声|笑顔|調子|面持ち)で|[口声言目][をに][^、。「」をはが]{2,8}て)(?:、)?"
)
_ADDRESSED = re.compile(  # と司会の小沢亮に頼むと、
    r"[^、。「」はがも]{1,20}に(?P<verb>[^、。「」はがもに]{1,10}?)(?:と|が|ので|ものの|けれども?|たら|(?:かと)?思えば|ところ)、[^、。「」]{1,24}[はがも]"
)
_NONE = {"kind": ""}


def measured(last: Token, following: Span) -> bool:
    """「150億円前後とみる」: a quantity that somebody only estimates stands for a clause."""
    measure = last.text in ("前後", "程度", "以上", "以下", "規模", "％", "%") or "助数詞" in last.tag_
    verb = next((t for t in following[:3] if t.pos_ == "VERB" or "サ変可能" in t.tag_), None)
    return measure and verb is not None and (verb.lemma_ in _ESTIMATES or reporting().get(verb.lemma_, _NONE)["kind"] == "guess")


def says_nothing(last: Token, following: Token, row: Row) -> bool:
    """Whether a clause that ends with `last` is no words of anybody: of 「…」と叫ぶ only a quotation is, of とする only a full clause."""
    if row["takes"] == "quote":
        return not _is_attitude(following)
    if (
        (following.lemma_ == "する" or row["lemma"] in ("する", "みる", "見る", "考える"))
        and not is_clause(last, verbal=True)
        and "形状詞" not in last.tag_
    ):
        return True
    return row["lemma"] == "する" and "意志推量形" in "".join(last.morph.get("Inflection", []))


def _is_attitude(token: Token) -> bool:
    """Whether と leads to the object that says as what something is said: と懸念を示した, と自信を見せた."""
    behind = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    return behind in ("を", "も") and (token.text in report_nouns() or token.text in _ATTITUDES)


def hedges(sentence: Sentence, i: int) -> bool:
    """とは限らない, とは言えない, とする根拠: a と that hands nothing over."""
    doc = sentence.doc
    if i + 1 >= len(doc):
        return False
    if doc[i].text in ("は", "も") and doc[i + 1].lemma_ in ("限る", "言える", "いえる", "言い切れる", "言い切る", "言いがたい"):
        return True
    if doc[i + 1].text in _MEANWHILE:
        return False
    return doc[i].text in ("する", "した") and doc[i + 1].pos_ in ("NOUN", "PROPN") and not any(t.text in report_nouns() for t in doc[i + 1 : i + 5])


def leads(sentence: Sentence, i: int) -> bool:
    """Whether a reporting verb is next, or only its manner before it, so that と, though it looks conditional, is quotative."""
    doc = sentence.doc
    if i < len(doc) and (manner := _MANNER.match(sentence.text, doc[i].idx)) is not None:
        i = next((t.i for t in doc[i:] if t.idx >= manner.end()), len(doc))
    if "".join(t.text for t in doc[i : i + 3]).startswith(("した。", "していま", "している", "しており")):
        return True
    return i < len(doc) and (row := reporting().get(doc[i].lemma_)) is not None and row["takes"] == "any" and doc[i].lemma_ != "する"


def reported(sentence: Sentence, token: Token) -> bool:
    """「見通しだと27日、日本経済新聞が報じた」: a と that looks conditional under a verb of reporting."""
    content = sentence.doc[token.i - 1]
    while (content.pos_ in ("AUX", "PART", "SCONJ") or content.dep_ == "fixed") and content.head.i < content.i:
        content = content.head
    row = reporting().get(lemma(content.head))
    if content.head.i <= token.i or row is None:
        return False
    between = sentence.doc[token.i + 1 : content.head.i]
    return row["kind"] in ("report", "announce") or any(t.text in ("は", "が") for t in between)


def is_clause(token: Token, verbal: bool = False) -> bool:
    """Whether a clause can end with this token: a terminal form, か, or a noun that stands for one (必要と, 中止と)."""
    if token.text.endswith(state_nouns()) or (token.text in modal_nouns() and token.text not in ("こと", "もの", "の", "よう", "話")):
        return True
    if _TERMINAL.search("".join(token.morph.get("Inflection", []))) or (token.pos_ in ("ADJ", "AUX") and token.tag_.startswith("形状詞")):
        return True
    if commands(token):
        return True
    if token.text == "は" and token.i > 1 and token.doc[token.i - 1].text == "で" and token.doc[token.i - 2].text in ("の", "ん"):
        return True
    if token.tag_.startswith("助詞-終助詞") or token.text in ("か", "ない", "だ", "です", "ぬ", "ん", "べき"):
        return True
    return not verbal and token.pos_ in ("NOUN", "ADJ", "VERB") and ("サ変" in token.tag_ or "形状詞" in token.tag_)


def governor(sentence: Sentence, content: Token, particle: int) -> tuple[int | None, Row | None]:
    """The reporting verb that a quotative leads to: up the tree, else the next reporting verb of the clause."""
    known = reporting()
    after = sentence.doc[particle + 1] if particle + 1 < len(sentence.doc) else content
    if after.lemma_ != "する" and (row := known.get(after.lemma_)) is not None and _predicative(after):
        return after.i, row
    if after.text in ("いい", "言い") and after.i + 1 < len(sentence.doc) and sentence.doc[after.i + 1].text == "、":
        return after.i, known["言う"]  # 大ファンだといい、「…」と告白した
    if _TOLD_BY.match(sentence.text, after.idx):
        return after.i, known["言う"]  # うまくいったというのは、看護師の葉月さんだ
    node = content
    for _ in range(4):
        if node.head.i == node.i:
            break
        node = node.head
        if node.i > particle and (row := known.get(lemma(node))) is not None:
            return (node.i, row) if (act := _act_before(sentence, particle, node.i)) is None else (act, None)
    for node in sentence.doc[particle + 1 : particle + 16]:
        if node.pos_ in ("VERB", "ADJ", "NOUN") and (row := known.get(lemma(node))) is not None and _predicative(node):
            return node.i, row
        if node.text == "。":
            break
    acts = [n.i for n in (content.head, *sentence.doc[particle + 1 : particle + 8]) if n.i > particle and (n.pos_ == "VERB" or n.head.i == n.i)]
    return (acts[0] if acts else None), None


def _act_before(sentence: Sentence, particle: int, verb: int) -> int | None:
    """「…」と小沢に頼むと、小沢は苦笑した: the verb that a quotation has by itself, before another clause and its subject."""
    m = _ADDRESSED.match(sentence.text, sentence.ends[particle])
    if m is None or m.end() > sentence.starts[verb]:
        return None
    return next((t.i for t in sentence.doc[particle + 1 : verb] if t.idx < m.end("verb") and t.pos_ == "VERB" and t.idx >= m.start("verb")), None)


def lemma(token: Token) -> str:
    """A verb's lemma; of 明らかにする the 明らか, under whichever of its words the parser puts it."""
    if token.lemma_ == "する":
        before = next((c for c in reversed(list(token.lefts)) if c.dep_ == "advcl" and c.i >= token.i - 2), None)
        made = before is not None and before.lemma_ in reporting() and token.doc[before.i + 1].text == "に"
        return before.lemma_ if before is not None and made else "する"
    return token.lemma_


def _predicative(token: Token) -> bool:
    """A verb, or a サ変 noun with する or at its clause's end (「…」と説明。)."""
    if token.pos_ == "VERB":
        return True
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return following is None or following.lemma_ in ("する", "。", "、", "だ", "込む") or following.text in ("に", "済み", "済")
