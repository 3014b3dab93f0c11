"""Short forms of a body's name that keep its end (刷新の会, みずき銀), the head of its katakana (ハイドロ), or its words' initials (SPS)."""

from __future__ import annotations

import re
from functools import cache

from kg.entity.keys import legal_free, script
from kg.lexicon import rows

_CONTRACTED = (
    ("フィナンシャルグループ", "FG"),
    ("フィナンシャル・グループ", "FG"),
    ("銀行", "銀"),
    ("信用金庫", "信金"),
    ("信用組合", "信組"),
    ("委員会", "委"),
    ("大学", "大"),
    ("協同組合", "協"),
    ("労働組合", "労組"),
)
_SHORTEST = 3
_KATAKANA = re.compile("[ァ-ヺー・]+")
_INITIALS = {
    "ア": "A", "イ": "IEY", "ウ": "UW", "エ": "EA", "オ": "OA", "カ": "CK", "キ": "CKQ", "ク": "CKQ", "ケ": "CK", "コ": "CK", "ガ": "G", "ギ": "G",
    "グ": "G", "ゲ": "G", "ゴ": "G", "サ": "STC", "シ": "SC", "ス": "ST", "セ": "SC", "ソ": "ST", "ザ": "ZT", "ジ": "JG", "ズ": "Z", "ゼ": "Z",
    "タ": "T", "チ": "CT", "ツ": "T", "テ": "T", "ト": "T", "ダ": "D", "デ": "D", "ド": "D", "ナ": "N", "ニ": "N", "ヌ": "N", "ネ": "N", "ノ": "N",
    "ハ": "H", "ヒ": "H", "フ": "FPH", "ヘ": "H", "ホ": "HW", "バ": "BV", "ビ": "BV", "ブ": "BV", "ベ": "BV", "ボ": "BV", "パ": "P", "ピ": "P",
    "プ": "P", "ペ": "P", "ポ": "P", "マ": "M", "ミ": "M", "ム": "M", "メ": "M", "モ": "M", "ヤ": "Y", "ユ": "YU", "ヨ": "Y", "ラ": "LR", "リ": "LR",
    "ル": "LR", "レ": "LR", "ロ": "LR", "ワ": "W", "ヴ": "V",
}  # fmt: skip


@cache
def keeps_end(short: str, full: str) -> bool:
    """Whether a name is the end of a body's longer name, or that end with 銀行 as 銀 and the like.

    The end begins where the script changes, or names a kind of body (会, 党, 高校); two characters are too few.
    """
    if len(short) < _SHORTEST or len(short) >= len(full):
        return False
    for whole in (full, legal_free(full), *_contracted(full)):
        if whole == short:
            return True
        head = whole[: -len(short)]
        if whole.endswith(short) and len(head) > 1 and head != "日本" and (script(head[-1]) != script(short[0]) or _is_body(short)):
            return True
    return False


def _contracted(full: str) -> list[str]:
    return [full.removesuffix(long) + short for long, short in _CONTRACTED if full.endswith(long)]


@cache
def _is_body(name: str) -> bool:
    """Whether a name ends in a kind of body and has something before it: 匠組合, not 組合."""
    ends = [row["suffix"] for row in rows("suffixes.tsv") if row["part"] in ("body", "yes") and row["class"] == "Organization"]
    return any(name.endswith(end) and len(name) > len(end) for end in (*ends, *"会委銀大院署省庁局団高"))


@cache
def heads_katakana(short: str, full: str) -> bool:
    """Whether a name in katakana is the head of a longer one, a long vowel or so left out: ハイドロ of ハイドロエナジー."""
    if not (_KATAKANA.fullmatch(short) and _KATAKANA.fullmatch(full)) or not 4 <= len(short) <= len(full) - 3 or "・" in short:
        return False
    plain, whole = short.replace("ー", ""), full.replace("ー", "").replace("・", "")
    if whole.startswith(plain):
        return True
    rest = iter(whole)
    return len(whole) >= 2 * len(plain) and whole[:2] == plain[:2] and all(char in rest for char in plain)


@cache
def initials(letters: str, name: str) -> bool:
    """Whether capitals are the initials of the words of a name in katakana: SPS of サンライズ・ペイメント・サービス."""
    words = name.split("・")
    if not _KATAKANA.fullmatch(name) or len(words) < 2 or len(letters) != len(words):
        return False
    return all(letter in _INITIALS.get(word[:1], "") for letter, word in zip(letters, words, strict=True))
