"""Articles from files: exactly the text that is there, or one line that says why not."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path

import pytest

from kg import read
from kg.read import Unreadable
from kg.read.prose import DEEPEST_BRACKETS, LONGEST_SENTENCE
from kg.read.text import decode, seems

SENTENCES = "市は九日、新しい図書館の計画を公表した。担当者は「来春には着工したい」と話している。\n"


def _load(path: Path, encoding: str = "utf-8") -> str:
    (found,), _ = read.find([path])
    return read.load(found, encoding=encoding).text


def _refusal(path: Path, encoding: str = "utf-8") -> str:
    with pytest.raises(Unreadable) as error:
        _load(path, encoding)
    return str(error.value)


def test_a_folder_gives_every_text_below_it_in_the_order_of_the_sources(tmp_path: Path) -> None:
    for name in ("b.txt", "a.TXT", "deep/er/c.txt", "notes.md", ".venv/licence.txt", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(SENTENCES, encoding="utf-8")

    found, lost = read.find([tmp_path])

    assert [each.source for each in found] == ["a.TXT", "b.txt", "deep/er/c.txt"]
    assert not lost


def test_the_order_of_the_paths_does_not_matter_and_a_file_counts_once(tmp_path: Path) -> None:
    for name in ("x/b.txt", "y/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(SENTENCES, encoding="utf-8")
    one, other = tmp_path / "x", tmp_path / "y"

    assert read.find([one, other, one / "b.txt"]) == read.find([other, one])
    assert [each.source for each in read.find([other, one])[0]] == ["a.txt", "b.txt"]


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    _, lost = read.find([tmp_path / "none.txt", tmp_path / "empty"])

    assert [each.reason for each in lost] == ["no such file or folder", "a folder without a .txt file"]


def test_a_name_that_the_disk_keeps_decomposed_gives_the_same_source(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "ガイド.txt")).write_text(SENTENCES, encoding="utf-8")

    assert read.find([tmp_path])[0][0].source == "ガイド.txt"


def test_line_ends_stay_and_the_byte_order_mark_goes(tmp_path: Path) -> None:
    text = "見出し\r\n本文は一行だ。\r古い行末\n𠮷野家と😀。"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert _load(tmp_path / "a.txt") == text


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_another_encoding_is_named_and_can_be_asked_for(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(SENTENCES.encode(encoding))

    assert f"seems to be {encoding} (--encoding {encoding} reads it)" in _refusal(tmp_path / "a.txt")
    assert _load(tmp_path / "a.txt", encoding) == SENTENCES


def test_the_wrong_encoding_asked_for_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(SENTENCES.encode())

    assert "seems to be utf-8" in _refusal(tmp_path / "a.txt", "euc_jp")


@pytest.mark.parametrize("length", [5, 8, 13, 20, 40])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_a_few_characters_give_an_encoding_away(encoding: str, length: int) -> None:
    for begin in range(len(SENTENCES) - length):
        assert seems(SENTENCES[begin : begin + length].encode(encoding)) == encoding


def test_a_sample_that_ends_within_a_character_is_still_known() -> None:
    assert seems("あ".encode("euc_jp") * 50_000 + b"x" + "い".encode("euc_jp") * 10) == "euc_jp"
    assert seems(("x" + "あ" * 60_000).encode("cp932")) == "cp932"


@pytest.mark.parametrize("raw", [b"", b" \n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", "\u3000\n".encode()])
def test_nothing_in_it_is_empty(raw: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^a\.txt: empty$"):
        decode(raw, "a.txt")


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00",
        b"PK\x03\x04\x14\x00\x08\x00",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 9,
        b"\x00" * 4000,
        b"abc\x00def",
    ],
)
def test_what_is_no_text_is_binary(raw: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^a\.bin: "):
        decode(raw, "a.bin")


def test_one_damaged_byte_is_placed() -> None:
    with pytest.raises(Unreadable, match=r"^a\.txt: not UTF-8 \(byte 6\)"):
        decode("二つ".encode() + b"\xff" + SENTENCES.encode(), "a.txt")


def test_a_control_character_from_a_pdf_is_no_reason_to_refuse() -> None:
    text = SENTENCES * 3 + "\x0c\x08" + SENTENCES

    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize(
    "text",
    [
        "あ" * LONGEST_SENTENCE,
        "あ" * 350_000,
        "a" * 1_000_000,
        "「" * 5_000 + "」" * 5_000,
        "(" * 3_000,
        SENTENCES + "([{" * DEEPEST_BRACKETS,
        "「\n" * 2_000,
    ],
    ids=["10,000 without an end", "1 MB of one kana", "1 MB of one letter", "nested", "never closed", "of several kinds", "over lines"],
)
def test_what_is_no_prose_is_refused_within_a_second(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    start = time.perf_counter()

    assert _refusal(tmp_path / "a.txt").startswith("a.txt: no prose: ")
    assert time.perf_counter() - start < 1


def test_long_prose_is_prose(tmp_path: Path) -> None:
    text = SENTENCES * 2_000 + "あ" * (LONGEST_SENTENCE - 1) + "。" + "(" * 50 + ")" * 50 + "「" * 40
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    assert _load(tmp_path / "a.txt") == text


def test_the_meta_file_beside_the_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCES, encoding="utf-8")
    meta = {"title": " 図書館\n計画 ", "url": "https://example.org/1", "date": "2025-07-14T09:00:00+09:00", "publisher": "", "tags": ["x"]}
    (tmp_path / "a.meta.json").write_text(json.dumps(meta), encoding="utf-8-sig")
    (found,), _ = read.find([tmp_path])

    document = read.load(found)

    assert (document.title, document.url, document.date, document.publisher) == ("図書館 計画", "https://example.org/1", "2025-07-14", None)
    assert document.source == "a.txt"


@pytest.mark.parametrize("date", ["2025", "2025-07", "2025-07-14"])
def test_a_date_is_kept_as_exact_as_it_is(tmp_path: Path, date: str) -> None:
    (tmp_path / "a.txt").write_text(SENTENCES, encoding="utf-8")
    (tmp_path / "a.meta.json").write_text(json.dumps({"date": date}), encoding="utf-8")

    assert read.load(read.find([tmp_path])[0][0]).date == date


@pytest.mark.parametrize(
    ("meta", "reason"),
    [
        ("{", "a.meta.json: line 1: no JSON"),
        ("[]", "a list, an object wanted"),
        ('{"title": 3}', "title is 3, a string wanted"),
        ('{"date": "14.7.2025"}', "date is '14.7.2025', YYYY, YYYY-MM or YYYY-MM-DD wanted"),
        ('{"date": "2025-02-30"}', "date is '2025-02-30'"),
        ('{"date": "2025-07-14x"}', "date is '2025-07-14x'"),
    ],
)
def test_a_meta_file_that_is_wrong_is_named(tmp_path: Path, meta: str, reason: str) -> None:
    (tmp_path / "a.txt").write_text(SENTENCES, encoding="utf-8")
    (tmp_path / "a.meta.json").write_text(meta, encoding="utf-8")

    assert reason in _refusal(tmp_path / "a.txt")
    assert _refusal(tmp_path / "a.txt").startswith("a.txt: ")
