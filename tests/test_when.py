"""The time of a claim's own predicate, as written, and its date as far as the text and the article's date settle it."""

from __future__ import annotations

import pytest
from examples import unmarked

from kg.claim import times as clock
from kg.claim.when import Calendar
from kg.lexicon import Row, rows
from kg.model import Document
from kg.parse import parse

pytestmark = pytest.mark.model

TODAY = "2024-09-18"  # a Wednesday
CASES = [
    # figures
    ("同社は2023年4月10日に工場を［閉鎖］した。", "2023年4月10日", "2023-04-10"),
    ("同社は２０２３年４月に工場を［閉鎖］した。", "２０２３年４月", "2023-04"),
    ("同社は令和5年に工場を［閉鎖］した。", "令和5年", "2023"),
    ("同社は平成30年4月に工場を［閉鎖］した。", "平成30年4月", "2018-04"),
    ("同社は2030年に工場を［閉鎖］する。", "2030年", "2030"),
    ("同社は25年3月に工場を［閉鎖］する。", "25年3月", "2025-03"),
    # a month or day without its year: the latest that has begun, or the next
    ("同社は10月に工場を［閉鎖］した。", "10月", "2023-10"),
    ("同社は8月に工場を［閉鎖］した。", "8月", "2024-08"),
    ("同社は9月に工場を［閉鎖］した。", "9月", "2024-09"),
    ("同社は10月に工場を［閉鎖］する予定だ。", "10月", "2024-10"),
    ("同社は3月に工場を［閉鎖］する方針だ。", "3月", "2025-03"),
    ("同社は3日に工場を［閉鎖］した。", "3日", "2024-09-03"),
    ("同社は20日に工場を［閉鎖］した。", "20日", "2024-08-20"),
    ("同社は20日に工場を［閉鎖］する。", "20日", "2024-09-20"),
    ("同社は3日に工場を［閉鎖］する予定だ。", "3日", "2024-10-03"),
    ("同社は12月24日に工場を［閉鎖］した。", "12月24日", "2023-12-24"),
    ("同社は12月24日に工場を［閉鎖］する見通しだ。", "12月24日", "2024-12-24"),
    ("市は31日に施設を［開放］した。", "31日", "2024-08-31"),
    ("市は2月29日に施設を［開放］した。", "2月29日", "2024-02-29"),
    ("市は月曜日に施設を［開放］した。", "月曜日", "2024-09-16"),
    ("市は月曜日に施設を［開放］する予定だ。", "月曜日", "2024-09-23"),
    ("市は水曜日に施設を［開放］した。", "水曜日", "2024-09-18"),
    # words with figures
    ("同社は昨年10月に工場を［閉鎖］した。", "昨年10月", "2023-10"),
    ("同社は来年3月に工場を［閉鎖］する。", "来年3月", "2025-03"),
    ("同社は今年1月5日に工場を［閉鎖］した。", "今年1月5日", "2024-01-05"),
    ("同社は来月10日に工場を［閉鎖］する。", "来月10日", "2024-10-10"),
    ("同社は先月末に工場を［閉鎖］した。", "先月末", "2024-08"),
    ("同社は昨年末に工場を［閉鎖］した。", "昨年末", "2023"),
    ("同社は来年夏に工場を［閉鎖］する。", "来年夏", "2025"),
    ("同社は8月上旬に工場を［閉鎖］した。", "8月上旬", "2024-08"),
    ("同社は5日午後に工場を［閉鎖］した。", "5日午後", "2024-09-05"),
    ("同社は5日（木）に工場を［閉鎖］した。", "5日（木）", "2024-09-05"),
    ("同社は2022年春に工場を［閉鎖］した。", "2022年春", "2022"),
    # which predicate's
    ("同社は3日、工場を来春に［閉鎖］すると発表した。", "来春", "2025"),
    ("同社は3日、工場を来春に閉鎖すると［発表］した。", "3日", "2024-09-03"),
    ("昨年10月に発売した新型を社長は［自慢］している。", None, None),
    ("昨年10月に［発売］した新型を社長は自慢している。", "昨年10月", "2023-10"),
    ("同社は2021年の売上高を［公表］していない。", None, None),
    ("同社は2019年に東京で創業し、いまは大阪で船を［造］っている。", None, None),
    ("来春の工場の［閉鎖］が決まった。", "来春", "2025"),
    ("同社は来月の［発売］を目指す。", "来月", "2024-10"),
    ("年内に工場を［閉鎖］する方針を固めた。", "年内", "2024"),
    # the date mentioned before
    ("工場は6月1日に焼けた。同社は同日、生産を［停止］した。", "同日", "2024-06-01"),
    ("工場は6月30日に焼けた。同社は翌日、生産を［再開］した。", "翌日", "2024-07-01"),
    ("会社は2020年12月に生まれた。翌月に工場を［開設］した。", "翌月", "2021-01"),
    ("会社は2018年に生まれた。翌年5月に工場を［開設］した。", "翌年5月", "2019-05"),
    ("同社は同日、生産を［停止］した。", "同日", None),
    # a month after another year's is left open
    ("会社は2019年3月に生まれた。5月には工場を［開設］した。", "5月", None),
    # beginnings and ends are no dates
    ("同社は2020年から家具を［販売］している。", "2020年から", None),
    ("同社は10月末までに工場を［閉鎖］する。", "10月末までに", None),
    # winters, fiscal years, soon
    ("同社は来冬に工場を［閉鎖］する。", "来冬", None),
    ("同社は来年度に工場を［閉鎖］する。", "来年度", None),
    ("同社は近く工場を［閉鎖］する。", "近く", None),
    ("同社は毎年7月に祭りを［開催］している。", "毎年7月", None),
    # what only looks like a time
    ("同社は3日間、生産を［停止］した。", None, None),
    ("同社は5年ぶりに工場を［再開］した。", None, None),
    ("同社の3月期の利益が［増加］した。", None, None),
    ("前年比で2割［増加］した。", None, None),
    ("利益は1990年代に［増加］した。", None, None),
    ("同社は10年連続で利益を［計上］した。", None, None),
    ("生産は2日目に［再開］した。", None, None),
    ("前日本代表の選手が会社を［設立］した。", None, None),
]


