"""Where a sentence hands over somebody's words: its quotative particles and the verb or noun that they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from spacy.tokens import Doc, Span, Token

from kg.claim.order import commands
from kg.context import modal_nouns
from kg.lexicon import Row, rows
from kg.parse import Sentence
from kg.segment import PLACEHOLDER

_TERMINAL = re.compile(r"終止形|意志推量形|命令形|語幹")
_TOLD_BY = re.compile(
    r"いうのは、?[^。、「」]{1,40}(?:さん|氏|くん|教授|社長|監督|選手|医師|弁護士|店長)(?:[（(][^（）()]*[）)])?(?:だ|です|である)。?$"
)
_ASKED = ("の問い", "の質問", "の問いかけ")  # …ではないか、との問いに社長は: what is answered, not what is said
_ESTIMATES = ("みる", "見る", "見込む", "見積もる", "試算", "推計")
_ATTITUDES = ("自信", "決意", "不快感", "覚悟", "自負", "意欲", "余裕", "焦り")
_MEANWHILE = ("一方", "半面", "反面", "傍ら", "かたわら")  # 「…」とする一方、
_WHO_IS = re.compile(
    r"(?:と|って)(?:いう|いった)[^、。「」はがをのに]{0,8}(?:男性|女性|男|女|人物?|方|客|者|員|生|さん|氏|ユーザー|ファン)(?:は|が|も|から|に|の)"
)
_MANNER = re.compile(  # between と and the verb: 改めて, 静かに, 厳しく, 強い口調で, 口をそろえて
    r"(?:改めて|あらためて|重ねて|繰り返し|再三|口々に|はっきりと?|きっぱりと?|淡々と|[一-龥]{1,2}しく|[一-龥]{1,2}に|[強弱短暗熱]く|早くも"
    r"|(?:[一-龥ぁ-ん]{1,6}(?:い|な|した|の|った))?(?:口調|表情|言葉|声|笑顔|調子|面持ち)で|[口声言目][をに][^、。「」をはが]{2,8}て)(?:、)?"
)
_NONE = {"kind": ""}
_COMPLEMENT = {"と": "to", "って": "to", "よう": "you", "こと": "koto"}


@dataclass(frozen=True, slots=True)
class Site:
    """A complement's end. Tokens: the complement ends before `end`; `verb` governs it, `noun` if it hangs on one (との見方)."""

    end: int
    particle: int
    verb: int | None
    noun: int | None
    row: Row | None  # of reporting.tsv or report_nouns.tsv
    form: str  # to, you, koto, noun, none (a quotation that nothing follows)
    quoted: bool  # ends with a quotation


@cache
def reporting() -> dict[str, Row]:
    """The rows of reporting.tsv by lemma."""
    return {r["lemma"]: r for r in rows("reporting.tsv")}


@cache
def report_nouns() -> dict[str, Row]:
    """The rows of report_nouns.tsv by noun."""
    return {r["noun"]: r for r in rows("report_nouns.tsv")}


@cache
def opinions() -> frozenset[str]:
    """Verbs of thinking whose と clause is what a speaker really says: と思う."""
    return frozenset(r["lemma"] for r in rows("opinions.tsv"))


@cache
def state_nouns() -> tuple[str, ...]:
    """How nouns end that end a clause without a verb: ため, 未定, 中."""
    return tuple(r["noun"] for r in rows("statenouns.tsv"))


def sites(sentence: Sentence) -> list[Site]:
    """Return the places where a sentence's words end that somebody says, left to right.

    「同社は来春に発売すると発表した」 ends before と, which leads to 発表.
    """
    found: list[Site] = []
    for token in sentence.doc:
        site = _to(sentence, token) or _nado(sentence, token) or _you(sentence, token) or _koto(sentence, token)
        if site is None or (found and (site.end <= found[-1].end or _repeats(sentence, site, found))):
            continue
        found.append(site)
    found = [f for f in found if not _leads_on(sentence, f, found) and not any(_thinks(sentence, f, g) for g in found)]
    return [_own(sentence, f, g) for f, g in zip_longest(found, found[1:])]


def _own(sentence: Sentence, site: Site, following: Site | None) -> Site:
    """「A」と水を向けると、Bは「C」と笑った: 水を向ける has A, not the verb of C that the parse hangs both on."""
    if following is None or not (site.quoted and following.quoted) or site.form != "to" or site.verb is None or site.verb < following.end:
        return site
    between = sentence.doc[site.particle + 1 : following.end - 3]
    verbs = [t for t in between if t.pos_ == "VERB"] or [t for t in between if t.tag_.startswith("形容詞")]
    verb = next(iter(verbs), None)  # 「A」と手厳しく、Bも「C」と話す; 「A」と切り捨て、「C」と述べる
    return replace(site, verb=verb.i, row=reporting().get(_lemma(verb))) if verb is not None else site


