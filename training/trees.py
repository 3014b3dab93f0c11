"""Boosted trees that tell right candidates from others, as the program reads them."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from kg.forest import Forest

_SETTINGS: dict[str, Any] = {
    "min_child_samples": 15,
    "subsample": 0.8,
    "subsample_freq": 1,
    "n_jobs": 1,
    "random_state": 0,
    "deterministic": True,
    "verbose": -1,
}


def fit(rows: list[NDArray[np.float32]], right: list[NDArray[np.bool_]], **settings: float) -> Forest:
    """Return trees over the rows of all candidates; what is right of each case stands in the same order. `settings` are LightGBM's."""
    model: Any = lightgbm.LGBMClassifier(**_SETTINGS, **settings)
    model.fit(np.concatenate(rows), np.concatenate(right))
    return Forest.of(model.booster_)
