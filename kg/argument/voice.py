"""From the cases on the surface to deep case: passive, causative, てもらう and てくれる undone."""

from __future__ import annotations

from kg.argument.frame import Frame, Slot
from kg.argument.phrase import acts
from kg.argument.words import goal_verbs
from kg.model import Case

_GOAL = 0.5  # a verb that has に this often asks for it itself: 会長に選ばれた

_PLAIN = {
    "ga": Case.GA,
    "wo": Case.WO,
    "ni": Case.NI,
    "he": Case.HE,
    "de": Case.DE,
    "to": Case.TO,
    "kara": Case.KARA,
    "yori": Case.YORI,
    "made": Case.MADE,
    "niyotte": Case.GA,
    "nituite": Case.NITUITE,
    "tosite": Case.TOSITE,
    "no": Case.NO,
}


def deep(frame: Frame, takes_ni: dict[str, float]) -> dict[Case, list[Slot]]:
    """Return a frame's slots by deep case: 計画は反対派に批判された gives GA 反対派, WO 計画."""
    table = dict(_PLAIN)
    found = frame.found
    if frame.has("ga") and frame.has("niyotte") and not found.passive:
        table["niyotte"] = Case.DE
    if found.causative:
        table |= _causative(frame)
    elif found.passive and not (found.potential and frame.has("wo") and not frame.has("ni") and not frame.has("niyotte")):
        table |= _passive(frame, takes_ni)
    elif found.receive:
        table |= {"ga": Case.CAUSER, "ni": Case.GA, "kara": Case.GA}
    deepened: dict[Case, list[Slot]] = {}
    for case, slots in frame.slots.items():
        deepened.setdefault(table[case], []).extend(slots)
    return deepened


def _causative(frame: Frame) -> dict[str, Case]:
    """部下に調査をさせた; 市場を拡大させた; させられた turns both ends round."""
    if frame.found.passive:
        return {"ga": Case.GA, "ni": Case.CAUSER, "niyotte": Case.CAUSER}
    if frame.has("ni") and frame.has("wo"):
        return {"ga": Case.CAUSER, "ni": Case.GA}
    if frame.has("wo"):
        return {"ga": Case.CAUSER, "wo": Case.GA}
    return {"ga": Case.CAUSER, "ni": Case.GA}


def _passive(frame: Frame, takes_ni: dict[str, float]) -> dict[str, Case]:
    """批判された: が is を. に is the agent unless the verb itself asks for a に (市場に投入された) or によって names the agent."""
    surface = {"ga": Case.NI if frame.has("wo") else Case.WO, "niyotte": Case.GA, "ni": Case.GA}
    goal = frame.found.lemma in goal_verbs() or takes_ni.get(frame.found.lemma, takes_ni.get(f"*{frame.found.lemma[-1:]}", 0.0)) >= _GOAL
    if frame.has("niyotte") or not any(s.sentence == frame.sentence and acts(frame.tree, s.head) for s in frame.slots.get("ni", ())) or goal:
        surface["ni"] = Case.NI
    return surface
