"""Files are written whole or not at all, and tables line up."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import files
from kg.table import table, width


def test_text_is_written_as_it_is_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    files.replace({tmp_path / "a.ttl": "一\r\n二\n", tmp_path / "b.html": "𠮷"})

    assert (tmp_path / "a.ttl").read_bytes() == "一\r\n二\n".encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ttl", "b.html"]


def test_a_failure_leaves_the_old_files_whole(tmp_path: Path) -> None:
    old = tmp_path / "a.ttl"
    old.write_text("old", encoding="utf-8")

    with pytest.raises(OSError):
        files.replace({old: "new", tmp_path / "no such folder" / "b.html": "new"})

    assert old.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


def test_a_folder_is_made_ready_before_the_work(tmp_path: Path) -> None:
    files.prepare(tmp_path / "deep" / "er")

    assert list((tmp_path / "deep" / "er").iterdir()) == []


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OSError):
        files.prepare(tmp_path / "file" / "g")


def test_japanese_takes_two_columns() -> None:
    assert width("Metaの") == 6
    assert width("か\u3099") == 2
    assert table(["名", "b"], [["Meta", "1"], ["会社\n名", "22"]]) == "名       b\n───────  ──\nMeta     1\n会社 名  22"