def _thinks(sentence: Sentence, site: Site, other: Site) -> bool:
    """「問題はないと認識していたと説明した」: what is said is that somebody thought so."""
    if site.form != "to" or site.quoted or site.verb is None or other.form != "to" or other.quoted or other.end <= site.verb:
        return False
    between = sentence.doc[site.verb + 1 : other.end]
    return sentence.doc[site.verb].lemma_ in opinions() and all(t.pos_ in ("AUX", "SCONJ") or t.dep_ in ("aux", "fixed", "mark") for t in between)


def _leads_on(sentence: Sentence, site: Site, found: list[Site]) -> bool:
    """「併用すると、割合が減ったと発表した」: a と that looks conditional before the quotative of the same verb."""
    if site.form != "to" or site.quoted or sentence.doc[site.particle].tag_ != "助詞-接続助詞":
        return False
    return any(f.form == "to" and f.verb == site.verb and f.end > site.end for f in found)


def _repeats(sentence: Sentence, site: Site, found: list[Site]) -> bool:
    """「…」「…」など、導入をやむなしとする声: the clause only sums up the quotations under the same noun."""
    following = sentence.doc[site.particle + 1] if site.particle + 1 < len(sentence.doc) else None
    return site.noun is not None and following is not None and following.text == "する" and any(f.noun == site.noun for f in found)


def _to(sentence: Sentence, token: Token) -> Site | None:
    """と, って, などと, との, とする, として after a clause or a quotation."""
    doc = sentence.doc
    if token.text not in ("と", "って", "とか") or not token.tag_.startswith("助詞") or token.i == 0:
        return None
    if token.tag_ == "助詞-接続助詞" and not (_leads(sentence, token.i + 1) or _reported(sentence, token)):
        return None
    if token.i + 1 < len(doc) and doc[token.i + 1].lemma_ in ("なる", "成る", "共に", "ともに"):
        return None
    end = token.i
    while end > 1 and (doc[end - 1].text in ("など", "等", "、", "とも") or (doc[end - 1].text in ("だ", "である") and is_quote(sentence, end - 1))):
        end -= 1
    if _hedges(sentence, token.i + 1):
        return None
    quoted = is_quote(sentence, end)
    if not quoted and doc[end - 1].text in ("だ", "である") and _WHO_IS.match(sentence.text, token.idx):
        return None  # 元店長だという男性
    measured = _measured(doc[end - 1], doc[token.i + 1 :])
    if not quoted and not measured and not _is_clause(doc[end - 1]):
        return None
    following = doc[token.i + 1 : token.i + 4]
    words = "".join(t.text for t in following)
    if words.startswith((*_ASKED, "いうもの", "いったもの")):
        return None
    if words.startswith(("の", "いう", "する", "いった", "した")) and (site := _to_noun(sentence, end, token, quoted)):
        return site
    if token.i + 2 < len(doc) and doc[token.i + 1].lemma_ == "する" and doc[token.i + 2].text in ("ながら", "つつ"):
        return Site(end, token.i, token.i + 1, None, reporting()["する"], "to", quoted)
    verb, row = _governor(sentence, doc[end - 1 if not quoted else end - 2], token.i)
    if row is None and quoted and verb is not None and doc[verb].dep_ == "acl" and (noun := report_nouns().get(doc[verb].head.text)) is not None:
        return Site(end, token.i, None, doc[verb].head.i, noun, "noun", True)
    if quoted and verb is not None and is_passive(sentence, verb) and (put := _put_in(sentence, token.i, verb)) is not None:
        return Site(end, token.i, verb, put, report_nouns()[doc[put].text], "noun", True)
    if row is None:
        return Site(end, token.i, verb, None, None, "to", True) if quoted and verb is not None else None
    if not quoted and not measured and _says_nothing(doc[end - 1], doc[token.i + 1], row):
        return None
    if verb is not None and doc[verb].dep_ == "acl" and (noun := report_nouns().get(doc[verb].head.text)) is not None:
        return Site(end, token.i, None, doc[verb].head.i, noun, "noun", quoted)
    return Site(end, token.i, verb, None, row, "to", quoted)


def _put_in(sentence: Sentence, particle: int, verb: int) -> int | None:
    """「…」と、案に反対する意見が寄せられた: the noun that a passive verb has for its subject."""
    doc = sentence.doc
    return next((t.i for t in doc[particle + 1 : verb] if t.text in report_nouns() and doc[t.i + 1].text in ("が", "も", "は")), None)


