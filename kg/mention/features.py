"""What the recognizer sees of a unit. Training and reading share this page: a change here needs new weights.

Features that hang on one unit alone are apart from those that hang on several, so that the tagger can keep the former.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from kg.mention.units import Unit, shape

Clusters = Callable[[str], Sequence[str]]
"""Names of the clusters of a word's vector, coarse to fine; empty for a word without vector."""

CORPUS = "stockmark"  # whose guide to follow when reading: its four types are the ones wanted
_NOUN = ("名詞", "接尾辞", "接頭辞", "記号-文字")
_JOINT = frozenset("・-&＆＝=.’'")
_TOPICAL = ("名詞-普通", "動詞-一般", "接尾辞-名詞")
_VERBAL = ("動詞", "名詞-普通名詞-サ変可能", "形容詞")
_MARK = "S="
OFFSETS = (-2, -1, 1, 2)  # neighbours that are looked at in full
NEAR = 2
BAG = 7  # units to either side whose words are seen without their place
_REACH = 6  # units after a name's particle in which its verb is looked for


def own(unit: Unit, clusters: Clusters, corpus: str = CORPUS) -> list[str]:
    """Features of the unit by itself. `corpus` is where its sentence is from: corpora mark different things, and the tagger learns both ways."""
    word, tag, norm, place, token, token_tag = unit
    form, mark = shape(word), _MARK + corpus
    found = [mark, mark + tag, mark + word, "b", "w=" + word, "n=" + norm, "g=" + tag, "s=" + form, "p1=" + word[:1], "s1=" + word[-1:]]
    found += [f"l={min(len(word), 6)}", "B=" + place, "c=" + token, "cg=" + token_tag + place, "gs=" + tag + form, "cs=" + shape(token) + place]
    if len(word) > 1:
        found += ["p2=" + word[:2], "s2=" + word[-2:]]
    if len(word) > 2:
        found += ["p3=" + word[:3], "s3=" + word[-3:]]
    return found + (list(clusters(token)) or ["K=0", "K=0" + form])


def beside(unit: Unit, offset: int, clusters: Clusters, corpus: str = CORPUS) -> list[str]:
    """Features of a unit for the one that it stands `offset` units after (1, 2) or before (-1, -2)."""
    word, tag, _, place, token, token_tag = unit
    at = str(offset)
    found = [at + "w=" + word, at + "g=" + tag, at + "s=" + shape(word)]
    found += [at + name for name in clusters(token)[:1]]
    if abs(offset) == 1:
        found += [at + "s1=" + word[-1:], at + "p1=" + word[:1], at + "cg=" + token_tag + place, _MARK + corpus + word]
    return found


def far(unit: Unit, side: str) -> list[str]:
    """The word of a unit for those that stand three to seven units before (R) or after it (L): which topic, not which place."""
    return [side + unit.norm] if unit.tag.startswith(_TOPICAL) else []


def pair(a: Unit | None, b: Unit | None, corpus: str = CORPUS) -> tuple[list[str], list[str]]:
    """What two neighbours tell of the first and of the second. None stands for the sentence's begin or end, of which nothing is told."""
    word, tag, form = _seen(a, "^")
    next_word, next_tag, next_form = _seen(b, "$")
    first = ["w+|" + word + "|" + next_word, "g+|" + tag + "|" + next_tag, "sz|" + form + "|" + next_word]
    second = ["-w|" + word + "|" + next_word, "-g|" + tag + "|" + next_tag, "sa|" + next_form + "|" + word]
    if b is None:
        first.append(_MARK + corpus + "$")
    if a is None:
        second.append(_MARK + corpus + "^")
    return first if a else [], second if b else []


def triple(a: Unit | None, unit: Unit, b: Unit | None) -> list[str]:
    """What a unit's two neighbours tell of it together."""
    word, tag, form = _seen(a, "^")
    next_word, next_tag, next_form = _seen(b, "$")
    return [around(word, next_word), of_tags(tag, unit.tag, next_tag), of_forms(form, shape(unit.surface), next_form)]


