"""Fit kg/claim/confidence.json on articles annotated by hand, and measure it, each article judged by the others.

    python training/confidence.py FOLDER... [--write docs/evaluation.md]

Each FOLDER holds `*.yaml` and `texts/*.txt` (the form of the annotation stands in docs). A statement is right where speaker, source, modality
and negation are those of the annotated statement that it overlaps most. Logistic regression over the names that `features` yields.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from kg.claim.confidence import SURE, capped, features
from kg.model import Document, Entity, Statement
from kg.parse import parse
from kg.pipeline import known_of

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "kg" / "claim" / "confidence.json"
PENALTY = 2.0  # weights of rules seen three times stay near nothing
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 1.01)
_HEADING = "## Confidence"


@dataclass(frozen=True)
class Example:
    """A statement found: its article, its features, and whether it is right."""

    article: str
    features: tuple[str, ...]
    right: bool


def examples(folders: Sequence[Path]) -> list[Example]:
    """Read every annotated article and compare the statements found with those annotated."""
    found = []
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            text = (folder / "texts" / f"{path.stem}.txt").read_text(encoding="utf-8")
            gold = yaml.safe_load(path.read_text(encoding="utf-8"))
            (article,) = parse([Document(path.stem, text)])
            for statement in known_of(article)[1]:
                found.append(Example(f"{folder.name}/{path.stem}", features(statement), _right(statement, gold, text)))
    return found


def _right(statement: Statement, gold: dict[str, Any], text: str) -> bool:
    names = {e["id"]: {e["name"], *(e.get("aliases") or [])} for e in gold["entities"]}
    best, shared = None, 0.0
    for row in gold.get("claims") or []:
        begin = row["begin"] if "begin" in row else text.find(row["text"])
        end = row["end"] if "end" in row else begin + len(row["text"])
        overlap = (min(end, statement.end) - max(begin, statement.begin)) / (max(end, statement.end) - min(begin, statement.begin))
        if overlap > max(shared, 0.3):
            best, shared = row, overlap
    if best is None:
        return False
    certain = statement.stance.modality == best["modality"] and statement.stance.negated == bool(best["negated"])
    return certain and _same(statement.speaker, best.get("speaker"), names) and _same(statement.source, best.get("according_to"), names)


def _same(entity: Entity | None, wanted: str | None, names: dict[str, set[str]]) -> bool:
    if entity is None or wanted is None:
        return entity is None and wanted is None
    return bool({entity.name, *entity.aliases, *(m.text for m in entity.mentions)} & names.get(wanted, set()))


def fit(seen: Sequence[Example]) -> dict[str, float]:
    """The weights by Newton's method with an L2 penalty; the mean (`always`) is not penalised."""
    columns = {name: n for n, name in enumerate(sorted({f for e in seen for f in e.features}))}
    x = np.zeros((len(seen), len(columns)))
    for row, example in enumerate(seen):
        x[row, [columns[f] for f in example.features]] = 1.0
    y = np.array([e.right for e in seen], dtype=float)
    penalty = np.diag([1e-3 if name == "always" else PENALTY for name in columns])
    w = np.zeros(len(columns))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, x.T @ (y - p) - penalty @ w)
    return {name: float(w[n]) for name, n in columns.items()}


def predicted(weights: dict[str, float], example: Example) -> float:
    """The share of right ones that the weights expect."""
    return float(1 / (1 + np.exp(-sum(weights.get(f, 0.0) for f in example.features))))


def left_out(seen: Sequence[Example]) -> list[tuple[float, bool]]:
    """Each statement's confidence by weights fitted on the other articles, and whether it is right."""
    found = []
    for article in dict.fromkeys(e.article for e in seen):
        weights = fit([e for e in seen if e.article != article])
        found += [(predicted(weights, e), e.right) for e in seen if e.article == article]
    return found


def threshold(pairs: Sequence[tuple[float, bool]]) -> float:
    """The least share from which on, of statements left out, SURE of them are right; beyond 1 where there is none."""
    for least in np.arange(SURE, 1.0, 0.005):
        sure = [right for p, right in pairs if p >= least]
        if sure and sum(sure) >= (SURE + 0.01) * len(sure):
            return float(round(least, 3))
    return 1.01


def table(pairs: Sequence[tuple[float, bool]]) -> str:
    """The section of the page: per range of confidence how many there are and how many are right."""
    lines = [_HEADING, "", *_INTRODUCTION, "", "| confidence | statements | mean | right |", "| --- | --- | --- | --- |"]
    for low, high in pairwise(BINS):
        inside = [(p, right) for p, right in pairs if low <= p < high]
        if inside:
            mean, share = (sum(v) / len(inside) for v in zip(*inside, strict=True))
            lines.append(f"| {low:.2f} to {min(high, 1.0):.2f} | {len(inside)} | {mean:.2f} | {share:.2f} |")
    return "\n".join(lines) + "\n"


_INTRODUCTION = (
    "How often statements have speaker, source, modality and negation all right, by `kg:confidence`, on the articles annotated by hand; each article's",
    "statements are judged by weights fitted on the other articles. A statement that the annotation does not have counts as wrong.",
)


def main() -> None:
    """Fit, write the weights, and write or print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", type=Path, metavar="PAGE")
    arguments = parser.parse_args()
    seen = examples(arguments.folders)
    pairs = left_out(seen)
    sure = threshold(pairs)
    weights = fit(seen) | {"sure": sure}
    TABLE.write_text(json.dumps({k: round(v, 3) for k, v in sorted(weights.items())}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    text = table([(capped(p, sure), right) for p, right in pairs])
    if arguments.write is None:
        print(text, f"\n{len(seen)} statements, {sum(e.right for e in seen)} right; sure from {sure}")
        return
    from tests.score_claims import replaced

    page: Path = arguments.write
    page.write_text(replaced(page.read_text(encoding="utf-8"), text, _HEADING), encoding="utf-8")


if __name__ == "__main__":
    main()
