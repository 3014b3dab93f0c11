"""The hand-written passages are well formed: their words occur in them, their values are the ontology's, both halves hold every group.

The column `not` of falsefriends.tsv holds what must not come out: a name; `alias=name` and `anaphor=antecedent` for one that is not the
other's; `statement` or `speaker:X`, `source:CLAUSE` (that clause has no source), `negated:CLAUSE`; `subject|predicate|object` of a relation,
with a fourth word where only that reading is wrong (`Fact`, `unnegated`).
"""

import csv
from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest

from kg import lexicon

HERE = Path(__file__).parent
HALVES = ("tuned", "held")
ATTRIBUTIONS = {"DirectQuote", "IndirectSpeech"}
MODALITIES = {"Fact", "Plan", "Consideration", "Possibility", "Condition", "Need"}
CLAIM_COLUMNS = ["group", "passage", "span", "speaker", "source", "attribution", "modality", "negated", "cue"]
COREFERENCE_COLUMNS = ["passage", "anaphor", "occurrence", "antecedent", "kind"]
NAME_ORDER = ("Organization", "Outlet", "Model", "Place", "Person")
FRIEND_COLUMNS = ["kind", "sentence", "not", "reason"]
FRIEND_KINDS = {"entity": 2, "name": 40, "alias": 15, "link": 15, "claim": 60, "relation": 20}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a test table; a line with another number of fields than the header fails here."""
    with path.open(encoding="utf-8", newline="") as lines:
        table = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert all(len(row) == len(table[0]) and all(row) for row in table), f"{path.name}: a row with missing or surplus fields"
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


@pytest.mark.parametrize("half", HALVES)
def test_claims_quote_their_passage(half: str) -> None:
    table = rows(HERE / "claims" / f"{half}.tsv")
    assert list(table[0]) == CLAIM_COLUMNS
    for row in table:
        if row["span"] == "-":
            assert {row[column] for column in CLAIM_COLUMNS[3:]} == {"-"}, row
            continue
        words = [row["span"]] + [cue for cue in row["cue"].split("|") if cue != "-"]
        assert all(word in row["passage"] for word in words), row
        assert row["attribution"] in ATTRIBUTIONS and row["modality"] in MODALITIES and row["negated"] in {"true", "false"}, row


@pytest.mark.parametrize("half", HALVES)
def test_coreference_points_into_its_passage(half: str) -> None:
    table = rows(HERE / "coreference" / f"{half}.tsv")
    assert list(table[0]) == COREFERENCE_COLUMNS
    for row in table:
        assert row["passage"].count(row["anaphor"]) >= int(row["occurrence"]) >= 1, row
        assert all(name == "-" or name in row["passage"] for name in row["antecedent"].split("|")), row


@pytest.mark.parametrize(("folder", "column", "groups", "passages"), [("claims", "group", 44, 320), ("coreference", "kind", 15, 210)])
def test_both_halves_hold_every_group(folder: str, column: str, groups: int, passages: int) -> None:
    tuned, held = (rows(HERE / folder / f"{half}.tsv") for half in HALVES)
    assert {row[column] for row in tuned} == {row[column] for row in held}
    assert len({row[column] for row in tuned}) >= groups
    apart = [{row["passage"] for row in half} for half in (tuned, held)]
    assert not apart[0] & apart[1]
    assert sum(map(len, apart)) >= passages


def test_false_friends_name_what_must_not_come_out() -> None:
    table = rows(HERE / "falsefriends.tsv")
    assert list(table[0]) == FRIEND_COLUMNS
    assert len({row["sentence"] for row in table}) == len(table)
    counts = Counter(row["kind"] for row in table)
    assert set(counts) == set(FRIEND_KINDS) and all(counts[kind] >= least for kind, least in FRIEND_KINDS.items())
    for row in table:
        assert all(word in row["sentence"] for word in words_of(row["kind"], row["not"])), row


def words_of(kind: str, wrong: str) -> list[str]:
    """The words of a `not` field that stand in its sentence."""
    if kind == "relation":
        subject, _, object_ = wrong.split("|")[:3]
        return [subject, object_]
    if kind == "claim":
        return wrong.split(":")[1:]
    return wrong.split("=")


def test_the_names_of_the_lexicon_are_told_apart() -> None:
    table = lexicon.rows("names.tsv")
    assert len(table) >= 1500
    assert {row["type"] for row in table} == {"Organization", "Outlet", "Model", "Place", "Person"}
    assert [row["name"] for row in table] == [row["name"] for row in sorted(table, key=lambda row: (NAME_ORDER.index(row["type"]), row["name"]))]
    owner: dict[str, str] = {}
    for row in table:
        for name in [row["name"], *(alias for alias in row["aliases"].split("|") if alias != "-")]:
            assert name.strip() == name and owner.setdefault(normalize("NFKC", name).casefold(), row["name"]) == row["name"], (row.rule, name)
