"""What the recognizer sees of a unit. Training and reading share this page: a change here needs new weights.

Features that hang on one unit alone are apart from those that hang on several, so that the tagger can keep the former.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

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
_NEAR = 2
_BAG = 7  # units to either side whose words are seen without their place
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


def around(units: Sequence[Unit], corpus: str = CORPUS) -> Iterator[list[str]]:
    """Yield for each unit the features that hang on several: its noun run, brackets, pairs, the sentence's ends."""
    first, last = _runs(units)
    quotes = _quotes(units)
    for i in range(len(units)):
        found = [*_run(units, i, first[i], last[i]), *_pairs(units, i), *quotes[i]]
        if i == 0:
            found.append(_MARK + corpus + "^")
        if i == len(units) - 1:
            found.append(_MARK + corpus + "$")
        yield found


def reach(count: int, i: int) -> tuple[range, range]:
    """Return which of `count` units are looked at for their words alone, left and right of unit i."""
    return range(max(0, i - _BAG), max(0, i - _NEAR)), range(i + _NEAR + 1, min(count, i + _BAG + 1))


def _runs(units: Sequence[Unit]) -> tuple[list[int], list[int]]:
    """First and last unit of each unit's run of nouns and what joins them."""
    noun = [unit.tag.startswith(_NOUN) or unit.surface in _JOINT or unit.tag == "空白" for unit in units]
    first, last = list(range(len(units))), list(range(len(units)))
    for i in range(1, len(units)):
        if noun[i] and noun[i - 1]:
            first[i] = first[i - 1]
    for i in range(len(units) - 2, -1, -1):
        if noun[i] and noun[i + 1]:
            last[i] = last[i + 1]
    return first, last


def _run(units: Sequence[Unit], i: int, first: int, last: int) -> list[str]:
    before = units[first - 1].surface if first else "^"
    after = units[last + 1].surface if last + 1 < len(units) else "$"
    found = [
        "rl=" + units[last].surface, "rn=" + after, f"rd={min(last - i, 4)}", f"rb={min(i - first, 4)}", "rf=" + before,
        "rlg=" + units[last].tag if last != i else "r1", "rs=" + shape(units[first].surface) + shape(units[last].surface),
        "rv=" + after + "|" + _verb(units, last + 2),
    ]  # fmt: skip
    if first > 1:
        found.append("rp=" + units[first - 2].norm + "|" + before)
    return found


def _verb(units: Sequence[Unit], begin: int) -> str:
    for unit in units[begin : begin + _REACH]:
        if unit.tag.startswith(_VERBAL):
            return unit.norm
    return ""


def _quotes(units: Sequence[Unit]) -> list[list[str]]:
    """Which bracket a unit stands in, and whether it touches one of its ends."""
    found: list[list[str]] = []
    inside = ""
    for i, unit in enumerate(units):
        if unit.surface in ("」", "』"):
            inside = ""
        opens = "(" if i and units[i - 1].surface in ("「", "『") else ""
        closes = ")" if i + 1 < len(units) and units[i + 1].surface in ("」", "』") else ""
        found.append(["q=" + inside + opens + closes] if inside else [])
        if unit.surface in ("「", "『"):
            inside = unit.surface
    return found


def _pairs(units: Sequence[Unit], i: int) -> list[str]:
    word, tag, form = units[i].surface, units[i].tag, shape(units[i].surface)
    a, a_tag, a_form = (units[i - 1].surface, units[i - 1].tag, shape(units[i - 1].surface)) if i else ("^",) * 3
    z, z_tag, z_form = (units[i + 1].surface, units[i + 1].tag, shape(units[i + 1].surface)) if i + 1 < len(units) else ("$",) * 3
    return [
        "-w|" + a + "|" + word, "w+|" + word + "|" + z, "-g|" + a_tag + "|" + tag, "g+|" + tag + "|" + z_tag,
        "-g+|" + a_tag + "|" + tag + "|" + z_tag, "-s+|" + a_form + "|" + form + "|" + z_form,
        "a.z|" + a + "|" + z, "sz|" + form + "|" + z, "sa|" + form + "|" + a,
    ]  # fmt: skip


def featurize(units: Sequence[Unit], clusters: Clusters, corpus: str = CORPUS) -> list[list[str]]:
    """Return every feature of every unit of a sentence."""
    found = []
    for i, wide in enumerate(around(units, corpus)):
        features = own(units[i], clusters, corpus) + wide
        for offset in OFFSETS:
            if 0 <= i + offset < len(units):
                features += beside(units[i + offset], offset, clusters, corpus)
        left, right = reach(len(units), i)
        features += [name for k in left for name in far(units[k], "L")] + [name for k in right for name in far(units[k], "R")]
        found.append(features)
    return found