def _measured(last: Token, following: Span) -> bool:
    """「150億円前後とみる」: a quantity that somebody only estimates stands for a clause."""
    measure = last.text in ("前後", "程度", "以上", "以下", "規模", "％", "%") or "助数詞" in last.tag_
    verb = next((t for t in following[:3] if t.pos_ == "VERB" or "サ変可能" in t.tag_), None)
    return measure and verb is not None and (verb.lemma_ in _ESTIMATES or reporting().get(verb.lemma_, _NONE)["kind"] == "guess")


def _says_nothing(last: Token, following: Token, row: Row) -> bool:
    """Whether a clause that ends with `last` is no words of anybody: of 「…」と叫ぶ only a quotation is, of とする only a full clause."""
    if row["takes"] == "quote":
        return not _is_attitude(following)
    if (
        (following.lemma_ == "する" or row["lemma"] in ("する", "みる", "見る", "考える"))
        and not _is_clause(last, verbal=True)
        and "形状詞" not in last.tag_
    ):
        return True
    return row["lemma"] == "する" and "意志推量形" in "".join(last.morph.get("Inflection", []))


def _is_attitude(token: Token) -> bool:
    """Whether と leads to the object that says as what something is said: と懸念を示した, と自信を見せた."""
    behind = token.doc[token.i + 1].text if token.i + 1 < len(token.doc) else ""
    return behind in ("を", "も") and (token.text in report_nouns() or token.text in _ATTITUDES)


def _hedges(sentence: Sentence, i: int) -> bool:
    """とは限らない, とは言えない, とする根拠: a と that hands nothing over."""
    doc = sentence.doc
    if i + 1 >= len(doc):
        return False
    if doc[i].text in ("は", "も") and doc[i + 1].lemma_ in ("限る", "言える", "いえる", "言い切れる", "言い切る", "言いがたい"):
        return True
    if doc[i + 1].text in _MEANWHILE:
        return False
    return doc[i].text in ("する", "した") and doc[i + 1].pos_ in ("NOUN", "PROPN") and not any(t.text in report_nouns() for t in doc[i + 1 : i + 5])


def _leads(sentence: Sentence, i: int) -> bool:
    """Whether a reporting verb is next, or only its manner before it, so that と, though it looks conditional, is quotative."""
    doc = sentence.doc
    if i < len(doc) and (manner := _MANNER.match(sentence.text, doc[i].idx)) is not None:
        i = next((t.i for t in doc[i:] if t.idx >= manner.end()), len(doc))
    if "".join(t.text for t in doc[i : i + 3]).startswith(("した。", "していま", "している", "しており")):
        return True
    return i < len(doc) and (row := reporting().get(doc[i].lemma_)) is not None and row["takes"] == "any" and doc[i].lemma_ != "する"


def _reported(sentence: Sentence, token: Token) -> bool:
    """「見通しだと27日、日本経済新聞が報じた」: a と that looks conditional under a verb of reporting."""
    content = sentence.doc[token.i - 1]
    while (content.pos_ in ("AUX", "PART", "SCONJ") or content.dep_ == "fixed") and content.head.i < content.i:
        content = content.head
    row = reporting().get(_lemma(content.head))
    if content.head.i <= token.i or row is None:
        return False
    between = sentence.doc[token.i + 1 : content.head.i]
    return row["kind"] in ("report", "announce") or any(t.text in ("は", "が") for t in between)


