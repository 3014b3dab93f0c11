"""Who says what in articles/, as annotated in statements/, beside what the program's rules take for statements.

A row of statements/NAME.tsv is a statement of a line of articles/NAME.tsv: the line's number, the words, speaker and source (the letter of a mark,
`=` with words of the text for one that is not marked, `-` for nobody), kind, modality, and whether it is negated; `-` alone where nobody says anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from passages import ARTICLES, Passage, parsed, passage

from kg import learned
from kg.claim import statements
from kg.entity import entities
from kg.mention import mentions
from kg.model import Entity, Modality, Statement
from kg.parse import Article, load

STATEMENTS = Path(__file__).with_name("statements")
_SAME = 0.5  # share of a statement's words that must be the annotated one's


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as annotated: where it stands, who says it and on whose word, by letter, and how firmly."""

    begin: int
    end: int
    speaker: str
    source: str
    modality: Modality
    negated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """An article with its entities, what the rules take for its statements, and for each of these the annotated one, None for none."""

    article: Article
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    meant: tuple[Said | None, ...]
    letters: tuple[str | None, ...]  # of the entities' marks

    def is_meant(self, entity: Entity | None, letter: str) -> bool:
        """Whether an entity, or nobody, is whom an annotation means."""
        if entity is None or letter == "-":
            return entity is None and letter == "-"
        if letter.startswith("="):
            return any(letter[1:] in m.text or m.text in letter[1:] for m in entity.mentions)
        return self.letters[next(n for n, e in enumerate(self.entities) if e is entity)] == letter


def told() -> Iterator[Told]:
    """Yield every annotated article, read by the program."""
    for path in sorted(STATEMENTS.glob("*.tsv")):
        rows = read_rows(path)
        lines = (ARTICLES / path.name).read_text(encoding="utf-8").splitlines()
        passages = [passage(lines[number - 1], f"{path.name}:{number}") for number in rows]
        for number, (text, article) in zip(rows, parsed(passages), strict=True):
            found = entities(article, learned.names(article, mentions(text.text, load())))
            said = statements(article, found)
            gold = placed(text.text, rows[number])
            yield Told(article, found, said, tuple(_meant(s, gold) for s in said), tuple(_letter(e, text) for e in found))


def read_rows(path: Path) -> dict[int, list[list[str]]]:
    """Return the rows of a file by the article's line. Raises ValueError for a row without six columns behind the line's number."""
    rows: dict[int, list[list[str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        number, *cells = line.split("\t")
        if cells == ["-"]:
            rows[int(number)]
        elif len(cells) == 6:
            rows[int(number)].append(cells)
        else:
            raise ValueError(f"{path.name}: {line!r} has {len(cells)} columns behind the line's number, wanted 6")
    return rows


def placed(text: str, rows: list[list[str]]) -> list[Said]:
    """Return an article's statements at their places. Raises ValueError for words that it does not hold."""
    found, at = [], 0
    for words, speaker, source, _, modality, negated in rows:
        begin = text.find(words, at)
        begin = begin if begin >= 0 else text.find(words)
        if begin < 0:
            raise ValueError(f"{words!r} does not stand in {text[:30]!r}")
        at = begin + 1
        found.append(Said(begin, begin + len(words), speaker, source, Modality(modality), negated == "yes"))
    return found


def _meant(statement: Statement, gold: list[Said]) -> Said | None:
    best = max(gold, key=lambda g: min(g.end, statement.end) - max(g.begin, statement.begin), default=None)
    if best is None or min(best.end, statement.end) - max(best.begin, statement.begin) < _SAME * (statement.end - statement.begin):
        return None
    return best


def _letter(entity: Entity, text: Passage) -> str | None:
    votes = Counter(mark.thing for m in entity.mentions for mark in text.marks if m.begin < mark.end and mark.begin < m.end)
    return votes.most_common(1)[0][0] if votes else None
