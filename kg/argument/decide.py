"""The ranker at work: which noun fills が, を, に of each verb, adjective and copula, rules keeping what is plain on the surface."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kg.argument.features import CASES, Counts, Noun, Scene, pairs, transitive
from kg.argument.frame import Frame, Slot, content_gap, often, timelike
from kg.argument.ranker import Forest, choose, reach
from kg.argument.words import content_nouns

_HEARSAY = frozenset(("いう", "みる", "見る", "する", "なる", "よる"))
_SURE = 0.4  # an omitted subject from an earlier sentence, if a name, pronoun or topic: right for 83 of 100 on Wikipedia's test part
_LIKELY = 0.2
_TAKES = 0.4
_KEPT = {
    "particle": 0.03,
    "topic": 0.08,
    "relative": 0.12,
    "share": 0.1,
    "cleft": 0.0,
}  # least score of a slot by rule
Asked = tuple[Frame, list[Noun], NDArray[np.float32]]


def decide(levels: list[list[Scene]], counts: Counts, forests: dict[str, Forest]) -> None:
    """Replace the core cases of all frames, in place; each level is a run of sentences in which the next may take up the last."""
    asked: list[Asked] = []
    for scenes in levels:
        for at, here in enumerate(scenes):
            for frame in here.frames.values():
                if frame.found.kind != "event":
                    asked.append((frame, *pairs(frame, scenes[: at + 1], counts)))
    if not asked:
        return
    rows = np.concatenate([rows for _, _, rows in asked])
    scores = np.stack([forests[case].scores(rows) for case in CASES], axis=1)
    at, objects = 0, transitive(counts)
    for frame, nouns, own in asked:
        _fill(frame, nouns, own, scores[at : at + len(nouns)], objects)
        at += len(nouns)
    for frame in (frame for frame, _, _ in reversed(asked)):
        _follow(frame)


def _fill(frame: Frame, nouns: list[Noun], rows: NDArray[np.float32], scores: NDArray[np.float32], objects: dict[str, float]) -> None:
    if not nouns:
        return
    reaches = [reach(row) for row in rows]
    subject = any(
        where == "direct" and noun.case in ("ga", "ha", "mo") and score[0] >= _LIKELY and not timelike(frame.tree, noun.token)
        for noun, where, score in zip(nouns, reaches, scores, strict=True)
    )
    allowed = np.array([_allowed(frame, noun, where, objects, subject) for noun, where in zip(nouns, reaches, strict=True)])
    chosen = choose(np.where(allowed, scores, 0.0), reaches)
    by_rule = {case: frame.slots.pop(case, []) for case in CASES}
    places = {(noun.sentence, noun.token): i for i, noun in enumerate(nouns)}
    for case, (i, score) in chosen.items():
        ruled = any(s.head == nouns[i].token for s in by_rule[case]) and nouns[i].sentence == frame.sentence
        if reaches[i] == "before" and (score < _SURE or not nouns[i].stands_out or frame.found.lemma in _HEARSAY):
            continue
        inferred = reaches[i] == "before" or (reaches[i] == "sentence" and not ruled)
        rule = next((s.rule for s in by_rule[case] if s.head == nouns[i].token and ruled), f"ranker:{reaches[i]}")
        frame.slots[case] = [Slot(nouns[i].sentence, nouns[i].token, rule, inferred, round(score, 2))]
    for case, slots in by_rule.items():
        _keep(frame, case, slots, {p: float(scores[i, CASES.index(case)]) for p, i in places.items()})


def _follow(frame: Frame) -> None:
    """Give a clause the omitted subject of the clause that it leads to: 年内に株式を取得し、子会社にする."""
    above = frame.above
    if above is None or frame.has("ga") or frame.link not in ("て", "し", "", "ながら", "つつ"):
        return
    for slot in above.slots.get("ga", ()):
        if slot.sentence != frame.sentence:
            frame.slots["ga"] = [replace(slot, rule="follow", score=round(slot.score * 0.9, 2))]


def _keep(frame: Frame, case: str, slots: list[Slot], scores: dict[tuple[int, int], float]) -> None:
    """Keep a slot by rule where the ranker filled the case with nothing, or beside it a second noun with a particle of its own."""
    for slot in slots:
        kind = slot.rule.split(":")[0].split("-")[0]
        if frame.has(case) and kind != "particle":
            continue
        if scores.get((slot.sentence, slot.head), 0.0) >= _KEPT.get(kind, 0.1):
            frame.put(case, slot.head, slot.rule, score=max(0.5, slot.score * 0.8), inferred=slot.inferred)


def _allowed(frame: Frame, noun: Noun, where: str, objects: dict[str, float], subject: bool) -> tuple[bool, bool, bool]:
    """Tell for が, を, に whether a noun may fill it at all; `subject` says that a が or は of the predicate's own is likely."""
    tree, token = frame.tree, frame.found.token
    if noun.token in frame.lost and noun.sentence == frame.sentence:
        return False, False, False
    if noun.sentence != frame.sentence:
        return frame.found.kind != "copula" and not subject and not frame.has("ga"), False, False
    if where == "direct" and tree.heads[token] == noun.token and tree.texts[noun.token] in content_nouns():
        gap = content_gap(frame, noun.token, objects)
        return gap == "ga", gap == "wo", False
    if where == "direct" and noun.token in frame.topics and len(frame.topics) and frame.has("ga") and noun.case == "ha":
        return False, True, False
    if where == "direct":
        free = noun.case in ("ga", "wo") or not timelike(tree, noun.token)
        return free, free, free
    if timelike(tree, noun.token) or tree.texts[noun.token] in content_nouns():
        return False, False, False
    behind = noun.token > token and any(t < token and tree.marker(t).case == "ha" for t in range(token) if tree.nominal(t))
    taken = noun.token in frame.topics
    return not subject and not behind and not taken, often(objects, frame.found.lemma) >= _TAKES and not _quotes(frame), True


def _quotes(frame: Frame) -> bool:
    """発表 in 「工場を売却すると発表した」 takes no を from the clause that it quotes."""
    tree = frame.tree
    return any(tree.deps[c] in ("advcl", "ccomp") and any(tree.texts[t] == "と" for t in tree.tail(c)) for c in tree.children[frame.found.token])
