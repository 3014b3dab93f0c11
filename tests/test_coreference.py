"""Coreference by itself, over passages written for it: half read while the rules were written, half only ever scored.

The names that a passage's anaphor may mean are given, whether or not the recognizer finds them, so that what is measured is the link.
`python tests/test_coreference.py` prints the figures of docs/evaluation.md, with the names given and with the recognizer's alone.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.claim import statements
from kg.entity import entities, with_first_person
from kg.entity.keys import key
from kg.lexicon import rows
from kg.mention import mentions
from kg.model import Document, Entity, EntityClass, Form, Mention
from kg.parse import Article, load, parse

HERE = Path(__file__).parent / "coreference"
ACCURACY, WRONG = 0.90, 0.05
PERSONS = {"同氏", "彼・彼女", "surname-short-form", "two-of-one-surname"}
BODIES = {"同社", "company-short-form", "legal-alias", "両社", "far-topic-traps", "nothing-decides", "former-name", "initials-and-acronyms"}
NAMES = {"surname-short-form", "two-of-one-surname", "company-short-form", "legal-alias", "former-name", "initials-and-acronyms", "katakana-latin"}
NAMES |= {"alias-bracket"}
SURE = (
    PERSONS | {"同X", "この会社", "product-and-service"} | BODIES - {"initials-and-acronyms", "two-of-one-surname"}
)  # kinds that leave no doubt of the class
MODELS = {"product-and-service", "alias-bracket"}


@dataclass(frozen=True)
class Case:
    """A row of the table: the anaphor at its place, and the names that it may be linked to."""

    passage: str
    anaphor: str
    begin: int
    names: tuple[str, ...]
    kind: str

    @property
    def end(self) -> int:
        return self.begin + len(self.anaphor)


def cases(half: str) -> list[Case]:
    """The rows of `tuned` or `held`."""
    with (HERE / f"{half}.tsv").open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Case(row["passage"], row["anaphor"], _place(row), tuple(n for n in row["antecedent"].split("|") if n != "-"), row["kind"]) for row in table
    ]


def _place(row: dict[str, str]) -> int:
    at = -1
    for _ in range(int(row["occurrence"])):
        at = row["passage"].index(row["anaphor"], at + 1)
    return at


def verdicts(table: Sequence[Case], *, given: bool) -> Iterator[tuple[Case, str]]:
    """Yield each case as right, wrong (a link to another thing, or where there is none) or missed."""
    articles = parse(Document(f"{number}", case.passage) for number, case in enumerate(table))
    for case, article in zip(table, articles, strict=True):
        yield case, verdict(case, read(article, case if given else None))


def read(article: Article, case: Case | None) -> tuple[Entity, ...]:
    """The entities of a passage with first persons; a case gives its names to the recognizer's."""
    found = mentions(article.document.text, load())
    things = entities(article, with_given(found, case) if case else found)
    said = statements(article, things)
    return with_first_person(things, article, [(s.begin, s.end, who) for s in said if (who := s.speaker or s.source)])


def with_given(found: Sequence[Mention], case: Case) -> tuple[Mention, ...]:
    """Put the case's names in the place of what the recognizer found there, of the class that the anaphor asks for."""
    spans = sorted({m.span() for name in case.names for m in re.finditer(re.escape(name), case.passage)}, key=lambda span: span[0] - span[1])
    if case.kind in NAMES and case.names and case.anaphor not in {row["word"] for row in rows("anaphors.tsv")}:
        spans.append((case.begin, case.end))
    spans = [(b, e) for n, (b, e) in enumerate(spans) if not any(x < e and b < y for x, y in spans[:n])]
    kind, sure = asked_class(case), case.kind in SURE
    known = {(m.begin, m.end): m for m in found}
    kept = [m for m in found if not any(b < m.end and m.begin < e for b, e in spans)]
    added = [_given(case.passage, b, e, kind, known.get((b, e)), sure=sure) for b, e in spans]
    return tuple(sorted((*kept, *added), key=lambda m: m.begin))


def _given(text: str, begin: int, end: int, kind: EntityClass, found: Mention | None, *, sure: bool) -> Mention:
    """A name of the case; where the recognizer found it too, what the lexicon knows of it stays."""
    if found is not None and (found.type is kind or not sure):
        return found
    return Mention(begin, end, text[begin:end], kind, Form.NAME, "given", 0.9)


def asked_class(case: Case) -> EntityClass:
    """The class of what an anaphor stands for, by its word or its kind."""
    for row in rows("anaphors.tsv"):
        if row["word"] == (re.sub(r"^[\d二三四五]", "", case.anaphor) if row["number"] == "N" else case.anaphor):
            return EntityClass(row["class"].split("|")[0])
    nouns = sorted(rows("class_nouns.tsv"), key=lambda row: -len(row["noun"]))
    if row := next((row for row in nouns if case.anaphor.endswith(row["noun"]) and case.kind in ("同X", "この会社", "product-and-service")), None):
        return EntityClass(row["class"])
    if case.kind in PERSONS or case.kind in ("first-person", "role-again"):
        return EntityClass.PERSON
    return EntityClass.MODEL if case.kind in MODELS else EntityClass.ORGANIZATION


def verdict(case: Case, things: Sequence[Entity]) -> str:
    """Whether the things with a mention at the anaphor, and another elsewhere, are those of the case's names."""
    linked = [thing for thing in things if _has(thing, case) and _elsewhere(thing, case)]
    right = len(linked) == max(1, len(case.names)) if case.names else not linked
    if right and all(any(_is_called(thing, name) for thing in linked) for name in case.names):
        return "right"
    return "wrong" if any(not any(_is_called(thing, name) for name in case.names) for thing in linked) else "missed"


def _has(thing: Entity, case: Case) -> bool:
    return any((m.begin <= case.begin and case.end <= m.end) or (case.begin <= m.begin and m.end <= case.end) for m in thing.mentions)


def _elsewhere(thing: Entity, case: Case) -> bool:
    return any(m.end <= case.begin or case.end <= m.begin for m in thing.mentions)


def _is_called(thing: Entity, name: str) -> bool:
    return any(key(name) == key(known) or key(name) in key(known) for known in (thing.name, *thing.aliases))


@pytest.mark.slow
@pytest.mark.parametrize("half", ["tuned", "held"])
def test_links_are_right_and_seldom_wrong(half: str) -> None:
    """≥ .90 of the passages right and ≤ 5 % linked to something else, on the half that was read and on the half that was not."""
    found = Counter(result for _, result in verdicts(cases(half), given=True))
    total = sum(found.values())

    assert found["right"] >= ACCURACY * total, found
    assert found["wrong"] <= WRONG * total, found


def main() -> None:
    """Print the figures, and the errors of the half named on the command line."""
    for half in ("tuned", "held"):
        for given in (True, False):
            results = list(verdicts(cases(half), given=given))
            found = Counter(result for _, result in results)
            print(half, "given" if given else "recognized", {name: f"{count} ({count / len(results):.3f})" for name, count in sorted(found.items())})
            if half == "tuned" and given and "--errors" in sys.argv:
                for case, result in results:
                    if result != "right":
                        print("  ", result, case.kind, case.passage, "|", case.anaphor, "→", case.names)


if __name__ == "__main__":
    main()
