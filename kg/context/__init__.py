"""How firmly a predicate stands, read off what follows it."""

from kg.context.firmness import stance
from kg.context.links import chain, modal_nouns

__all__ = ["chain", "modal_nouns", "stance"]
