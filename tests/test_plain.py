"""Relations of plain passages, as newspapers and web magazines state them every day. `python tests/test_plain.py` prints the table of docs/evaluation.md.

tests/plain/*.tsv have the form of training/passages. The held ones were written when the others had been read, and are only ever scored.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import Document, Reading
from kg.pipeline import read
from kg.relation.select import SYMMETRIC

pytestmark = [pytest.mark.model, pytest.mark.slow]
HERE = Path(__file__).parent
FLOORS = {"stances": 0.75, "business": 0.84, "web": 0.81, "gadgets": 0.70, "news_held": 0.87, "web_held": 0.67}  # F1
_HEADLINE = 90  # characters in which a headline ends
Key = tuple[str | None, str, str | None]


@pytest.mark.parametrize("name", FLOORS)
def test_plain_relations_are_found(name: str) -> None:
    hit, found, wanted = scored(name)

    assert 2 * hit / (found + wanted) >= FLOORS[name], (hit, found, wanted)


def test_every_file_has_its_floor() -> None:
    assert {path.stem for path in (HERE / "plain").glob("*.tsv")} == set(FLOORS)


def scored(name: str) -> tuple[int, int, int]:
    """How many relations of a file are found, how many the program states, how many there are."""
    total = Counter[str]()
    for passage in _passages(name):
        (reading,) = read([Document(passage.source, _laid_out(passage.text))])
        wanted = {_key(r.subject, r.property, r.object) for r in passage.relations}
        stated = _stated(passage, reading)
        total.update(hit=len(wanted & stated), found=len(stated), wanted=len(wanted))
    return total["hit"], total["found"], total["wanted"]


def _passages(name: str) -> Iterator[Any]:
    training = str(HERE.parent / "training")
    if training not in sys.path:
        sys.path.append(training)
    from passages import passage

    for number, line in enumerate((HERE / "plain" / f"{name}.tsv").read_text(encoding="utf-8").splitlines(), start=1):
        yield passage(line, f"{name}:{number}")


def _laid_out(text: str) -> str:
    """The passage with its headline on a line of its own; as many characters as before, but for the line's end."""
    at = text.rfind("　", 0, _HEADLINE)
    return f"{text[:at]}\n{text[at + 1 :]}\n" if at > 0 and "。" not in text[:at] else f"{text}\n"


def _stated(passage: Any, reading: Reading) -> set[Key]:
    """What the program states, by the passage's letters; an end that the passage does not mark is its own name, and so never right."""
    things: dict[int, str] = {}
    for entity in reading.entities:
        votes = Counter(
            mark.thing
            for mark in passage.marks
            if mark.type == entity.type
            for mention in entity.mentions
            if mention.begin < mark.end and mark.begin < mention.end
        )
        things[id(entity)] = votes.most_common(1)[0][0] if votes else entity.name
    claims = (c for c in reading.claims if c.subject is not None and c.object is not None and c.property is not None)
    return {_key(things.get(id(c.subject), ""), str(c.property), things.get(id(c.object), "")) for c in claims}


def _key(subject: str, name: str, thing: str) -> Key:
    first, last = sorted((subject, thing)) if name in SYMMETRIC else (subject, thing)
    return first, name, last


if __name__ == "__main__":
    for name in FLOORS:
        hit, found, wanted = scored(name)
        print(f"| `{name}.tsv` | {wanted} | {hit / found:.2f} | {hit / wanted:.2f} | {2 * hit / (found + wanted):.2f} |")