def around(word: str, next_word: str) -> str:
    """Return what the words of a unit's two neighbours tell of it."""
    return "a.z|" + word + "|" + next_word


def of_tags(before: str, tag: str, after: str) -> str:
    """Return what the parts of speech of three units tell of the one in the midst."""
    return "-g+|" + before + "|" + tag + "|" + after


def of_forms(before: str, form: str, after: str) -> str:
    """Return what the shapes of three units tell of the one in the midst."""
    return "-s+|" + before + "|" + form + "|" + after


def _seen(unit: Unit | None, end: str) -> tuple[str, str, str]:
    return (unit.surface, unit.tag, shape(unit.surface)) if unit else (end, end, end)


def runs(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield the first and last unit of each run of nouns and what joins them, and of each other unit by itself."""
    first, joined = 0, False
    for i, unit in enumerate(units):
        noun = unit.tag.startswith(_NOUN) or unit.surface in _JOINT or unit.tag == "空白"
        if i and not (noun and joined):
            yield first, i - 1
            first = i
        joined = noun
    if units:
        yield first, len(units) - 1


def run(units: Sequence[Unit], first: int, last: int) -> list[str]:
    """What all units of a run have in common: its ends, what stands around it, the verb after it."""
    before = units[first - 1].surface if first else "^"
    after = units[last + 1].surface if last + 1 < len(units) else "$"
    head, tail = units[first].surface, units[last].surface
    found = ["rl=" + tail, "rn=" + after, "rf=" + before, "rs=" + shape(head) + shape(tail), "rv=" + after + "|" + _verb(units, last + 2)]
    if first > 1:
        found.append("rp=" + units[first - 2].norm + "|" + before)
    return found


def place(behind: int, ahead: int, tag: str) -> list[str]:
    """Where a unit stands in its run: so many units after its first, so many before its last, whose tag it is."""
    return [f"rd={min(ahead, 4)}", f"rb={min(behind, 4)}", "rlg=" + tag if ahead else "r1"]


def _verb(units: Sequence[Unit], begin: int) -> str:
    for unit in units[begin : begin + _REACH]:
        if unit.tag.startswith(_VERBAL):
            return unit.norm
    return ""


def quoted(units: Sequence[Unit]) -> Iterator[tuple[int, int, list[str]]]:
    """Yield first and last unit of what stands in brackets, with what those units have in common: which bracket, and whether they touch its ends."""
    inside = ""
    for i, unit in enumerate(units):
        if unit.surface in ("」", "』"):
            inside = ""
        if inside:
            opens = "(" if units[i - 1].surface in ("「", "『") else ""
            closes = ")" if i + 1 < len(units) and units[i + 1].surface in ("」", "』") else ""
            yield i, i, ["q=" + inside + opens + closes]
        if unit.surface in ("「", "『"):
            inside = unit.surface


def featurize(units: Sequence[Unit], clusters: Clusters, corpus: str = CORPUS) -> list[list[str]]:
    """Return every feature of every unit of a sentence."""
    count = len(units)
    found = [own(unit, clusters, corpus) for unit in units]
    around = [None, *units, None]
    for i, (a, b) in enumerate(pairwise(around)):
        first, second = pair(a, b, corpus)
        if a:
            found[i - 1] += first
        if b:
            found[i] += second
    for i, unit in enumerate(units):
        found[i] += triple(around[i], unit, around[i + 2])
        for offset in OFFSETS:
            if 0 <= i + offset < count:
                found[i] += beside(units[i + offset], offset, clusters, corpus)
        found[i] += [name for other in units[max(0, i - BAG) : max(0, i - NEAR)] for name in far(other, "L")]
        found[i] += [name for other in units[i + NEAR + 1 : i + BAG + 1] for name in far(other, "R")]
    for first_unit, last_unit in runs(units):
        shared = run(units, first_unit, last_unit)
        for i in range(first_unit, last_unit + 1):
            found[i] += shared + place(i - first_unit, last_unit - i, units[last_unit].tag)
    for first_unit, last_unit, shared in quoted(units):
        for i in range(first_unit, last_unit + 1):
            found[i] += shared
    return found
