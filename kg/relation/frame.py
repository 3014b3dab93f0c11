"""The rows of `frames.tsv`: which predicate states which property, and where it has its subject and object."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.lexicon import LexiconError, Row, rows
from kg.model import Case, EntityClass, Modality
from kg.relation.post import CALLED
from kg.relation.select import ENDS

_LETTERS = {"O": EntityClass.ORGANIZATION, "P": EntityClass.PERSON, "M": EntityClass.MODEL, "S": EntityClass.STRATEGY, "L": EntityClass.PLACE}
_KINDS = frozenset(("verb", "adjective", "copula", "event", "light", "causative", "active", "denied"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where an end of a relation stands: a case of the predicate, or of the noun that fills that case (`wo>no`)."""

    case: Case
    inner: Case | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """One row. `needs` are the nouns that must fill a case; `kind` the form that the predicate must have, or "". No `subject`: whoever says so."""

    rule: str
    lemma: str
    property: str
    subject: tuple[Place, ...]
    object: tuple[Place, ...]
    needs: tuple[tuple[Case, frozenset[str]], ...]
    classes: frozenset[EntityClass]  # what the object may be, of what the property allows
    kind: str
    modality: Modality | None
    fixed: bool  # the modality stands whatever the surroundings say
    negates: bool


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """Return the rows of `frames.tsv` by lemma, in the order of the file.

    Raises LexiconError for a property, case or modality that there is not.
    """
    found: dict[str, list[Frame]] = {}
    for row in rows("frames.tsv"):
        found.setdefault(row["lemma"], []).append(frame(row))
    return {lemma: tuple(those) for lemma, those in found.items()}


def frame(row: Row) -> Frame:
    """Return one row, read."""
    if row["property"] not in ENDS:
        raise LexiconError(f"{row.rule}: property {row['property']!r}, wanted one of {', '.join(ENDS)}")
    if row["polarity"] not in ("+", "-"):
        raise LexiconError(f"{row.rule}: polarity {row['polarity']!r}, wanted + or -")
    needs, kind = _conditions(row)
    classes = ENDS[row["property"]][1] & _classes(row)
    modality = Modality(row["modality"].lstrip("=")) if row["modality"] else None
    fixed = row["modality"].startswith("=")
    subject = () if row["subject"] == "speaker" else _places(row, "subject")
    thing = _places(row, "object")
    return Frame(row.rule, row["lemma"], row["property"], subject, thing, needs, classes, kind, modality, fixed, row["polarity"] == "-")


def _places(row: Row, column: str) -> tuple[Place, ...]:
    return tuple(_place(row, text) for text in row[column].split("|"))


def _place(row: Row, text: str) -> Place:
    outer, _, inner = text.partition(">")
    try:
        return Place(Case(outer), Case(inner) if inner else None)
    except ValueError:
        raise LexiconError(f"{row.rule}: case {text!r}, wanted {', '.join(Case)}, or two joined by >") from None


def _conditions(row: Row) -> tuple[tuple[tuple[Case, frozenset[str]], ...], str]:
    needs, kind = [], ""
    for part in row["when"].split():
        name, _, value = part.partition("=")
        if name == "kind" and value in _KINDS:
            kind = value
        elif name == "object":
            continue
        elif name in set(Case):
            needs.append((Case(name), _words(row, value)))
        else:
            raise LexiconError(f"{row.rule}: condition {part!r}, wanted CASE=noun,noun or kind={'|'.join(sorted(_KINDS))}")
    return tuple(needs), kind


def _classes(row: Row) -> frozenset[EntityClass]:
    named = [part.partition("=")[2] for part in row["when"].split() if part.startswith("object=")]
    try:
        return frozenset(_LETTERS[letter] for value in named for letter in value.split(",")) or frozenset(EntityClass)
    except KeyError as error:
        raise LexiconError(f"{row.rule}: class {error}, wanted {', '.join(_LETTERS)}") from None


def _words(row: Row, value: str) -> frozenset[str]:
    if value.startswith("@") and value not in CALLED:
        raise LexiconError(f"{row.rule}: posts {value!r}, wanted {', '.join(CALLED)}")
    return frozenset(value.split(","))
