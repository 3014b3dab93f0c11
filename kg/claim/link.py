"""How claims stand to one another: which says the same, which cannot hold beside it, which comes later on the same event.

Works on claims alone, of one article or of many: neither side is ever changed in what it says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from kg.model import Claim, Entity, Modality

_STAGE = {Modality.CONSIDERATION: 1, Modality.PLAN: 2, Modality.FACT: 3}
_ENDS_IT = {"abandons", "suspends"}  # of what was pursued, planned, developed
_BEGINS_IT = {"pursues", "develops", "releases", "uses", "supports"}
_SYMMETRIC = {"partnersWith", "competesWith", "opposes"}
_CONTENT = re.compile(r"[一-鿿々]+|[ァ-ヴー]{2,}|[A-Za-z][A-Za-z0-9.+-]+|[0-9０-９]+")
_OVERLAP = 0.6  # of the content of the shorter: at .5 one in four pairs of the tuned passages said something else
_NEAR = 30  # claims on one thing that another is held against: a text that says it 3,000 times had four million links
_LEAST = 4  # pieces of content: shorter words are alike by chance

Key = tuple[object, ...]


def linked(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims, in their order, with kg:restates, kg:contradicts and kg:supersedes, which point at claims of the result.

    A later claim restates an earlier one that says the same with the same modality and negation (headline, then body); a denial contradicts
    what it denies; 発表 supersedes 検討, and 撤回 both, unless their dates run the other way. Claims of several articles are given oldest first.
    """
    known = tuple(dict.fromkeys(claims))
    restates: dict[Claim, list[Claim]] = defaultdict(list)
    contradicts: dict[Claim, list[Claim]] = defaultdict(list)
    supersedes: dict[Claim, list[Claim]] = defaultdict(list)
    for earlier, later in _pairs(known):
        if _same_proposition(earlier, later) or _same_words(earlier, later):
            if earlier.negated != later.negated:
                if _cannot_both_hold(earlier, later):
                    contradicts[later].append(earlier)
            elif earlier.modality is later.modality:
                restates[later].append(earlier)
        if _later_stage(earlier, later):
            supersedes[later].append(earlier)
    return _rebuilt(known, restates, contradicts, supersedes)


def _pairs(claims: tuple[Claim, ...]) -> Iterator[tuple[Claim, Claim]]:
    """Claims that may have to do with one another, each pair once, the earlier first: those that share an entity pair or words, of many the last."""
    place = {claim: n for n, claim in enumerate(claims)}
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        for key in _keys(claim):
            groups[key].append(claim)
    seen: set[tuple[int, int]] = set()
    for group in groups.values():
        for number, other in enumerate(group):
            for one in group[max(0, number - _NEAR) : number]:
                pair = (place[one], place[other])
                if pair[0] != pair[1] and pair not in seen:
                    seen.add(pair)
                    yield one, other


def _keys(claim: Claim) -> Iterator[Key]:
    """A proposition meets those between the same ends; a statement those that share two pieces of content."""
    if claim.property is not None:
        yield ("ends", *_ends(claim))
        return
    pieces = sorted(_pieces(claim.text))
    yield from (("words", *two) for two in combinations(pieces, 2))


def _name(entity: Entity | None) -> tuple[str, str]:
    """Entities of different articles meet by class and name."""
    return (entity.type, entity.name) if entity is not None else ("", "")


def _ends(claim: Claim) -> tuple[tuple[str, str], ...]:
    ends = (_name(claim.subject), _name(claim.object))
    return tuple(sorted(ends)) if claim.property in _SYMMETRIC else ends


def _same_proposition(one: Claim, other: Claim) -> bool:
    """The same subject, property and object, said at two places."""
    if one.property is None or one.property != other.property or _ends(one) != _ends(other):
        return False
    return (one.begin, one.end, one.statement) != (other.begin, other.end, other.statement)


def _same_words(one: Claim, other: Claim) -> bool:
    """Two statements, most of whose content is the same: 「提携を終える」 and 提携を終える方針.

    Those of two speakers do not say the same for each other, unless one of them is nobody's.
    """
    if one.property is not None or other.property is not None or one.text == "" or (one.begin, one.end) == (other.begin, other.end):
        return False
    mine, theirs = _pieces(one.text), _pieces(other.text)
    shorter = min(len(mine), len(theirs))
    if shorter < _LEAST or len(mine & theirs) < _OVERLAP * shorter or shorter < 0.4 * max(len(mine), len(theirs)):
        return False
    return one.negated != other.negated or _one_voice(one, other)


def _one_voice(one: Claim, other: Claim) -> bool:
    mine, theirs = (_name(c.speaker or c.source) for c in (one, other))
    return mine == theirs or ("", "") in (mine, theirs)


def _pieces(text: str) -> frozenset[str]:
    """The content of words: pairs of neighbouring kanji, and whole words in katakana, Latin letters and figures."""
    found: set[str] = set()
    for run in _CONTENT.findall(text):
        if "一" <= run[0] <= "鿿" and len(run) > 1:
            found.update(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.add(run)
    return frozenset(found)


def _cannot_both_hold(one: Claim, other: Claim) -> bool:
    """Assertion and denial of one kind: that something is not planned does not deny that it happened."""
    return one.modality is other.modality or Modality.FACT in (one.modality, other.modality)


def _later_stage(earlier: Claim, later: Claim) -> bool:
    """検討 → 計画 → 事実 of one act, and the end of what was begun; a denial and a mere possibility are no stages."""
    if earlier.property is None or later.property is None or earlier.negated or later.negated or _ends(earlier) != _ends(later):
        return False
    if earlier.modality not in _STAGE or later.modality not in _STAGE or _backwards(earlier, later):
        return False
    if earlier.property in _BEGINS_IT and later.property in _ENDS_IT:
        return True
    return earlier.property == later.property and _STAGE[later.modality] > _STAGE[earlier.modality]


def _backwards(earlier: Claim, later: Claim) -> bool:
    """Whether the dates say that what stands later happened before: then nothing superseded it."""
    if earlier.date is None or later.date is None:
        return False
    length = min(len(earlier.date), len(later.date))
    return later.date[:length] < earlier.date[:length]


def _rebuilt(
    claims: tuple[Claim, ...], restates: dict[Claim, list[Claim]], contradicts: dict[Claim, list[Claim]], supersedes: dict[Claim, list[Claim]]
) -> tuple[Claim, ...]:
    """The claims anew with their links. Links point backwards and from parts to statements, so each claim is made after those that it points at."""
    new: dict[Claim, Claim] = {}
    hosts = [c.statement for c in claims if c.statement is not None and c.statement not in claims]
    for claim in sorted((*claims, *dict.fromkeys(hosts)), key=lambda c: c.property is not None):
        made = replace(
            claim,
            statement=new.get(claim.statement, claim.statement) if claim.statement is not None else None,
            restates=tuple(new[c] for c in restates[claim]),
            contradicts=tuple(new[c] for c in contradicts[claim]),
            supersedes=tuple(new[c] for c in supersedes[claim]),
        )
        new[claim] = made
    return tuple(new[c] for c in claims)
