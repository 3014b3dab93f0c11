"""Articles from parses that the real model once gave, so that tests need no model.

`python -m tests.arguments.recorded` writes the parses of all sentences of `tests/arguments/*.tsv` anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.lexicon import Row, read, rows
from kg.model import Document
from kg.parse import Article, Sentence
from kg.segment import segment

HERE = Path(__file__).resolve().parent
PARSES = HERE.parent / "parses" / "arguments.jsonl"
_VOCAB = Vocab()
Token = tuple[str, str, str, str, str, int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row: what a predicate of a sentence is to have."""

    row: Row

    @property
    def cases(self) -> dict[str, list[str]]:
        """Return the wanted fillers by case; an empty list wants none."""
        pairs = [p.split("=") for p in self.row["arguments"].split()]
        return {case: [] if fillers == "-" else fillers.split("+") for case, fillers in pairs}


def wanted(name: str) -> list[Wanted]:
    """Return the rows of `tests/arguments/NAME`."""
    return [Wanted(row) for row in read(HERE / name)]


def article(text: str, parses: dict[str, list[Token]]) -> Article:
    """Return a text as `kg.parse` would, from recorded parses. Raises KeyError with the words whose parse is not recorded."""
    document = Document("test", text)
    cut = segment(text)
    sentences = tuple(
        Sentence(s.index, _doc(s.text, parses[s.text]), s.offsets, s.begin, s.end, s.kind, s.line, s.quote, s.quotes) for s in cut.segments
    )
    return Article(document, sentences, cut.quotes)


def recorded() -> dict[str, list[Token]]:
    """Return the recorded parses by the words that were parsed."""
    lines = PARSES.read_text(encoding="utf-8").splitlines()
    return {text: [tuple(t) for t in tokens] for text, tokens in map(json.loads, lines)}


def _doc(text: str, tokens: list[Token]) -> Doc:
    words, lemmas, tags, pos, deps, heads, starts = zip(*tokens, strict=True)
    ends = [*starts[1:], len(text)]
    spaces = [start + len(word) < end for word, start, end in zip(words, starts, ends, strict=True)]
    return Doc(_VOCAB, words=words, spaces=spaces, tags=tags, pos=pos, lemmas=lemmas, deps=deps, heads=heads)


def main() -> None:
    """Write the parses of every sentence of the tables, and of the examples of the light verbs."""
    from kg.parse import parse

    texts = sorted({w.row["sentence"] for path in HERE.glob("*.tsv") for w in wanted(path.name)} | {row["example"] for row in rows("lightverbs.tsv")})
    lines = {}
    for made in parse(Document("test", text) for text in texts):
        for s in made.sentences:
            lines[s.doc.text] = [(t.text, t.lemma_, t.tag_, t.pos_, t.dep_, t.head.i, t.idx) for t in s.doc]
    PARSES.parent.mkdir(exist_ok=True)
    PARSES.write_text("".join(json.dumps([k, v], ensure_ascii=False) + "\n" for k, v in sorted(lines.items())), encoding="utf-8")


if __name__ == "__main__":
    main()
