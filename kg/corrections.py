"""What a reader of the page corrected, read from corrections.jsonl and applied to a reading before it becomes a graph.

A correction changes values, never an IRI: what is corrected keeps the name that extraction gave it, so that the same file fits the
next build of the same articles. One correction a line:

    {"kind": "claim", "id": "https://…/claim/…", "field": "modality", "old": "Fact", "new": "Plan"}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.graph import names
from kg.model import Claim, Entity, EntityClass, Mention, Modality, Reading
from kg.vocab import BASE

RULE = "correction"
_ALLOWED = {
    "claim": ("verdict", "speaker", "modality", "negated"),
    "entity": ("class", "name", "sameAs"),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file. `name` and `cls` say what `new` is called where it is an entity's IRI."""

    kind: str
    id: str
    field: str
    new: str | bool | None
    name: str | None = None
    cls: EntityClass | None = None


ById = Mapping[str, Mapping[str, Correction]]  # by IRI, then by field


def read(path: str | Path) -> tuple[Correction, ...]:
    """Return the corrections of a file, the last one for each field of each id. Raises ValueError naming the line that is none."""
    last: dict[tuple[str, str], Correction] = {}
    for number, line in enumerate(Path(path).read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            found = _correction(line, f"{Path(path).name}:{number}")
            last[found.id, found.field] = found
    return tuple(last.values())


def apply(reading: Reading, corrections: Sequence[Correction], *, base: str = BASE) -> tuple[Reading, tuple[Correction, ...]]:
    """Return the reading with its values corrected, and the corrections that nothing in it matches.

    Corrected claims carry the rule `correction`; a wrong one is left out, with the propositions of a wrong statement; a right one
    keeps its rule and is certain. An entity that is the same as another takes its name, class and IRI."""
    if not corrections:
        return reading, ()
    entities, claims = names(reading)
    by_id: dict[str, dict[str, Correction]] = {}
    for correction in corrections:
        by_id.setdefault(correction.id, {})[correction.field] = correction
    known = {base + name for name in (*entities.values(), *claims.values())}
    missed = tuple(c for c in corrections if c.id not in known)
    if len(missed) == len(corrections):
        return reading, missed
    fresh = _entities(entities, by_id, base)
    changed = _claims(claims, by_id, fresh, entities, base)
    return (
        replace(
            reading,
            entities=_swapped(reading.entities, fresh),
            claims=tuple(changed[c] for c in reading.claims if c in changed),
            cites=_swapped(reading.cites, fresh),
            publisher=fresh.get(reading.publisher, reading.publisher) if reading.publisher else None,
        ),
        missed,
    )


def unmatched(missed: Iterable[Sequence[Correction]]) -> tuple[Correction, ...]:
    """Return the corrections that every article missed, from what `apply` returned for each."""
    those = [tuple(m) for m in missed]
    if not those:
        return ()
    everywhere = set(those[0]).intersection(*map(set, those))
    return tuple(c for c in those[0] if c in everywhere)


def _correction(line: str, where: str) -> Correction:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ValueError(f"{where}: {line[:60]!r} found, a JSON object wanted") from error
    kind, name, field = (row.get(key) if isinstance(row, dict) else None for key in ("kind", "id", "field"))
    if kind not in _ALLOWED or not isinstance(name, str) or field not in _ALLOWED[kind]:
        wanted = "; ".join(f"{kind}: {', '.join(fields)}" for kind, fields in _ALLOWED.items())
        raise ValueError(f"{where}: kind {kind!r}, field {field!r} found, an id with one of {wanted} wanted")
    cls = EntityClass(row["class"]) if row.get("class") in tuple(EntityClass) else None
    return Correction(kind, name, field, _value(field, row.get("new"), where), row.get("name"), cls)


def _value(field: str, new: Any, where: str) -> str | bool | None:
    """The new value, where it is one that the field can have."""
    choices: Mapping[str, tuple[Any, ...]] = {
        "verdict": ("right", "wrong"),
        "modality": tuple(Modality),
        "negated": (True, False),
        "class": tuple(EntityClass),
    }
    good = new in choices[field] if field in choices else (new is None and field == "speaker") or (isinstance(new, str) and bool(new.strip()))
    if not good:
        raise ValueError(f"{where}: {new!r} found as {field}, {' or '.join(map(str, choices.get(field, ('a text',))))} wanted")
    return new.strip() if isinstance(new, str) else bool(new) if field == "negated" else new


def _entities(named: Mapping[Entity, str], by_id: ById, base: str) -> dict[Entity, Entity]:
    """Each entity as it is to be; several that are the same give one."""
    goal = {entity: _goal(base + name, by_id) for entity, name in named.items()}
    groups: dict[str, list[Entity]] = {}
    for entity, end in goal.items():
        groups.setdefault(end, []).append(entity)
    fresh: dict[Entity, Entity] = {}
    for end, members in groups.items():
        own = [e for e in members if base + named[e] == end]
        one = _merged(end, own + [e for e in members if e not in own], by_id, base, bool(own))
        fresh |= dict.fromkeys(members, one)
    return fresh


def _goal(iri: str, by_id: ById) -> str:
    """The IRI at the end of a chain of `sameAs`; a circle ends where it began."""
    seen = [iri]
    while (step := by_id.get(seen[-1], {}).get("sameAs")) and str(step.new) not in seen:
        seen.append(str(step.new))
    return seen[-1] if not step else min(seen)


def _merged(iri: str, members: list[Entity], by_id: ById, base: str, present: bool) -> Entity:
    """One entity of all members; its first gives name and class, unless the corrections name another that the article lacks."""
    first, own = members[0], by_id.get(iri, {})
    target = next((c for of in by_id.values() for c in of.values() if c.field == "sameAs" and c.new == iri), None)
    name, cls = first.name, first.type
    if not present and target:
        name, cls = target.name or name, target.cls or cls
    name = str(own["name"].new) if "name" in own else name
    cls = EntityClass(str(own["class"].new)) if "class" in own else cls
    if len(members) == 1 and present and (name, cls) == (first.name, first.type):
        return first
    aliases = dict.fromkeys(a for e in members for a in (e.name, *e.aliases) if a != name)
    mentions = sorted({m for e in members for m in e.mentions}, key=lambda m: (m.begin, m.end, m.rule))
    return replace(first, type=cls, name=name, aliases=tuple(aliases), mentions=tuple(_typed(m, cls) for m in mentions), iri=iri.removeprefix(base))


def _typed(mention: Mention, cls: EntityClass) -> Mention:
    return mention if mention.type is cls else replace(mention, type=cls)


def _swapped(entities: tuple[Entity, ...], fresh: Mapping[Entity, Entity]) -> tuple[Entity, ...]:
    return tuple(dict.fromkeys(fresh.get(e, e) for e in entities))


def _claims(named: Mapping[Claim, str], by_id: ById, fresh: Mapping[Entity, Entity], entities: Mapping[Entity, str], base: str) -> dict[Claim, Claim]:
    """Each claim that stays, as it is to be: statements first, since their propositions point to them."""
    people = {base + (e.iri or entities[old]): e for old, e in fresh.items()} | {base + entities[old]: e for old, e in fresh.items()}
    kept: dict[Claim, Claim] = {}
    for claim in sorted(named, key=lambda c: c.statement is not None):
        own = by_id.get(base + named[claim], {})
        wrong = own.get("verdict")
        if (wrong and wrong.new == "wrong") or (claim.statement is not None and claim.statement not in kept):
            continue
        made = _corrected(claim, named[claim], own, fresh)
        voice = next((c for member in _card(claim, named) if (c := by_id.get(base + named[member], {}).get("speaker"))), None)
        if voice:
            made = replace(made, speaker=_speaker(voice, people, base), rule=RULE)
        if made.subject is None or made.subject is not made.object:
            kept[claim] = replace(made, statement=kept[claim.statement] if claim.statement else None)
    return _relinked(kept)


def _card(claim: Claim, named: Mapping[Claim, str]) -> list[Claim]:
    """The claim, its statement and that statement's other propositions: they have one speaker."""
    head = claim.statement or claim
    return [claim, *(c for c in named if c is not claim and (c is head or c.statement is head))]


def _corrected(claim: Claim, name: str, own: Mapping[str, Correction], fresh: Mapping[Entity, Entity]) -> Claim:
    def now(entity: Entity | None) -> Entity | None:
        return None if entity is None else fresh.get(entity, entity)

    values = {field for field in ("modality", "negated") if field in own}
    sure = "verdict" in own or bool(values)
    return replace(
        claim,
        iri=name,
        speaker=now(claim.speaker),
        source=now(claim.source),
        subject=now(claim.subject),
        object=now(claim.object),
        about=tuple(dict.fromkeys(fresh.get(e, e) for e in claim.about)),
        modality=Modality(str(own["modality"].new)) if "modality" in own else claim.modality,
        negated=bool(own["negated"].new) if "negated" in own else claim.negated,
        rule=RULE if values else claim.rule,
        confidence=1.0 if sure else claim.confidence,
    )


def _speaker(voice: Correction, people: Mapping[str, Entity], base: str) -> Entity | None:
    if voice.new is None:
        return None
    iri = str(voice.new)
    return people.get(iri) or Entity(voice.cls or EntityClass.PERSON, voice.name or iri.rsplit("/", 1)[-1], (), (), iri=iri.removeprefix(base))


def _relinked(kept: dict[Claim, Claim]) -> dict[Claim, Claim]:
    """Links between claims, from the old ones to the new. A claim's links may go either way, so they are set once all exist."""
    for old, made in kept.items():
        for field in ("restates", "contradicts", "supersedes"):
            others = tuple(kept.get(other, other) for other in getattr(old, field) if other in kept)
            object.__setattr__(made, field, others)  # frozen for readers; new here and not yet handed out
    return kept
