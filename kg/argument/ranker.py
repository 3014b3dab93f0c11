"""Boosted trees in numpy: the weights that `training/arguments.py` wrote, read without pickle."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.argument.features import CASES, DOWN, UP, Counts
from kg.forest import COLUMNS, Forest

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = Path(__file__).resolve().parent / "arguments.npz"
VERSION = 3
BEFORE = "before"  # the trees for whom an omitted subject means, in the sentences before


def write(path: Path, counts: Counts, forests: Mapping[str, Forest]) -> None:
    """Write weights and tables as one npz; the same ones give the same bytes."""
    columns: dict[str, NDArray[Any]] = {"version": np.array(VERSION)}
    for case, forest in forests.items():
        columns |= {f"{case}.{name}": value for name, value in forest.columns().items()}
    text = json.dumps(asdict(counts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    columns["counts"] = np.frombuffer(text.encode(), np.uint8)
    np.savez_compressed(path, allow_pickle=False, **columns)


@cache
def load(path: Path = WEIGHTS) -> tuple[Counts, dict[str, Forest]]:
    """Return the tables of counts and a forest for each case, and one for omitted subjects."""
    with np.load(path, allow_pickle=False) as columns:
        if int(columns["version"]) != VERSION:
            raise ValueError(f"{path}: weights of version {columns['version']}, {VERSION} wanted; train them anew")
        forests = {case: Forest.stored({name: columns[f"{case}.{name}"] for name in COLUMNS}) for case in (*CASES, BEFORE)}
        tables = json.loads(columns["counts"].tobytes().decode())
    return Counts(**{name: {word: tuple(rates) for word, rates in table.items()} for name, table in tables.items()}), forests


# What a noun must score to fill a case, by where it stands: on the predicate itself, elsewhere in the sentence, before it.
THRESHOLDS = {"direct": (0.35, 0.35, 0.25), "sentence": (0.2, 0.45, 0.3), BEFORE: (0.3, 2.0, 2.0)}


def reaches(rows: NDArray[np.float32]) -> list[str]:
    """Return where each noun of the sentence stands by our own tree: direct (hanging on the predicate, or modified by it), sentence."""
    direct = (rows[:, UP] == 0) & (rows[:, DOWN] == 1) | (rows[:, UP] == 1) & (rows[:, DOWN] == 0)
    return ["direct" if own else "sentence" for own in direct.tolist()]


def choose(scores: NDArray[np.float32], reaches: list[str], thresholds: Mapping[str, tuple[float, ...]] = THRESHOLDS) -> dict[str, tuple[int, float]]:
    """Return for each case that is filled which row fills it, with its score: the surest first, a noun in one case only."""
    least = np.array([thresholds[reach] for reach in reaches], dtype=np.float32).reshape(len(reaches), len(CASES))
    ready = np.argwhere(scores >= least)
    chosen: dict[str, tuple[int, float]] = {}
    taken: set[int] = set()
    for row, case in sorted(ready.tolist(), key=lambda rc: (-float(scores[rc[0], rc[1]]), rc)):
        if CASES[case] not in chosen and row not in taken:
            chosen[CASES[case]] = (row, float(scores[row, case]))
            taken.add(row)
    return chosen
