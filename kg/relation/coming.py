"""What is yet to come though nothing says 予定: 買収する, 買収することで合意した, 買収を発表した are plans, 買収に向けた交渉 is weighed."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from kg.lexicon import rows
from kg.model import Cue, Modality, Predicate, Stance
from kg.parse import Sentence
from kg.relation.page import Page
from kg.segment import Kind

_EVENTS = frozenset(("acquires", "investsIn", "hires", "founded", "suspends", "abandons"))  # which happen once, so that 〜する is to come
_AGREED = re.compile(
    r"(?:する)?(?:こと|方針|計画)?(?:で|に|を|の)?[^。、「」]{0,6}?(?:合意|発表|公表|決め|決定|決議|表明|調印|承認)(?!し?てい)(?:し|た|。|、|へ|$)"
)
_STARTS = re.compile(  # 提供を9月18日より開始いたします, 販売を来春に始める
    r"を[^。「」、]{0,24}(?:開始|スタート|始め|はじめ)(?:いたし|致し|し|す)?(?:ます|る)(?!ことを?(?:明らか|発表した))"
)
_DAY = re.compile(
    r"(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬)|\d{1,2}日|来[年月週春夏秋冬]|今[春夏秋冬]|年内|近日)(?:[（(].[)）])?(?:に|から|より|中に|、)?(?=[^、。]{0,10}$)"
)
_DATED = re.compile(r"来[年月週春夏秋冬]|年内|年度内|(?<!19[0-9])(?<!20[01])[0-9０-９]年|[0-9０-９]月|今[秋冬春夏]|今後|近く")
_FROM = re.compile(  # 4月から放送する, 今後は…を生産する
    r"(?:(?:[0-9０-９]+[月日年]|来[年月週春夏秋冬]|今[秋冬春夏])(?:[0-9０-９]+日|[上中下]旬)?(?:[（(].[)）])?(?:から|より)|今後|これから)[^。]{0,40}$"
)
_TOLD = re.compile(r"(?:し?ます|する)?(?:。?」)?と")  # 販売をやめ、定額制を導入すると話した
_LAST = 8  # characters behind a headline's last event
_TOLD_AS = ("こと", "の", "と", "人事", "予定", "計画")  # nouns whose clause is told for itself: 社長に昇格する人事
_TALKS = re.compile(
    r"(?:する)?(?:に向けた|に向け|を目指す|を巡る|をめぐる|の|ため|ために|ための|方向で)?[^。、「」]{0,12}?(?:交渉|協議|話し合い|打診|提案)"
)
_BROKEN = re.compile(r"[^。、]{0,6}(?:決裂|破談|頓挫|不調に終わ|打ち切)")
_ON = re.compile(r"(?:、(?:(?!した|した。|して)[^。「」]){0,40}?|子会社化)する(?:と|こと|。|方針)")
_DENIED = re.compile(
    r"(?:する|した)?(?:と(?:の|いう|する)|の)[^。、「」]{0,4}(?:報道|観測|うわさ|噂|見方|情報|話)(?:を|は|について|に対し)[^。]{0,24}?否定"
)
_IF = re.compile(r"(?:が|は)?(?:実現|成立)(?:すれば|したら|しなければ|する場合)")


@cache
def _once(name: str) -> tuple[str, ...]:
    """The verbs that, of a relation that may also last, name its beginning: 発売 of releases."""
    return tuple(row["lemma"] for row in rows("beginnings.tsv") if row["property"] == name)


def _begins(name: str, lemma: str) -> bool:
    """Whether a predicate names the beginning of what may last; する does so alone (子会社にする), not as the end of another verb (属する)."""
    return lemma in _once(name) or lemma.endswith(tuple(word for word in _once(name) if word != "する"))


def coming(page: Page, name: str, predicate: Predicate, stance: Stance) -> Stance:
    """Return a plain fact's stance as a plan, a consideration or a condition where the event is yet to come, else the stance as it is."""
    if stance.modality is not Modality.FACT or stance.negated:
        return stance
    if predicate.kind in ("event", "light") and name == "releases" and (found := _STARTS.match(page.text, predicate.end)):
        return _told(stance, Modality.PLAN, page, found)
    talked = weighed(page, name, predicate.end, stance)
    doc = page.sentences[predicate.sentence].doc
    if talked is not stance or not (name in _EVENTS or _begins(name, predicate.lemma) or _from(name, doc, predicate.token)):
        return talked
    if predicate.kind in ("event", "light") and name in ("acquires", "investsIn", "releases") and (found := _AGREED.match(page.text, predicate.end)):
        return _told(stance, Modality.PLAN, page, found)
    quoted = page.sentences[predicate.sentence].quote is not None
    if predicate.kind in ("verb", "copula") and not predicate.passive and _unpast(doc[predicate.token], quoted):
        return replace(stance, modality=Modality.PLAN)
    return stance


