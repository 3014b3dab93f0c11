"""Words and patterns as data: the rows of `ontology/lexicon/*.tsv`, checked, each with the place it stands at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent


class LexiconError(ValueError):
    """A file of words is not what its head promises. The message begins with file and line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `rule` is its place, `frames.tsv:41`; `row["lemma"]` the field under that head."""

    rule: str
    fields: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields[column]


def ontology() -> Path:
    """The folder with the ontology: within the wheel, or at the top of a checkout."""
    inside = _HERE / "_ontology"
    return inside if inside.is_dir() else _HERE.parent / "ontology"


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of `ontology/lexicon/NAME`, in the order of the file.

    The first line that is no comment (`#`) names the columns. Every row must have as many fields.
    Raises LexiconError on a row that does not.
    """
    return read(ontology() / "lexicon" / name)


def read(path: Path) -> tuple[Row, ...]:
    """Return the rows of any such file, for words of a user's own."""
    found: list[Row] = []
    head: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if head is None:
            head = fields
            continue
        if len(fields) != len(head):
            raise LexiconError(f"{path.name}:{number}: {len(fields)} fields, {len(head)} wanted ({', '.join(head)}): {line!r}")
        found.append(Row(f"{path.name}:{number}", dict(zip(head, fields, strict=True))))
    return tuple(found)


def alternatives(words: Iterable[str]) -> str:
    """Return a regular expression of any of the words, the longest first, by first letters: where none can begin, a look at one tells at once."""
    rests: dict[str, list[str]] = defaultdict(list)
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        rests[re.escape(word[0])].append(re.escape(word[1:]))
    if not rests:
        return ""
    words_by_letter = "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in sorted(rests.items()))
    return f"(?=[{''.join(sorted(rests))}])(?:{words_by_letter})"
