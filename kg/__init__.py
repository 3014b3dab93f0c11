"""kg: who says what about whom, and how firmly, read from Japanese articles.

>>> import kg
>>> graph = kg.build("seeds/")  # an rdflib.Graph in the words of ontology/kg.ttl
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Graph

__version__ = "0.1.0"
__all__ = ["__version__", "build"]


def build(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    encoding: str = "utf-8",
    names: str | os.PathLike[str] | None = None,
    lexicon: bool = True,
    base: str | None = None,
    with_text: bool = True,
) -> Graph:
    """Return the knowledge graph of the articles under a path or several, as `kg build` writes it to `graph.ttl`.

    A path is a file, a folder (each `.txt` under it) or `-`. `names` is a TSV of names of one's own, `lexicon=False` leaves
    the program's own list of names out, `base` is what the IRIs of the data begin with, `with_text=False` leaves the articles'
    texts out. What cannot be read is left out with a warning that names it. The same input gives the same graph.
    """
    from pathlib import Path

    from kg import corpus, vocab

    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    options = corpus.Options(
        encoding=encoding,
        names=None if names is None else Path(names),
        lexicon=lexicon,
        base=base or vocab.BASE,
        with_text=with_text,
    )
    result = corpus.build(several, options)
    for skipped in result.skipped:
        warnings.warn(str(skipped), stacklevel=2)
    return result.graph