def _from(name: str, doc: Doc, token: int) -> bool:
    """Whether a sentence says from when on something is made or offered."""
    return name in ("develops", "releases") and _FROM.search(doc[:token].text) is not None


def weighed(page: Page, name: str, at: int, stance: Stance) -> Stance:
    """Return the stance of a purchase or partnership named right before an offset, by what is said of it: 買収に向けた交渉, 提携が実現すれば."""
    if stance.modality is not Modality.FACT or stance.negated:
        return stance
    if name in ("acquires", "partnersWith") and (found := _IF.match(page.text, at)):
        return _told(stance, Modality.CONDITION, page, found)
    if name in ("acquires", "partnersWith") and (found := _DENIED.match(page.text, at)):
        return replace(_told(stance, Modality.CONSIDERATION, page, found), negated=True)
    found = _TALKS.match(page.text, at) if name in ("acquires", "partnersWith") else None
    broken = found is not None and _BROKEN.match(page.text, found.end()) is not None
    if found is not None and (broken or name == "acquires"):
        return replace(_told(stance, Modality.CONSIDERATION, page, found), negated=broken)
    return stance


def due(page: Page, name: str, sentence: Sentence, at: int) -> Stance | None:
    """Return the plan that a headline's last words are where they give the day: 新料金「X」を7月1日から提供."""
    if name != "releases" or sentence.kind not in (Kind.TITLE, Kind.BULLET, Kind.HEADING) or sentence.end - at > _LAST:
        return None
    found = _DAY.search(page.text[: sentence.end].rstrip("！!。\n"), max(sentence.begin, at - 24))
    return _told(Stance(), Modality.PLAN, page, found) if found is not None else None


def _told(stance: Stance, modality: Modality, page: Page, found: re.Match[str]) -> Stance:
    cue = Cue(found.start(), found.end(), page.text[found.start() : found.end()], "coming")
    return Stance(modality, False, (*stance.cues, cue))


def _unpast(token: Token, quoted: bool = False) -> bool:
    """Whether a verb ends its clause in the present: 買収する, and 買収し before another that does. A clause that describes a noun does not count."""
    doc, at = token.doc, token.i + 1
    if token.dep_ == "acl" and token.head.i > token.i and token.head.text not in _TOLD_AS:
        return False
    last = token
    while at < len(doc) and doc[at].pos_ in ("AUX", "SCONJ") and doc[at].tag_.startswith(("動詞", "助動詞", "助詞-接続助詞")):
        last, at = doc[at], at + 1
    form = "".join(last.morph.get("Inflection", []))
    lasts = doc[token.i + 1 : at].text.startswith(("てい", "でい", "してい"))  # 採用しています
    if (last.text in ("する", "ます") and not lasts) or (last is token and "終止形" in form):
        return True
    if last.text not in ("し", "て", "") and last is not token:
        return False
    leads = token.dep_ in ("advcl", "conj") and token.head.i > last.i and doc[last.i + 1 : last.i + 2].text == "、"
    clause = doc.text[: token.idx].rpartition("、")[2]
    told = quoted or _TOLD.match(doc.text, token.head.idx + len(token.head.text)) is not None
    return leads and (told or _DATED.search(clause) is not None) and _unpast(token.head)  # 公開を年内に終了し、有料版に移る
