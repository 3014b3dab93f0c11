"""The steps of spaCy's transition parser, taken from Python: the same parses for half the time.

spaCy's own loop lets go of Python's lock and takes it again for each feature of each state, to ask whether an error was raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc


def parsed(parser: Any, docs: Sequence[Doc]) -> list[Any]:
    """Return what the `predict` of a parser returns that knows all of its moves: the last state of each Doc, for `set_annotations` to write."""
    states: list[Any] = parser.moves.init_batch(docs)
    step = parser.model.predict(docs)
    weights, bias = step.vec2scores.get_param("W").T, step.vec2scores.get_param("b")
    going = states
    while going := [state for state in going if not state.is_final()]:
        hidden = step.state2vec.predict(step.get_token_ids(going))
        parser.transition_states(going, hidden @ weights + bias)
    step.clear_memory()  # its parts hold one another: 7 MB an article would wait to be found
    return states
