"""Names that the lexicon or the user knows: looked up by spelling, whatever its width, case and spaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.lexicon import Row, read, rows
from kg.mention.page import Origin, Page, Span, key, stands_alone
from kg.model import EntityClass

_UNITS = 9  # units that a known name has at most
_NEVER_FIRST = ("助詞", "助動詞", "補助記号-句", "補助記号-読", "補助記号-括", "空白")
_WEIGHT = 3.0  # what the lexicon's class weighs beside the tagger (1 an occurrence) and the contexts


@dataclass(frozen=True, slots=True)
class Known:
    """Classes by key, and the first two characters of every key, to look up only where a name can begin."""

    classes: dict[str, tuple[EntityClass, str]]
    heads: frozenset[str]

    def found(self, page: Page) -> Iterator[Span]:
        """Yield the longest known name at each place of the article."""
        done = 0
        for i, begin in enumerate(page.begins):
            if begin < done or page.units[i].tag.startswith(_NEVER_FIRST):
                continue
            if key(page.text[begin : begin + 3])[:2] not in self.heads:
                continue
            for end in reversed(page.ends[i : i + _UNITS]):
                if page.text[end - 1].isspace() or "\n" in page.text[begin:end]:  # a key has no spaces: the line's end would be a name's
                    continue
                hit = self.classes.get(key(page.text[begin:end]))
                if hit and stands_alone(page, begin, end):
                    yield Span(begin, end, Origin.LEXICON, hit[1], {hit[0]: _WEIGHT})
                    done = end
                    break


@cache
def known(path: Path | None, lexicon: bool) -> Known:
    """Return the names of the program's lexicon, of a user's file (which win), of both or of neither."""
    classes: dict[str, tuple[EntityClass, str]] = {}
    for row in (*(rows("names.tsv") if lexicon else ()), *(read(path) if path else ())):
        for name in _spellings(row):
            if len(key(name)) > 1:
                classes[key(name)] = (EntityClass(row["type"]), row.rule)
    return Known(classes, frozenset(name[:2] for name in classes))


def _spellings(row: Row) -> list[str]:
    """A row's name and aliases; its English form only where the name itself is Latin or it is a whole word of Latin."""
    aliases = [alias for alias in row["aliases"].split("|") if alias not in ("", "-")]
    return [row["name"], *aliases, *([row["english"]] if row["english"] not in ("", "-") else [])]
