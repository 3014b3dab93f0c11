"""Every row of the claims' lexicon takes effect on its own example."""

from __future__ import annotations

import pytest
from examples import agents, article, ids, root, said, words

from kg.claim import certainty, speaker, statements
from kg.claim.patterns import patterns
from kg.lexicon import Row, rows
from kg.model import Attribution, Modality

pytestmark = pytest.mark.model

CITED = tuple(r for name in ("reporting.tsv", "report_nouns.tsv", "hearsay.tsv", "via.tsv", "found.tsv") for r in rows(name))


@pytest.mark.parametrize("row", CITED, ids=ids(CITED))
def test_row_hands_over_words(row: Row) -> None:
    """The row is the cue of a statement of its example."""
    found = said(row["example"])
    assert row.rule in [c.rule for s in found for c in s.cues], [(s.rule, s.cues) for s in found]


@pytest.mark.parametrize("row", rows("disclosed.tsv"), ids=ids(rows("disclosed.tsv")))
def test_noun_discloses(row: Row) -> None:
    """The clause before a disclosed noun is a statement with the noun's modality."""
    (found,) = said(row["example"])
    assert found.rule.startswith("koto-") and row["noun"] not in words(row["example"])[0]
    assert found.stance.modality == row["modality"] or (row["modality"] == "Fact" and found.stance.modality == "Plan")


@pytest.mark.parametrize("row", rows("statenouns.tsv"), ids=ids(rows("statenouns.tsv")))
def test_noun_ends_a_clause(row: Row) -> None:
    """A clause without a verb that the noun ends is a statement."""
    (found,) = words(row["example"])
    assert found.endswith(row["noun"])


@pytest.mark.parametrize("row", rows("requests.tsv"), ids=ids(rows("requests.tsv")))
def test_request_is_a_need(row: Row) -> None:
    """What is asked for with よう is a Need."""
    (found,) = said(row["example"])
    assert found.rule.startswith("you-") and found.stance.modality == "Need" and words(row["example"])[0].endswith("工事を中止する")


@pytest.mark.parametrize("row", rows("denials.tsv"), ids=ids(rows("denials.tsv")))
def test_denial_negates(row: Row) -> None:
    """A denied report is negated."""
    (found,) = said(row["example"])
    assert found.stance.negated and "denials.tsv" in [c.rule for c in found.stance.cues]


@pytest.mark.parametrize("row", rows("relays.tsv"), ids=ids(rows("relays.tsv")))
def test_relay_is_a_source(row: Row) -> None:
    """The agent between speaker and words passes them on, and the words begin behind it."""
    (found,) = said(row["example"])
    pattern = next(p for r, p in patterns("relays.tsv") if r is row)
    assert found.speaker is not None and found.source is not None
    assert any(m.end() in (found.begin, found.begin - 1) for m in pattern.finditer(row["example"]))


@pytest.mark.parametrize("row", rows("adjuncts.tsv"), ids=ids(rows("adjuncts.tsv")))
def test_adjunct_is_outside_the_words(row: Row) -> None:
    """Time, place and occasion between the speaker and a clause are no part of it."""
    (found,) = said(row["example"])
    pattern = next(p for r, p in patterns("adjuncts.tsv") if r is row)
    assert found.attribution is Attribution.INDIRECT_SPEECH
    assert any(m.end() == found.begin for i in range(found.begin) if (m := pattern.match(row["example"], i))), words(row["example"])


@pytest.mark.parametrize("row", rows("groups.tsv"), ids=ids(rows("groups.tsv")))
def test_group_speaks_for_its_organization(row: Row) -> None:
    """三橋電機の幹部ら speak as 三橋電機."""
    parsed = article(row["example"])
    (found,) = statements(parsed, tuple(e for e in agents(row["example"]) if e.name == "三橋電機"))
    assert found.speaker is not None and row["noun"] in row["example"]


@pytest.mark.parametrize("row", rows("announcing.tsv"), ids=ids(rows("announcing.tsv")))
def test_quotation_below_is_announced(row: Row) -> None:
    """The quotation of the next line has the announcing sentence's voice."""
    (found,) = said(row["example"])
    assert found.rule == ("quote-voices" if row["name"] == "voices" else "quote-announced")


@pytest.mark.parametrize("row", rows("tails.tsv"), ids=ids(rows("tails.tsv")))
def test_tail_decides(row: Row) -> None:
    """The words at the clause's end give its modality, as a clause and as a quotation."""
    clause = row["example"].rstrip("。")
    for text in (f"三橋電機の森社長は、{clause}と述べた。", f"三橋電機の森社長は「{clause}」と述べた。"):
        (found,) = said(text)
        assert found.stance.modality is Modality(row["modality"])
        assert row.rule in {cue.rule for cue in found.stance.cues}


