"""Corpora with names, read into one form: text, spans of the four types, and the corpus it is from."""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

KNP_TYPES = {"ORGANIZATION": "Organization", "PERSON": "Person", "LOCATION": "Place", "ARTIFACT": "Product"}
_KEPT_WIDE = set("　（）！？：；～")


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence with its names: (begin, end, type)."""

    text: str
    names: tuple[tuple[int, int, str], ...]
    corpus: str


def read_jsonl(path: Path, corpus: str) -> list[Sample]:
    """Read one {"text", "entities"} a line."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [Sample(row["text"], tuple((b, e, k) for b, e, k in sorted(row["entities"])), corpus) for row in rows]


def read_knp(repository: Path, corpus: str) -> list[Sample]:
    """Read the sentences of every knp/*.knp of a bare repository's HEAD, in half width as the other corpora are."""
    command = ["git", f"--git-dir={repository}", "archive", "HEAD", "knp"]
    archive = subprocess.run(command, capture_output=True, check=True).stdout
    found: list[Sample] = []
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        for member in sorted(files, key=lambda m: m.name):
            if member.name.endswith(".knp") and (handle := files.extractfile(member)):
                found += knp_sentences(handle.read().decode(), corpus)
    return found


def knp_sentences(document: str, corpus: str) -> Iterator[Sample]:
    """Yield the sentences of one KNP document. A name stands at the phrase (+) in which it ends."""
    text, phrases = "", list[tuple[int, list[tuple[str, str]]]]()
    for line in document.split("\n"):
        if line.startswith("+ "):
            phrases.append((len(text), re.findall(r"<NE:([A-Z]+):([^>]*)>", line)))
        elif line == "EOS":
            if text:
                yield Sample(half_width(text), tuple(sorted(_knp_names(text, phrases))), corpus)
            text, phrases = "", []
        elif line and not line.startswith(("#", "* ")):
            text += line.split(" ")[0]


def _knp_names(text: str, phrases: list[tuple[int, list[tuple[str, str]]]]) -> Iterator[tuple[int, int, str]]:
    ends = [begin for begin, _ in phrases[1:]] + [len(text)]
    for (begin, names), end in zip(phrases, ends, strict=True):
        for kind, name in names:
            at = text.rfind(name, 0, end)
            if kind in KNP_TYPES and at >= 0 and at + len(name) > begin:
                yield at, at + len(name), KNP_TYPES[kind]


def half_width(text: str) -> str:
    """Return the text in half width, character for character, but for the marks that the other corpora write wide."""
    return "".join(_half(character) for character in text)


def _half(character: str) -> str:
    narrow = unicodedata.normalize("NFKC", character)
    keep = len(narrow) != 1 or character in _KEPT_WIDE or "｡" <= character <= "ﾟ"
    return character if keep else narrow
