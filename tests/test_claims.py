"""The passages of tests/claims, read by the whole program, do not get worse; the held half keeps up with the tuned one."""

from __future__ import annotations

from collections import Counter

import pytest
from score_claims import FIELDS, HALVES, Table, replaced, score, section, total

FLOOR = 0.5  # of every field, on both halves: a field below it is broken
APART = 0.15  # how far a field of the held half may stay behind


@pytest.fixture(scope="module")
def tables() -> dict[str, Table]:
    return {half: score(half) for half in HALVES}


@pytest.mark.model
@pytest.mark.slow
def test_held_keeps_up(tables: dict[str, Table]) -> None:
    shares = {half: {field: total(table)[field] / total(table)["rows"] for field in FIELDS} for half, table in tables.items()}
    assert all(share >= FLOOR for half in HALVES for share in shares[half].values()), shares
    assert all(shares["tuned"][field] - shares["held"][field] <= APART for field in FIELDS), shares


@pytest.mark.model
@pytest.mark.slow
def test_section_holds_every_group(tables: dict[str, Table]) -> None:
    page = section(tables)
    assert all(f"| {group} | " in page for group in tables["held"])


def test_page_keeps_its_other_sections() -> None:
    page = "# Evaluation\n\n## Claims\n\nold\n\n## Names\n\nkept\n"
    assert replaced(page, "## Claims\n\nnew\n") == "# Evaluation\n\n## Claims\n\nnew\n\n## Names\n\nkept\n"
    assert replaced("# Evaluation\n", "## Claims\n\nnew\n") == "# Evaluation\n\n## Claims\n\nnew\n"
    assert total({"a": Counter(rows=1), "b": Counter(rows=2)})["rows"] == 3