@pytest.mark.parametrize("row", rows("affirmed.tsv"), ids=ids(rows("affirmed.tsv")))
def test_an_end_with_nai_that_denies_nothing(row: Row) -> None:
    """The words at the clause's end leave it unnegated, and give its modality."""
    (found,) = said(row["example"])
    assert found.stance.modality is Modality(row["modality"]) and not found.stance.negated
    assert row.rule in {cue.rule for cue in found.stance.cues}


@pytest.mark.parametrize("row", rows("authors.tsv"), ids=ids(rows("authors.tsv")))
def test_author_makes_no_statement(row: Row) -> None:
    """What the author thinks is no statement; the same words of somebody else are one."""
    assert len(said(row["example"])) == 1
    assert len(said(row["example"].replace(row["noun"], "社長", 1))) == 2


@pytest.mark.parametrize("row", rows("circles.tsv"), ids=ids(rows("circles.tsv")))
def test_circle_is_none_of_the_words_that_go_round_in_it(row: Row) -> None:
    """A view begins behind the circle, and names nobody."""
    (found,) = said(row["example"])
    assert found.begin == row["example"].index("計画") and found.speaker is None and found.source is None


@pytest.mark.parametrize("row", rows("circulating.tsv"), ids=ids(rows("circulating.tsv")))
def test_circulating_view_is_nobodys(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """A view that goes round is not taken for the topic's."""
    last = said(row["example"])[-1]
    others = speaker.circulating() - {row["lemma"]}
    monkeypatch.setattr(speaker, "circulating", lambda: others)
    other = said.__wrapped__(row["example"])[-1]
    assert last.rule == "noun-nobody" and other.rule == "noun-topic"


@pytest.mark.parametrize("row", rows("states.tsv"), ids=ids(rows("states.tsv")))
def test_state_is_no_act_to_come(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row alone keeps its predicate from being an act to come."""
    _, predicate = root(row["example"])
    assert predicate.lemma_ == row["lemma"] and not certainty.is_future_act(predicate)
    others = certainty.states() - {row["lemma"]}
    monkeypatch.setattr(certainty, "states", lambda: others)
    assert certainty.is_future_act(predicate)


@pytest.mark.parametrize("row", rows("intransitive.tsv"), ids=ids(rows("intransitive.tsv")))
def test_intransitive_topic_is_no_speaker(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """The topic of a verb without object is what changes, not somebody who plans."""
    _, predicate = root(row["example"])
    assert predicate.lemma_ == row["lemma"] and certainty._others_act(predicate)
    others = certainty.intransitive() - {row["lemma"]}
    monkeypatch.setattr(certainty, "intransitive", lambda: others)
    assert not certainty._others_act(predicate)


@pytest.mark.parametrize("row", rows("unwilled.tsv"), ids=ids(rows("unwilled.tsv")))
def test_what_does_not_happen_is_no_plan(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row alone keeps the negated present from being what the speaker has decided."""
    text = f"三橋電機は、{row['example'].rstrip('。')}と発表した。"
    (found,) = said(text)
    assert found.stance.modality == "Fact" and found.stance.negated
    monkeypatch.setattr(certainty, "unwilled", lambda: frozenset())
    (other,) = said.__wrapped__(text)
    assert other.stance.modality == "Plan"


@pytest.mark.parametrize("row", rows("orders.tsv"), ids=ids(rows("orders.tsv")))
def test_stem_with_object_is_an_order(row: Row) -> None:
    """As a quotation and as a clause."""
    for text in (f"店主は「{row['example']}」と述べた。", f"店主は{row['example']}と述べた。"):
        (found,) = said(text)
        assert found.stance.modality == "Need" and "imperative" in [c.rule for c in found.stance.cues]


JUDGING, PAPERS, WRITTEN, PRESSING = (rows(f"{name}.tsv") for name in ("judging", "papers", "written", "pressing"))


@pytest.mark.parametrize("row", JUDGING, ids=ids(JUDGING))
def test_a_medium_that_judges_is_the_source(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the row the medium would speak for itself."""
    found = said(row["example"])
    assert [(s.speaker, s.source and s.source.name) for s in found] == [(None, "毎朝新聞")]
    monkeypatch.setattr(speaker, "judging", lambda: frozenset())
    assert statements(article(row["example"]), agents(row["example"]))[0].speaker is not None


@pytest.mark.parametrize("row", [*PAPERS, *WRITTEN], ids=ids([*PAPERS, *WRITTEN]))
def test_a_paper_speaks_or_holds_words(row: Row) -> None:
    """What a paper says stands on nobody's word where no medium cited it."""
    assert [(s.rule, s.speaker, s.source) for s in said(row["example"])] == [
        ("to-paper" if "は、" in row["example"] else "quote-document", None, None)
    ]


@pytest.mark.parametrize("row", PRESSING, ids=ids(PRESSING))
def test_who_presses_spoke_before(row: Row) -> None:
    """The words that somebody hears are those of the one who spoke before him."""
    found = said("市議は「疑わしい」と述べた。社長は「順調だ」と述べた。" + row["example"])
    assert [s.rule for s in found][-1] == "quote-asker"
