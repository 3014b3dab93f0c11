"""Event nouns (買収, 訓練完了): their arguments within the noun phrase, and what a light or control verb gives them."""

from __future__ import annotations

from kg.argument.frame import Frame, Slot, often, takes_wo, timelike
from kg.argument.phrase import members
from kg.argument.words import light_verbs, reciprocals
from kg.model import Case

_DIRECT = {
    "niyotte": Case.GA,
    "to": Case.TO,
    "he": Case.HE,
    "ni": Case.NI,
    "kara": Case.KARA,
    "de": Case.DE,
    "nituite": Case.NITUITE,
    "tosite": Case.TOSITE,
    "made": Case.MADE,
    "yori": Case.YORI,
}
_SOMETIMES = 0.25
Deep = dict[Case, list[Slot]]


def arguments(frame: Frame, made: dict[int, Frame], transitive: dict[str, float]) -> Deep:
    """Return what stands before the noun with の, への, による, との … and within its compound: メタによるB社の買収."""
    tree = frame.tree
    filled: Deep = {}
    for child in _modifiers(frame, made):
        marker = tree.marker(child)
        if marker.case in _DIRECT and (marker.adnominal or (marker.case == "to" and frame.found.lemma in reciprocals())):
            _put(filled, _DIRECT[marker.case], frame, child, f"event:{marker.text}")
            for source in (c for c in tree.children[child] if tree.nominal(c) and c < child):
                if tree.marker(source).case == "kara" and not tree.marker(source).adnominal and marker.case in ("he", "ni", "made"):
                    _put(filled, Case.KARA, frame, source, "event:から")  # ガソリン車から電気自動車への移行
    compound = _compound(frame)
    if compound is not None:
        case = Case.WO if takes_wo(frame, transitive) else Case.GA
        _put(filled, case, frame, compound, "event:compound", 0.8)
    for child in _modifiers(frame, made):
        if tree.marker(child).case == "no" and not timelike(tree, child):
            _put(filled, Case.NO, frame, child, "event:の", 0.7)
    return filled


def _modifiers(frame: Frame, made: dict[int, Frame]) -> list[int]:
    """The nouns before it; a compound's first event has those of the whole (モデルの訓練完了: モデル belongs to 訓練)."""
    tree, token = frame.tree, frame.found.token
    inner = _compound(frame)
    if inner is not None and inner in made:
        return [c for c in tree.children[token] if c < token and tree.nominal(c) and tree.marker(c).case == "niyotte"]
    above = tree.heads[token]
    nouns = [c for c in tree.children[token] if c < token]
    if tree.deps[token] == "compound" and tree.nominal(above):
        nouns += [c for c in tree.children[above] if c < token]
    return sorted({c for c in nouns if tree.nominal(c) and tree.deps[c] != "compound"})


def _compound(frame: Frame) -> int | None:
    """The noun right before it in one compound: 訓練 in 訓練完了, 社 in B社買収."""
    tree, first = frame.tree, frame.found.first
    before = first - 1
    if before < 0 or tree.deps[before] != "compound" or not tree.nominal(before) or tree.tags[before].startswith("接頭辞"):
        return None
    if tree.pos[before] == "NUM" or timelike(tree, before):
        return None
    return before if tree.heads[before] in (frame.found.token, tree.heads[frame.found.token]) else None


def _put(filled: Deep, case: Case, frame: Frame, head: int, rule: str, score: float = 1.0) -> None:
    filled.setdefault(case, []).append(Slot(frame.sentence, head, rule, False, score))


def settle_owner(made: dict[int, Frame], deep: dict[int, Deep], transitive: dict[str, float]) -> None:
    """Decide の before an event noun, in place: を where the doer is known, が where the object is; a name alone stays open (トヨタの買収)."""
    for token, frame in made.items():
        slots = deep[token].get(Case.NO)
        if not slots or {Case.GA, Case.WO} <= deep[token].keys():
            continue
        rate = often(transitive, frame.found.lemma)
        if rate < _SOMETIMES and all(s.rule.startswith("control>") for s in deep[token].get(Case.GA, ())):
            deep[token].pop(Case.GA, None)  # 会社は社長の辞任を発表した
        if Case.GA in deep[token] and rate >= _SOMETIMES:
            case = Case.WO
        elif Case.GA in deep[token] or (Case.WO not in deep[token] and frame.tree.pos[slots[0].head] == "PROPN" and rate >= _SOMETIMES):
            continue
        else:
            case = Case.WO if Case.WO not in deep[token] and takes_wo(frame, transitive) else Case.GA
        deep[token][case] = deep[token].pop(Case.NO)


def jointly(made: dict[int, Frame], deep: dict[int, Deep]) -> None:
    """B社と共同で: the partner is the verb's too, in place."""
    for token, frame in made.items():
        for slot in deep[token].get(Case.DE, []):
            partner = deep.get(slot.head, {}).get(Case.TO) if slot.sentence == frame.sentence else None
            if partner and Case.TO not in deep[token]:
                deep[token][Case.TO] = [Slot(s.sentence, s.head, "jointly", s.inferred, s.score) for s in partner]


def govern(made: dict[int, Frame], deep: dict[int, Deep]) -> dict[int, str]:
    """Give event nouns what their verb says of them, in place; return the tokens that a light verb makes its predicate.

    訓練を行う: all but the noun itself; 関与を認める: its subject; 撤退を迫る: whom the verb has with に.
    """
    light: dict[int, str] = {}
    for token in sorted(made, reverse=True):  # what governs stands behind
        for case, slots in list(deep[token].items()):
            shares = light_verbs().get((made[token].found.lemma, _particle(case)))
            nouns = [n for s in slots if shares and s.sentence == made[token].sentence for n in members(made[token].tree, s.head)]
            for noun in nouns:
                if shares and noun in made and made[noun].found.kind == "event" and noun != token:
                    _give(deep[token], deep[noun], noun, shares)
                    if shares == "all":
                        light[noun] = made[token].found.lemma
    return light


def _particle(case: Case) -> str:
    return {Case.WO: "を", Case.NI: "に", Case.HE: "に", Case.TO: "と", Case.GA: "が"}.get(case, "")


def _give(giver: Deep, taker: Deep, noun: int, shares: str) -> None:
    taken = {"dative": {Case.NI: Case.GA}, "subject": {Case.GA: Case.GA}}.get(shares) or {case: case for case in giver}
    for case, as_case in taken.items():
        kept = [s for s in giver.get(case, ()) if s.head != noun]
        if kept and as_case not in taker:
            taker[as_case] = [Slot(s.sentence, s.head, f"control>{s.rule}", s.inferred, round(s.score * 0.9, 3)) for s in kept]