def _nado(sentence: Sentence, token: Token) -> Site | None:
    """「…」「…」など、疑問視する声: a list of quotations under a noun."""
    doc = sentence.doc
    if token.text not in ("など", "等", "といった") or not is_quote(sentence, token.i):
        return None
    if token.i + 1 < len(doc) and doc[token.i + 1].text in ("と", "という"):
        return None
    for later in doc[token.i + 1 :]:
        if (row := report_nouns().get(later.text)) is not None:
            return Site(token.i, token.i, None, later.i, row, "noun", True)
    return None


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb is passive: 批判された, とみられる."""
    following = sentence.doc[verb + 1 : verb + 3]
    return any(t.lemma_ in ("れる", "られる") for t in following) and not any(t.text in ("て", "で") for t in following[:1])


def is_quote(sentence: Sentence, end: int) -> bool:
    """Whether a masked quotation, or one of several in a row, ends before the token `end`."""
    doc = sentence.doc
    return end >= 3 and doc[end - 1].text in "」』”" and doc[end - 2].text == PLACEHOLDER and bool(sentence.quotes)


def _is_clause(token: Token, verbal: bool = False) -> bool:
    """Whether a clause can end with this token: a terminal form, か, or a noun that stands for one (必要と, 中止と)."""
    if token.text.endswith(state_nouns()) or (token.text in modal_nouns() and token.text not in ("こと", "もの", "の", "よう", "話")):
        return True
    if _TERMINAL.search("".join(token.morph.get("Inflection", []))) or (token.pos_ in ("ADJ", "AUX") and token.tag_.startswith("形状詞")):
        return True
    if commands(token):
        return True
    if token.text == "は" and token.i > 1 and token.doc[token.i - 1].text == "で" and token.doc[token.i - 2].text in ("の", "ん"):
        return True
    if token.tag_.startswith("助詞-終助詞") or token.text in ("か", "ない", "だ", "です", "ぬ", "ん"):
        return True
    return not verbal and token.pos_ in ("NOUN", "ADJ", "VERB") and ("サ変" in token.tag_ or "形状詞" in token.tag_)


def _to_noun(sentence: Sentence, end: int, token: Token, quoted: bool) -> Site | None:
    """との見方, という声, とする声明: the noun, and the verb that governs it."""
    doc = sentence.doc
    for i in range(token.i + 1, min(token.i + 9, len(doc))):
        if doc[i].text in ("、", "。") or (doc[i].text in ("は", "が", "を", "も") and i > token.i + 1 and doc[i - 1].pos_ in ("NOUN", "PROPN")):
            return None
        pair = doc[i].text + doc[i + 1].text if i + 1 < len(doc) else ""
        row = report_nouns().get(doc[i].text) or report_nouns().get(doc[i].lemma_) or report_nouns().get(pair)
        if row is not None and _answers(doc, i):
            return None
        if row is not None and i > token.i + 1 and not (i + 1 < len(doc) and doc[i + 1].dep_ == "compound" and doc[i + 1].head.i == i):
            verb = doc[i].head.i if doc[i].head.i > i else None
            return Site(end, token.i, verb, i, row, "noun", quoted)
    return None


def _answers(doc: Doc, i: int) -> bool:
    """Whether a word that could be a noun is a verb: 答え in という質問に「…」と答えた."""
    return doc[i].tag_.startswith("動詞") and i + 1 < len(doc) and doc[i + 1].pos_ in ("AUX", "SCONJ")


def _governor(sentence: Sentence, content: Token, particle: int) -> tuple[int | None, Row | None]:
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
        if node.i > particle and (row := known.get(_lemma(node))) is not None:
            return node.i, row
    for node in sentence.doc[particle + 1 : particle + 16]:
        if node.pos_ in ("VERB", "ADJ", "NOUN") and (row := known.get(_lemma(node))) is not None and _predicative(node):
            return node.i, row
        if node.text == "。":
            break
    acts = [n.i for n in (content.head, *sentence.doc[particle + 1 : particle + 8]) if n.i > particle and (n.pos_ == "VERB" or n.head.i == n.i)]
    return (acts[0] if acts else None), None


def _lemma(token: Token) -> str:
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


def _you(sentence: Sentence, token: Token) -> Site | None:
    """発売するよう求めた."""
    doc = sentence.doc
    if token.text != "よう" or token.i == 0 or doc[token.i - 1].pos_ not in ("VERB", "AUX"):
        return None
    if not re.search(r"連体形|終止形", "".join(doc[token.i - 1].morph.get("Inflection", []))):
        return None
    node = doc[token.i - 1]
    while node.head.i < token.i and node.head.i != node.i:
        node = node.head
    for verb in (node.head, *doc[token.i + 1 : token.i + 12]):
        if verb.i > token.i and verb.lemma_ in requests() and verb.dep_ != "acl":
            return Site(token.i, token.i, verb.i, None, reporting().get(verb.lemma_), "you", False)
        if verb.text in ("。",):
            break
    return None


@cache
def requests() -> frozenset[str]:
    """Verbs that take よう: 求める, 促す."""
    return frozenset(r["lemma"] for r in rows("requests.tsv"))


def _koto(sentence: Sentence, token: Token) -> Site | None:
    """〜ことを明らかにした, 〜する考えを示した, 〜する方針を発表した."""
    doc = sentence.doc
    if token.text not in disclosed() or token.i == 0 or token.i + 2 >= len(doc):
        return None
    clause = doc[token.i - 1]
    if clause.pos_ not in ("VERB", "AUX", "ADJ") or doc[token.i + 1].text not in ("を", "も"):
        return None
    verb = token.head
    if verb.i <= token.i or verb.dep_ == "acl" or _lemma(verb) not in disclosed()[token.text]["verbs"].split("|"):
        return None
    return Site(token.i, token.i, verb.i, None, reporting().get(_lemma(verb)) or disclosed()[token.text], "koto", False)


@cache
def disclosed() -> dict[str, Row]:
    """Nouns whose clause a verb discloses: こと, 考え, 方針."""
    return {r["noun"]: r for r in rows("disclosed.tsv")}
