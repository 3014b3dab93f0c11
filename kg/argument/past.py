"""Whom a predicate without a subject may mean: nouns of the sentences before, as numbers for trees of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.argument.features import SURFACE, Counts, Noun, Rows, Scene, predicate_row
from kg.argument.frame import Frame

_NEAR = 2  # sentences back in which a name or pronoun is meant; topics are remembered
_FAR = 5  # as long as this
_TOPICS = 3  # and as many
_MANY = 6
_WAY_WIDTH = 5


@dataclass(frozen=True, slots=True)
class Past:
    """The names, pronouns and topics that a sentence may take up, the last first, with what the trees see of each."""

    nouns: list[Noun]
    rows: Rows


def past(scenes: list[Scene]) -> Past:
    """Return what the last of some sentences may leave out because one before has named it.

    「川越市は、埼玉県の市。江戸時代から栄えた。中核市である。」 speaks of 川越市 to the end.
    """
    here = {noun.lemma for noun in scenes[-1].nouns}
    first = next((noun for scene in scenes[:-1] for noun in scene.nouns if noun.topical), None)
    found = list(_remembered(scenes[:-1]))
    rows = [
        [*noun.row[:SURFACE], back, min(newer, _MANY), min(topics, _MANY), noun is first and not topics, noun.lemma in here]
        for noun, back, newer, topics in found
    ]
    return Past([noun for noun, *_ in found], np.array(rows, np.float32).reshape(len(rows), SURFACE + _WAY_WIDTH))


def _remembered(scenes: list[Scene]) -> Iterator[tuple[Noun, int, int, int]]:
    """Each noun that may be meant, with how far back it is, the subjects and topics that are newer, and the topics.

    What has no predicate (a reading in brackets, which the corpus gives as a sentence) makes nothing farther.
    """
    back, newer, topics = 1, 0, 0
    seen: set[str] = set()
    for scene in reversed(scenes):
        for noun in reversed(scene.nouns):
            if noun.lasts and (back <= _NEAR or (noun.topical and topics < _TOPICS and noun.lemma not in seen)):
                yield noun, back, newer, topics
            newer += noun.topical or noun.case == "ga"
            topics += noun.topical
            seen.add(noun.lemma)
        back += scene.acts[-1] > 0
        if back > _FAR:
            return


def past_rows(frame: Frame, here: Scene, known: Past, counts: Counts) -> Rows:
    """Return what the trees see of a predicate and of each noun that it may mean, a row a noun."""
    token = frame.found.token
    before = [here.topics[token], here.topics[-1], here.acts[token]]
    mine = [*predicate_row(frame, here, counts), *(min(n, _MANY) for n in before)]
    rows = np.empty((len(known.nouns), len(mine) + SURFACE + _WAY_WIDTH), np.float32)
    rows[:, : len(mine)] = mine
    rows[:, len(mine) :] = known.rows
    return rows
