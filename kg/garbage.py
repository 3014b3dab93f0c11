"""How often Python looks for garbage in cycles, of which a build makes next to none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

RARELY = (100_000, 50, 100)  # Python's own (700, 10, 10) took a sixth of the time of a build


@contextmanager
def seldom_sought() -> Iterator[None]:
    """Look rarely while this lasts, and not at all in what was there before: the modules and the model."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
