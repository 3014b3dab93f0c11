"""Which lines are headlines: what the cutter makes of an article's first line, without the model."""

from __future__ import annotations

import pytest

from kg.segment import Kind, segment

BODY = "\n波江通信は2日、新製品を発表した。"


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("波江通信、新製品を発表", Kind.TITLE),
        ("「クロ」の生みの親、波江へ。古巣の胸の内は？", Kind.TITLE),
        ("波江通信、薄さ7mmの新製品を発表！", Kind.TITLE),
        ("波江通信は2日、新製品を発表した。", Kind.PROSE),
        ("「断る勇気が誰にもなかった」", Kind.PROSE),
    ],
)
def test_a_first_line_that_ends_in_no_full_stop_is_the_headline(first: str, kind: Kind) -> None:
    assert {s.kind for s in segment(first + BODY).segments if s.line == 0 and s.quote is None} == {kind}


def test_a_line_by_itself_is_no_headline() -> None:
    assert {s.kind for s in segment("波江通信の新製品はいつ出るのか？").segments} == {Kind.PROSE}
