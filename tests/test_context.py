"""Every row about modality and negation fires on its example, for the predicate in ［］, and not on its false friend."""

from __future__ import annotations

import pytest
from examples import ids, marked, root, unmarked

from kg.claim import certainty
from kg.context import chain, links, stance
from kg.lexicon import Row, rows

pytestmark = pytest.mark.model

FRIENDS = tuple(r for name in ("modality.tsv", "negation.tsv") for r in rows(name) if r.fields.get("not", "-") != "-")


@pytest.mark.parametrize("row", rows("modality.tsv"), ids=ids(rows("modality.tsv")))
def test_modality(row: Row) -> None:
    """The row gives its modality and is the cue."""
    sentence, token = marked(row["example"])
    found = stance(sentence, token.i)
    assert found.modality == row["modality"] and row.rule in [c.rule for c in found.cues], (chain(sentence, token.i).text, found)


@pytest.mark.parametrize("row", rows("negation.tsv"), ids=ids(rows("negation.tsv")))
def test_negation(row: Row) -> None:
    """A row that negates is the cue; one that does not takes the words away from those that would."""
    sentence, token = marked(row["example"])
    found = stance(sentence, token.i)
    assert found.negated == (row["effect"] == "negated"), (chain(sentence, token.i).text, found)
    if found.negated:
        assert row.rule in [c.rule for c in found.cues]


@pytest.mark.parametrize("row", FRIENDS, ids=ids(FRIENDS))
def test_false_friend(row: Row) -> None:
    """What only looks like the row's words is left alone."""
    sentence, token = marked(row["not"])
    assert row.rule not in [c.rule for c in stance(sentence, token.i).cues], chain(sentence, token.i).text


@pytest.mark.parametrize("row", rows("conditions.tsv"), ids=ids(rows("conditions.tsv")))
def test_condition(row: Row) -> None:
    """The predicate in ［］ is a condition of what follows, and so is what it is a condition of."""
    sentence, token = marked(row["example"])
    assert stance(sentence, token.i).modality == "Condition"
    assert stance(sentence, root(unmarked(row["example"])[0])[1].i).modality == "Condition"


@pytest.mark.parametrize(
    ("row", "known"),
    [*((r, "modal_nouns") for r in rows("modal_nouns.tsv")), *((r, "stance_verbs") for r in rows("stance_verbs.tsv"))],
    ids=[*ids(rows("modal_nouns.tsv")), *ids(rows("stance_verbs.tsv"))],
)
def test_chain_goes_on(row: Row, known: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The predicate's chain goes on over the word, and ends before it where the row is missing."""
    sentence, token = marked(row["example"])
    word = row["noun"] if known == "modal_nouns" else row["lemma"]
    reached = [sentence.doc[i] for i in chain(sentence, token.i).tokens]
    with_it = chain(sentence, token.i).text
    words = getattr(links, known)()
    monkeypatch.setattr(links, known, lambda: words - {word})
    assert word in with_it or word in [t.lemma_ for t in reached], with_it
    assert len(chain(sentence, token.i).text) < len(with_it), with_it


@pytest.mark.parametrize("row", rows("qualifying.tsv") + rows("opinions.tsv"), ids=ids(rows("qualifying.tsv") + rows("opinions.tsv")))
def test_main_predicate_is_under_what_qualifies(row: Row) -> None:
    """The predicate in ［］ is what the sentence says; its last verb only says how that stands."""
    _, predicate = marked(row["example"])
    sentence, last = root(unmarked(row["example"])[0])
    found = certainty.main_predicate(sentence, last)
    assert last.lemma_ == row["lemma"] and last.i != predicate.i
    assert found.i == predicate.i, found.text
