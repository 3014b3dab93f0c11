"""How sure a statement is: how often statements like it had speaker, source, modality and negation right on annotated articles.

`training/confidence.py` fits the weights and measures the reliability, each article judged by the others.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

from kg.model import Statement

_TABLE = Path(__file__).with_name("confidence.json")
SURE = 0.9


def confidence(statement: Statement) -> float:
    """Return the share of right ones to be expected among statements whose voice was found in the same way; two decimals."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) for name in features(statement))
    return capped(1 / (1 + math.exp(-score)), weights["sure"])


def capped(share: float, sure: float) -> float:
    """Return an expected share to two decimals, below SURE unless it reaches `sure`, from where on the measure bears SURE out."""
    return round(share if share < SURE or share >= sure else SURE - 0.01, 2)


def features(statement: Statement) -> tuple[str, ...]:
    """Return the names of what is looked at: how the rule came to the voice (topic, via, carried, nobody).

    Form, length, modality, negation and the agents' classes were tried beside it, and each made the statements left out less well foreseen.
    """
    form, _, voice = statement.rule.partition("-")
    return "always", f"voice:{voice or form}"


@cache
def _weights() -> dict[str, float]:
    """The weight of each feature in log odds, and under `sure` the share from which on a statement may be called sure."""
    table: dict[str, float] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return table
