"""The ranker at work: which noun fills が, を, に of each verb, adjective and copula, rules keeping what is plain on the surface."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from kg.argument.features import CASES, Counts, Noun, Rows, Scene, near, transitive
from kg.argument.frame import Frame, Slot, content_gap, often, timelike
from kg.argument.past import past, past_rows
from kg.argument.ranker import BEFORE, choose, reaches
from kg.argument.words import content_nouns
from kg.forest import Forest

_HEARSAY = frozenset(("いう", "みる", "見る", "する", "なる", "よる"))
_SURE = 0.5  # an omitted subject from an earlier sentence: of names, pronouns, topics right for 84 of 100 on Wikipedia's test part
_LIKELY = 0.2
_TAKES = 0.4
_KEPT = {
    "particle": 0.03,
    "topic": 0.08,
    "relative": 0.12,
    "share": 0.1,
    "cleft": 0.0,
}  # least score of a slot by rule
Flags = NDArray[np.bool_]


@dataclass(slots=True, eq=False)
class Asked:
    """A predicate with the nouns that may fill its cases. Scored is only what can matter: nouns × cases in all three arrays."""

    frame: Frame
    scenes: list[Scene]  # its own, last, and those before
    nouns: list[Noun]
    rows: Rows
    reaches: list[str]
    allowed: Flags
    wanted: Flags
    scores: Rows
    open: bool = False  # its subject may stand in a sentence before


def decide(levels: list[list[Scene]], counts: Counts, forests: dict[str, Forest]) -> None:
    """Replace the core cases of all frames, in place; each level is a run of sentences in which the next may take up the last."""
    asked: list[Asked] = []
    for scenes in levels:
        for at, here in enumerate(scenes):
            known = scenes[: at + 1]
            asked.extend(_subjects(frame, known, counts) for frame in here.frames.values() if frame.found.kind != "event")
    _score(asked, forests)
    objects = transitive(counts)
    for each in asked:
        _ask_all(each, objects)
    _score(asked, forests)
    _recall([each for each in asked if each.open], counts, forests[BEFORE])
    for each in asked:
        _fill(each)
    for each in reversed(asked):
        _follow(each.frame)


def _subjects(frame: Frame, scenes: list[Scene], counts: Counts) -> Asked:
    """The nouns of the sentence; asked is which of those that are marked so is the subject."""
    nouns, rows = near(frame, scenes[-1], counts)
    where = reaches(rows)
    wanted = np.zeros((len(nouns), len(CASES)), np.bool_)
    wanted[:, 0] = [
        reach == "direct" and noun.case in ("ga", "ha", "mo") and not timelike(frame.tree, noun.token)
        for noun, reach in zip(nouns, where, strict=True)
    ]
    return Asked(frame, scenes, nouns, rows, where, wanted, wanted, np.zeros(wanted.shape, np.float32))


def _ask_all(asked: Asked, objects: dict[str, float]) -> None:
    """Ask for all that may fill a case or fills it by rule; where the subject is open, those before may be meant."""
    frame, nouns, known = asked.frame, asked.nouns, asked.wanted
    subject = bool((asked.scores[:, 0] >= _LIKELY).any())
    allowed = [_allowed(frame, noun, reach, objects, subject) for noun, reach in zip(nouns, asked.reaches, strict=True)]
    asked.open = frame.found.kind != "copula" and not subject and not frame.has("ga")
    asked.allowed = np.array(allowed, np.bool_).reshape(len(nouns), len(CASES))
    asked.wanted = asked.allowed.copy()
    places = {(noun.sentence, noun.token): i for i, noun in enumerate(nouns)}
    for column, case in enumerate(CASES):
        for slot in frame.slots.get(case, ()):
            if (at := places.get((slot.sentence, slot.head))) is not None:
                asked.wanted[at, column] = True
    asked.wanted &= ~known


def _recall(asked: list[Asked], counts: Counts, forest: Forest) -> None:
    """Let predicates mean nouns of the sentences before, with their scores as subjects."""
    memory = {sentence: past(scenes) for sentence, scenes in {each.frame.sentence: each.scenes for each in asked}.items()}
    meant = [(each, known) for each in asked if (known := memory[each.frame.sentence]).nouns]
    if not meant:
        return
    scores = forest.scores(np.concatenate([past_rows(each.frame, each.scenes[-1], known, counts) for each, known in meant]))
    ends = accumulate(len(known.nouns) for _, known in meant)
    for (each, known), end in zip(meant, ends, strict=True):
        more = np.zeros((len(known.nouns), len(CASES)), np.float32)
        more[:, 0] = scores[end - len(known.nouns) : end]
        each.nouns = each.nouns + known.nouns
        each.reaches = each.reaches + [BEFORE] * len(known.nouns)
        each.scores = np.concatenate([each.scores, more])
        each.allowed = np.concatenate([each.allowed, more > 0])


def _score(asked: list[Asked], forests: dict[str, Forest]) -> None:
    """Set the scores that are wanted, those of all predicates asked for at once."""
    if not asked:
        return
    rows, wanted, scores = (np.concatenate(columns) for columns in zip(*((each.rows, each.wanted, each.scores) for each in asked), strict=True))
    for column, case in enumerate(CASES):
        at = np.flatnonzero(wanted[:, column])
        if len(at):
            scores[at, column] = forests[case].scores(rows[at])
    ends = accumulate(len(each.nouns) for each in asked)
    for each, end in zip(asked, ends, strict=True):
        each.scores = scores[end - len(each.nouns) : end]


def _fill(asked: Asked) -> None:
    if not asked.nouns:
        return
    frame, nouns, where, scores = asked.frame, asked.nouns, asked.reaches, asked.scores
    chosen = choose(np.where(asked.allowed, scores, 0.0), where)
    by_rule = {case: frame.slots.pop(case, []) for case in CASES}
    for case, (i, score) in chosen.items():
        ruled = any(s.head == nouns[i].token for s in by_rule[case]) and nouns[i].sentence == frame.sentence
        if where[i] == BEFORE and (score < _SURE or frame.found.lemma in _HEARSAY):
            continue
        inferred = where[i] == BEFORE or (where[i] == "sentence" and not ruled)
        rule = next((s.rule for s in by_rule[case] if s.head == nouns[i].token and ruled), f"ranker:{where[i]}")
        frame.slots[case] = [Slot(nouns[i].sentence, nouns[i].token, rule, inferred, round(score, 2))]
    places = {(noun.sentence, noun.token): i for i, noun in enumerate(nouns)}
    for column, case in enumerate(CASES):
        own = [(slot, places.get((slot.sentence, slot.head))) for slot in by_rule[case]]
        _keep(frame, case, [(slot, 0.0 if i is None else float(scores[i, column])) for slot, i in own])


def _follow(frame: Frame) -> None:
    """Give a clause the omitted subject of the clause that it leads to: 年内に株式を取得し、子会社にする; …に応用したいと教授は話す."""
    above = frame.above
    wishes = frame.link == "と" and frame.found.kind == "verb" and "たい" in frame.tree.texts[frame.found.token + 1 : frame.found.token + 4]
    if above is None or frame.has("ga") or not (wishes or frame.link in ("て", "し", "", "ながら", "つつ")):
        return
    for slot in above.slots.get("ga", ()):
        if wishes or slot.sentence != frame.sentence:
            frame.slots["ga"] = [replace(slot, rule="follow", score=round(slot.score * 0.9, 2))]


def _keep(frame: Frame, case: str, slots: list[tuple[Slot, float]]) -> None:
    """Keep a slot by rule where the ranker filled the case with nothing, or beside it a second noun with a particle of its own."""
    for slot, score in slots:
        kind = slot.rule.split(":")[0].split("-")[0]
        if frame.has(case) and kind != "particle":
            continue
        if score >= _KEPT.get(kind, 0.1):
            frame.put(case, slot.head, slot.rule, score=max(0.5, slot.score * 0.8), inferred=slot.inferred)


def _allowed(frame: Frame, noun: Noun, where: str, objects: dict[str, float], subject: bool) -> tuple[bool, bool, bool]:
    """Tell for が, を, に whether a noun of the sentence may fill it at all; `subject` says that a が or は of the predicate's own is likely."""
    tree, token = frame.tree, frame.found.token
    if noun.token in frame.lost:
        return False, False, False
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
    if noun.case == "ga" and any(c in tree.ancestors(noun.token) for c in _quoted(frame)):
        return False, False, True  # 景気 in 「政府は景気が回復していると判断し」 is not who judges
    behind = noun.token > token and any(t < token and tree.marker(t).case == "ha" for t in range(token) if tree.nominal(t))
    taken = noun.token in frame.topics
    return not subject and not behind and not taken, often(objects, frame.found.lemma) >= _TAKES and not _quotes(frame), True


def _quotes(frame: Frame) -> bool:
    """発表 in 「工場を売却すると発表した」 takes no を from the clause that it quotes."""
    return bool(_quoted(frame))


def _quoted(frame: Frame) -> list[int]:
    """The heads of the clauses that a predicate quotes with と."""
    tree = frame.tree
    clauses = (c for c in tree.children[frame.found.token] if tree.deps[c] in ("advcl", "ccomp"))
    return [c for c in clauses if any(tree.texts[t] == "と" for t in tree.tail(c))]
