"""Train the ranker of anaphors: training/anaphors.py OUT.npz [--folds N]. With folds, how often it is right on texts left out is printed.

Needs LightGBM. It learns from passages/ and articles/, where every 同社 and 彼女 is marked with its thing; the rules' choice is part of what it sees.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import trees
from numpy.typing import NDArray
from passages import ARTICLES, Passage, parsed, read

from kg import learned
from kg.entity import build, entities, resolve
from kg.entity.anaphors import Anaphor
from kg.entity.ranker import LEAST, MARGIN, candidates, rows
from kg.entity.scene import Scene
from kg.entity.thing import Thing
from kg.forest import Forest, write_forest
from kg.mention import mentions
from kg.parse import load


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An anaphor: of which text, what is looked at of each candidate, which are right, and which one the rules take (-1 for none)."""

    text: int
    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    ruled: int


class Recorder:
    """Takes the place of `resolve` while a text's entities are put together: the rules decide, and what they decided on is kept."""

    def __init__(self) -> None:
        """Start with no case and no text."""
        self.cases: list[Case] = []
        self.text = 0
        self.passage: Passage | None = None

    def __call__(self, scene: Scene, anaphor: Anaphor) -> tuple[tuple[Thing, ...], float]:
        """Return the rules' choice."""
        if anaphor.bare or anaphor.number != 1:
            return resolve.resolve(scene, anaphor)
        sentence = scene.by_index[anaphor.sentence]
        meant, sure = resolve.by_rules(scene, sentence, anaphor)
        assert self.passage is not None
        letter = next((m.thing for m in self.passage.marks if m.begin <= anaphor.begin < m.end), None)
        found = candidates(scene, sentence, anaphor, resolve.fitting(scene, sentence, anaphor))
        if letter is not None and found and len(meant) < 2:
            taken = meant[0] if meant else None
            right = np.array([self._letter(c.thing) == letter for c in found])
            ruled = next((n for n, c in enumerate(found) if c.thing is taken), -1)
            self.cases.append(Case(self.text, rows(scene, sentence, anaphor, found, taken), right, ruled))
        return meant, sure

    def _letter(self, thing: Thing) -> str | None:
        assert self.passage is not None
        votes = Counter(mark.thing for m in thing.mentions for mark in self.passage.marks if m.begin < mark.end and mark.begin < m.end)
        return votes.most_common(1)[0][0] if votes else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    cases = collect()
    for fold in range(args.folds):
        learned_from = [c for c in cases if c.text % args.folds != fold]
        print(f"fold {fold}: {measure(fit(learned_from), [c for c in cases if c.text % args.folds == fold])}")
    write_forest(args.out, fit(cases))


def collect() -> list[Case]:
    """Return every anaphor of the texts."""
    recorder = Recorder()
    build.resolve = recorder  # type: ignore[assignment]
    for number, (passage, article) in enumerate(parsed([*read(), *read(ARTICLES)])):
        recorder.text, recorder.passage = number, passage
        entities(article, learned.names(article, mentions(passage.text, load())))
    return recorder.cases


def fit(cases: Sequence[Case]) -> Forest:
    """Return trees that tell the right candidates."""
    return trees.fit(
        [c.rows for c in cases],
        [c.right for c in cases],
        n_estimators=150,
        learning_rate=0.05,
        num_leaves=8,
        colsample_bytree=0.6,
        reg_lambda=5,
    )


def measure(forest: Forest, cases: Sequence[Case]) -> str:
    """Return how many anaphors are linked and how many rightly: by the rules, and with the ranker."""
    counts: Counter[str] = Counter()
    for case in cases:
        probability = forest.scores(case.rows)
        best = int(probability.argmax())
        ruled = float(probability[case.ruled]) if case.ruled >= 0 else LEAST - MARGIN
        taken = best if probability[best] >= ruled + MARGIN else case.ruled
        counts.update(ruled=int(case.ruled >= 0), ruled_right=int(case.ruled >= 0 and case.right[case.ruled]))
        counts.update(ranked=int(taken >= 0), ranked_right=int(taken >= 0 and case.right[taken]), among=int(case.right.any()))
    return ", ".join(f"{name} {count}" for name, count in counts.items()) + f" of {len(cases)}"


if __name__ == "__main__":
    main()