def _found(example: str, today: str | None) -> tuple[str | None, str | None]:
    text, begin, end = unmarked(example)
    article = next(parse([Document("example", text, date=today)]))
    return Calendar(article).of_predicate(begin, end)


@pytest.mark.parametrize(("example", "when", "iso"), CASES, ids=[c[0] for c in CASES])
def test_time_of_a_predicate(example: str, when: str | None, iso: str | None) -> None:
    assert _found(example, TODAY) == (when, iso)


@pytest.mark.parametrize("row", rows("times.tsv"), ids=[r.rule for r in rows("times.tsv")])
def test_every_row(row: Row) -> None:
    """The example's last predicate has the row's date, and no time at all where the row says that it is none."""
    sentences = row["example"].removesuffix("。").split("。")
    article = next(parse([Document("example", row["example"], date=TODAY)]))
    last = article.sentences[-1]
    predicate = next(t for t in last.doc if t.head.i == t.i)
    when, iso = Calendar(article).of_predicate(*last.span(predicate.i, predicate.i))
    assert (iso or "-") == row["date"]
    assert (when is None) == (row["from"] == "not") and (when is None or when in sentences[-1])


@pytest.mark.parametrize(
    ("example", "today", "iso"),
    [
        ("同社は昨年10月に工場を［閉鎖］した。", None, None),
        ("同社は2023年10月に工場を［閉鎖］した。", None, "2023-10"),
        ("同社は3日に工場を［閉鎖］した。", "2024-09", None),
        ("同社は8月に工場を［閉鎖］した。", "2024-09", "2024-08"),
        ("同社は先月に工場を［閉鎖］した。", "2024", None),
        ("同社は昨年に工場を［閉鎖］した。", "2024", "2023"),
        ("同社は3日に工場を［閉鎖］した。", "2024-09-18T08:00:00+09:00", "2024-09-03"),
    ],
)
def test_nothing_is_guessed(example: str, today: str | None, iso: str | None) -> None:
    """A relative time is as exact as the article's date, and without one stays words."""
    when, found = _found(example, today)
    assert when is not None and found == iso


def test_days_counted_from_somebodys_words_stay_words() -> None:
    assert _found("社長は「明日、工場を［閉鎖］する」と述べた。", TODAY) == ("明日", None)
    assert _found("社長は「来年、工場を［閉鎖］する」と述べた。", TODAY) == ("来年", "2025")


def test_iso() -> None:
    assert [clock.iso(day) for day in ((2025, None, None), (2025, 7, None), (2025, 7, 4))] == ["2025", "2025-07", "2025-07-04"]
    assert clock.parsed("unknown") is None and clock.parsed("2024-13") is None
