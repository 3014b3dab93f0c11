"""Where a sentence hands over somebody's words: its quotative particles and the verb or noun that they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from spacy.tokens import Doc, Token

from kg.claim.governor import governor, hedges, is_clause, leads, lemma, measured, reported, says_nothing
from kg.claim.verbs import disclosed, opinions, report_nouns, reporting, requests
from kg.lexicon import Row
from kg.parse import Sentence
from kg.segment import PLACEHOLDER

_ASKED = ("の問い", "の質問", "の問いかけ")  # …ではないか、との問いに社長は: what is answered, not what is said
_WHO_IS = re.compile(
    r"(?:と|って)(?:いう|いった)[^、。「」はがをのに]{0,8}(?:男性|女性|男|女|人物?|方|客|者|員|生|さん|氏|ユーザー|ファン)(?:は|が|も|から|に|の)"
)
_VOICE = re.compile(  # 勘違いすると批判の声もあがる
    r"(?:批判|非難|不満|疑問|不安|心配|反発|歓迎|称賛|期待|懸念|指摘|怒り|驚き|戸惑い|同情|擁護)(?:の|する)(?P<noun>声)(?=[がもは])"
)
_SAYER = re.compile(  # 手を抜かないという三宅さんは、
    r"(?:[^、。「」はがをにのでと]{1,20}(?:さん|氏|ちゃん|くん|君|選手|監督|教授|社長|代表|医師|店長|園長|校長)|同(?:社|氏|選手|監督|教授)|彼女?)(?=[はがもに、。]|から|だ|$)"
    r"|[^、。「」はがをでと]{2,16}[はも]、?「"
)
_NAMED = re.compile(r"[^、。「」]{2,20}?(?=[はがもに、。]|$)")
_QUOTATIVE, _LISTING, _SO_THAT = ("と", "って", "とか"), ("など", "等", "といった"), "よう"
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


def sites(sentence: Sentence) -> list[Site]:
    """Return the places where a sentence's words end that somebody says, left to right.

    「同社は来春に発売すると発表した」 ends before と, which leads to 発表.
    """
    found: list[Site] = []
    for token in _leading(sentence):
        site = _voiced(sentence, token) or _to(sentence, token) or _nado(sentence, token) or _you(sentence, token) or _koto(sentence, token)
        if site is None or (found and (site.end <= found[-1].end or _repeats(sentence, site, found))):
            continue
        found.append(site)
    found = [f for f in found if not _leads_on(sentence, f, found) and not any(_thinks(sentence, f, g) for g in found)]
    return [_own(sentence, f, g) for f, g in zip_longest(found, found[1:])]


def _leading(sentence: Sentence) -> Iterator[Token]:
    """The words that can stand behind what somebody says."""
    for i, (begin, end) in enumerate(zip(sentence.starts, sentence.ends, strict=True)):
        if sentence.text[begin:end] in _joints():
            yield sentence.doc[i]


@cache
def _joints() -> frozenset[str]:
    return frozenset((*_QUOTATIVE, *_LISTING, _SO_THAT, *disclosed()))


def _own(sentence: Sentence, site: Site, following: Site | None) -> Site:
    """「A」と水を向けると、Bは「C」と笑った: 水を向ける has A, not the verb of C that the parse hangs both on."""
    if following is None or not (site.quoted and following.quoted) or site.form != "to" or site.verb is None or site.verb < following.end:
        return site
    between = sentence.doc[site.particle + 1 : following.end - 3]
    verbs = [t for t in between if t.pos_ == "VERB"] or [t for t in between if t.tag_.startswith("形容詞")]
    verb = next(iter(verbs), None)  # 「A」と手厳しく、Bも「C」と話す; 「A」と切り捨て、「C」と述べる
    return replace(site, verb=verb.i, row=reporting().get(lemma(verb))) if verb is not None else site


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
    if token.text not in _QUOTATIVE or not token.tag_.startswith("助詞") or token.i == 0:
        return None
    if token.tag_ == "助詞-接続助詞" and not (leads(sentence, token.i + 1) or reported(sentence, token)):
        return None
    if token.i + 1 < len(doc) and doc[token.i + 1].lemma_ in ("なる", "成る", "共に", "ともに"):
        return None
    end = token.i
    while end > 1 and (doc[end - 1].text in ("など", "等", "、", "とも") or (doc[end - 1].text in ("だ", "である") and is_quote(sentence, end - 1))):
        end -= 1
    end -= end > 1 and doc[end - 1].is_space
    questioned = doc[end - 1].text in "？?"  # 内容が原因では？　との意見
    if hedges(sentence, token.i + 1):
        return None
    quoted = is_quote(sentence, end)
    if not quoted and doc[end - 1].text in ("だ", "である") and _WHO_IS.match(sentence.text, token.idx):
        return None  # 元店長だという男性
    quantity = measured(doc[end - 1], doc[token.i + 1 :])
    if not quoted and not quantity and not questioned and not is_clause(doc[end - 1]):
        return None
    following = doc[token.i + 1 : token.i + 4]
    words = "".join(t.text for t in following)
    if words.startswith((*_ASKED, "いうもの", "いったもの")):
        return None
    if words.startswith(("の", "いう", "する", "いった", "した")) and (site := _to_noun(sentence, end, token, quoted)):
        return site
    if token.i + 2 < len(doc) and doc[token.i + 1].lemma_ == "する" and doc[token.i + 2].text in ("ながら", "つつ"):
        return Site(end, token.i, token.i + 1, None, reporting()["する"], "to", quoted)
    if words.startswith("いう") and says_so(sentence, token.i + 1):
        return Site(end, token.i, token.i + 1, None, reporting()["言う"], "to", quoted)
    return _governed(sentence, token, end, quoted=quoted, quantity=quantity)


def _governed(sentence: Sentence, token: Token, end: int, *, quoted: bool, quantity: bool) -> Site | None:
    """The verb that a と leads to, or the noun on which that verb hangs or which it has."""
    doc = sentence.doc
    verb, row = governor(sentence, doc[end - 1 if not quoted else end - 2], token.i)
    if row is None and quoted and verb is not None and doc[verb].dep_ == "acl" and (noun := report_nouns().get(doc[verb].head.text)) is not None:
        return Site(end, token.i, None, doc[verb].head.i, noun, "noun", True)
    if quoted and verb is not None and is_passive(sentence, verb) and (put := _put_in(sentence, token.i, verb)) is not None:
        return Site(end, token.i, verb, put, report_nouns()[doc[put].text], "noun", True)
    if row is None:
        return Site(end, token.i, verb, None, None, "to", True) if quoted and verb is not None else None
    if not quoted and not quantity and says_nothing(doc[end - 1], doc[token.i + 1], row):
        return None
    if verb is not None and doc[verb].dep_ == "acl" and (noun := report_nouns().get(doc[verb].head.text)) is not None:
        return Site(end, token.i, None, doc[verb].head.i, noun, "noun", quoted)
    return Site(end, token.i, verb, None, row, "to", quoted)


def says_so(sentence: Sentence, verb: int) -> bool:
    """Whether the いう of a と leads to whoever says it, a person by his name or title: 手を抜かないという三宅は."""
    if verb + 1 >= len(sentence.doc):
        return False
    person = sentence.doc[verb + 1].tag_.startswith("名詞-固有名詞-人名") and _NAMED.match(sentence.text, sentence.ends[verb]) is not None
    return person or _SAYER.match(sentence.text, sentence.ends[verb]) is not None


def _voiced(sentence: Sentence, token: Token) -> Site | None:
    """「勘違いすると批判の声もあがる」: the noun that a clause hangs on without という."""
    voice = _VOICE.match(sentence.text, sentence.ends[token.i])
    if voice is None or token.text != "と" or token.i == 0 or is_quote(sentence, token.i) or not is_clause(sentence.doc[token.i - 1]):
        return None
    noun = next(t for t in sentence.doc[token.i + 1 :] if t.idx + len(t) >= voice.end("noun"))
    return Site(token.i, token.i, noun.head.i if noun.head.i > noun.i else None, noun.i, report_nouns()["声"], "noun", False)


def _put_in(sentence: Sentence, particle: int, verb: int) -> int | None:
    """「…」と、案に反対する意見が寄せられた: the noun that a passive verb has for its subject."""
    doc = sentence.doc
    return next((t.i for t in doc[particle + 1 : verb] if t.text in report_nouns() and doc[t.i + 1].text in ("が", "も", "は")), None)


def _nado(sentence: Sentence, token: Token) -> Site | None:
    """「…」「…」など、疑問視する声: a list of quotations under a noun."""
    doc = sentence.doc
    if token.text not in _LISTING or not is_quote(sentence, token.i):
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


def _you(sentence: Sentence, token: Token) -> Site | None:
    """発売するよう求めた."""
    doc = sentence.doc
    if token.text != _SO_THAT or token.i == 0 or doc[token.i - 1].pos_ not in ("VERB", "AUX"):
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


def _koto(sentence: Sentence, token: Token) -> Site | None:
    """〜ことを明らかにした, 〜する考えを示した, 〜する方針を発表した."""
    doc = sentence.doc
    if token.text not in disclosed() or token.i == 0 or token.i + 2 >= len(doc):
        return None
    clause = doc[token.i - 1]
    if clause.pos_ not in ("VERB", "AUX", "ADJ") or doc[token.i + 1].text not in ("を", "も"):
        return None
    verb = token.head
    if verb.i <= token.i or verb.dep_ == "acl" or lemma(verb) not in disclosed()[token.text]["verbs"].split("|"):
        return None
    return Site(token.i, token.i, verb.i, None, reporting().get(lemma(verb)) or disclosed()[token.text], "koto", False)
