"""Train the ranker of voices: training/voices.py OUT.npz [--folds N]. With folds, how often it is right on articles left out is printed.

Needs LightGBM. It learns from statements/, where the rules' own voice is one of the candidates.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import trees
from numpy.typing import NDArray
from said import Told, told

from kg.forest import Forest, write_forest
from kg.learned.voice import MARGIN, NOBODY, Choice, choices

Case = tuple[int, Choice, NDArray[np.bool_]]  # article, candidates, which are right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    cases = [case for number, each in enumerate(told()) for case in _cases(number, each)]
    for fold in range(args.folds):
        learned = fit([c for c in cases if c[0] % args.folds != fold])
        print(f"fold {fold}: {measure(learned, [c for c in cases if c[0] % args.folds == fold])}")
    write_forest(args.out, fit(cases))


def _cases(number: int, each: Told) -> list[Case]:
    found = []
    for choice, meant in zip(choices(each.article, each.entities, each.statements), each.meant, strict=True):
        if meant is not None:
            letter = meant.speaker if meant.speaker != "-" else meant.source
            right = [each.is_meant(each.entities[n] if n != NOBODY else None, letter) for n in choice.candidates]
            found.append((number, choice, np.array(right)))
    return found


def fit(cases: Sequence[Case]) -> Forest:
    """Return trees that tell the right candidates."""
    return trees.fit(
        [choice.rows for _, choice, _ in cases],
        [right for *_, right in cases],
        n_estimators=200,
        learning_rate=0.06,
        num_leaves=12,
        colsample_bytree=0.5,
        reg_lambda=3,
    )


def measure(forest: Forest, cases: Sequence[Case]) -> str:
    """Return the shares of statements with the right voice: as the rules have it, as ranked, and where a right one is among the candidates."""
    counts: Counter[str] = Counter()
    for _, choice, right in cases:
        probability = forest.scores(choice.rows)
        ruled, best = choice.candidates.index(choice.taken), int(probability.argmax())
        chosen = best if probability[best] >= probability[ruled] + MARGIN else ruled
        counts.update(ruled=int(right[ruled]), ranked=int(right[chosen]), among=int(right.any()))
    return ", ".join(f"{name} {count / len(cases):.3f}" for name, count in counts.items()) + f" of {len(cases)}"


if __name__ == "__main__":
    main()
