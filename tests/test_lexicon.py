"""Every row of the lexicon is whole, stands once, and has an example in which its words occur; the rooms' own tests let it fire there."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from kg import lexicon
from kg.model import EntityClass

FILES = sorted((lexicon.ontology() / "lexicon").glob("*.tsv"))
EXAMPLES = ("example", "sentence")
WORDS = ("word", "words", "noun", "affix", "suffix", "title", "cue", "kanji")
_MARKUP = re.compile(r"\{[^{}:\s]+[ :](?:[^{}:\s]+:)?|[{}［］]")
_ids = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def _plain(example: str) -> str:
    """The sentence without what marks its parts: `{o:O:青葉電機}` and `{Organization 青葉電機}` are 青葉電機, `［発売］` is 発売."""
    return _MARKUP.sub("", example)


@_ids
def test_a_file_is_plain_utf8_with_a_head(path: Path) -> None:
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    head = next(line for line in text.split("\n") if line and not line.startswith("#")).split("\t")

    assert not raw.startswith(b"\xef\xbb\xbf")
    assert "\r" not in text
    assert text.endswith("\n")
    assert len(set(head)) == len(head)
    assert lexicon.read(path)


@_ids
def test_no_row_stands_twice(path: Path) -> None:
    seen: dict[tuple[str, ...], str] = {}
    twice = []
    for row in lexicon.read(path):
        key = tuple(value for name, value in row.fields.items() if name not in EXAMPLES)
        if key in seen:
            twice.append(f"{row.rule} is {seen[key]}")
        seen.setdefault(key, row.rule)

    assert twice == []


@_ids
def test_every_row_has_an_example_with_its_words_in_it(path: Path) -> None:
    if path.name == "names.tsv":
        return
    missing = []
    for row in lexicon.read(path):
        (example,) = (row[name] for name in EXAMPLES if name in row.fields)
        keys = [value for name in WORDS for value in row.fields.get(name, "").split("|") if value]
        if example == "-":  # a predicate that frames.tsv shows at work
            continue
        if not example or (keys and not any(key in _plain(example) for key in keys)):
            missing.append(f"{row.rule}: {keys} {example}")

    assert missing == []


def test_names_are_of_a_class_and_stand_once() -> None:
    rows = lexicon.rows("names.tsv")
    names = [unicodedata.normalize("NFKC", row["name"]).casefold() for row in rows]

    assert {row["type"] for row in rows} <= set(EntityClass)
    assert len(rows) >= 1_500
    assert [name for name in set(names) if names.count(name) > 1] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [("lemma\texample\n述べる\n", r"^x\.tsv:2: 1 fields, 2 wanted"), ("# one\n\na\tb\tc\nx\ty\n", r"^x\.tsv:4: 2 fields, 3 wanted \(a, b, c\)")],
)
def test_a_row_that_is_not_whole_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.tsv").write_text(text, encoding="utf-8")

    with pytest.raises(lexicon.LexiconError, match=message):
        lexicon.read(tmp_path / "x.tsv")
