"""The figures themselves, and how they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

FIGURES = ("entity", "named", "name", "relation", "relation+", "attribution", "quote span", "certainty", "source", "all")
_MEAN = ("entity", "relation", "relation+", "attribution", "certainty")


@dataclass(slots=True)
class Count:
    """Hits among what was predicted and what is gold."""

    hit: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, hit: int, predicted: int, gold: int) -> None:
        """Count more hits, predictions and gold, of one article or one class."""
        self.hit += hit
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        """Hits by what was predicted, 0 where nothing was."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Hits by what is gold, 0 where nothing is."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 where both are."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def row(self) -> dict[str, float | int]:
        """Return the count as the figures are printed: P, R and F1 with three decimals."""
        rates = {"P": round(self.precision, 3), "R": round(self.recall, 3), "F1": round(self.f1, 3)}
        return {**rates, "hit": self.hit, "predicted": self.predicted, "gold": self.gold}


@dataclass(frozen=True, slots=True)
class Errors:
    """What one article of the gold has and the graph has not, and the other way round."""

    article: str
    entities_missed: tuple[str, ...]
    entities_extra: tuple[str, ...]
    relations_missed: tuple[str, ...]
    relations_extra: tuple[str, ...]
    statements_missed: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield the errors, a line each, below the article's name."""
        yield f"== {self.article}"
        for name in ("entities_missed", "entities_extra", "relations_missed", "relations_extra", "statements_missed"):
            for error in getattr(self, name):
                yield f"  {name.replace('_', ' ')}: {' '.join(error.split())}"


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a graph. `figure("entity")` is the number that each is about, with three decimals."""

    counts: dict[str, Count]
    certain: int
    sourced: int
    by_type: dict[str, Count]
    articles: int
    found: int
    faults: dict[str, int]
    errors: tuple[Errors, ...] = field(default=())

    def figure(self, name: str) -> float:
        """Return a figure: F1, share or mean. Raises ValueError for a name that is none of FIGURES."""
        if name in self.counts:
            return round(self.counts[name].f1, 3)
        if name in ("certainty", "source"):
            return round(self._hits(name) / self._half(), 3)
        if name == "all":
            return round(sum(self.figure(part) for part in _MEAN) / len(_MEAN), 3)
        raise ValueError(f"{name!r}: no such figure; one of these wanted: {', '.join(FIGURES)}")

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for a machine."""
        rows: dict[str, Any] = {name: self.counts[name].row() for name in FIGURES if name in self.counts}
        rows |= {name: {"share": self.figure(name), "hit": self._hits(name)} for name in ("certainty", "source")}
        rows["all"] = {"mean": self.figure("all")}
        rows["by type"] = {kind: count.row() for kind, count in self.by_type.items() if count.gold or count.predicted}
        rows["articles"] = {"gold": self.articles, "found in the graph": self.found}
        return {**rows, "faults of the graph": self.faults}

    def lines(self, *, errors: bool = False) -> Iterator[str]:
        """Yield the figures for a reader, a line each, after the errors where they are asked for."""
        if errors:
            for each in self.errors:
                yield from each.lines()
        rows = self.as_dict()
        for name in (*FIGURES, "articles"):
            yield f"{name:12} {_written(rows[name])}"
        for kind, row in rows["by type"].items():
            yield f"  {kind:14} {_written(row)}"
        for fault, times in self.faults.items():
            yield f"fault of the graph, {times} times: {fault}"

    def _hits(self, name: str) -> int:
        return self.certain if name == "certainty" else self.sourced

    def _half(self) -> float:
        """The characters that certainty and source are a share of: a few safe claims do not make 1.0."""
        attribution = self.counts["attribution"]
        return max(attribution.hit, attribution.gold / 2, 1)


def _written(row: dict[str, float | int]) -> str:
    return "  ".join(f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}" for name, value in row.items())
