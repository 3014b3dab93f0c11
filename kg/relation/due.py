"""What a sentence of its own says is to come of the product just told of: 「…を発表しています。6月下旬に発売予定です。」"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import Cue, EntityClass, Modality, Proposition, Stance
from kg.relation.page import Page
from kg.segment import Kind

_ACT = r"(?:発売|販売|提供|配信|公開|リリース|出荷|運行|運用|上映|放送|刊行)(?:を)?(?:開始|スタート)?"
_DUE = re.compile(  # 6月下旬に発売予定, 来月から全国で販売する, 発売は6月下旬を予定する, 発売日は6月20日
    rf"{_ACT}(?:する|される|となる)?(?:予定|見込み|見通し)|{_ACT}(?:する|し?ます|され(?:る|ます)|(?:始め|いたし)(?:る|ます))(?=。|と(?:して|のこと|いう)|$)"
    rf"|{_ACT}(?:日|時期)?は[^。]{{0,24}}?(?:予定|見込み)|{_ACT}日は[^。]{{0,16}}?[0-9０-９]日"
)
_BACK = 2  # sentences before in which the product is told of


def propositions(page: Page, found: Iterable[Proposition]) -> Iterator[Proposition]:
    """Yield releases as a plan, where a sentence that names no product says so, with the last that its maker was said to make or release."""
    told = sorted((p for p in found if _makes(p)), key=lambda p: p.begin)
    for sentence in page.article.sentences if told else ():
        due = _DUE.search(page.text, sentence.begin, sentence.end) if sentence.kind is Kind.PROSE and sentence.quote is None else None
        named = [s for s in page.within(sentence.begin, sentence.end) if s.type in (EntityClass.MODEL, EntityClass.ORGANIZATION)]
        if due is None or named:
            continue
        since = min((s.begin for s in page.previous(sentence, _BACK)), default=sentence.begin)
        last = next((p for p in reversed(told) if since <= p.begin < sentence.begin and not p.stance.negated), None)
        if last is not None:
            stance = Stance(Modality.PLAN, False, (Cue(due.start(), due.end(), due.group(), "due"),))
            yield Proposition(last.subject, "releases", last.object, due.start(), due.end(), stance, "due", 0.7)


def _makes(p: Proposition) -> bool:
    made = p.property == "releases" or (p.property == "develops" and p.subject.type is EntityClass.ORGANIZATION)
    return made and p.object.type is EntityClass.MODEL
