"""Short forms that keep the end of a body's name: 刷新の会 of 国政刷新の会, みずき銀 of みずき銀行, 監視委 of 電力取引監視委員会."""

from __future__ import annotations

from functools import cache

from kg.entity.keys import script
from kg.lexicon import rows

_CONTRACTED = (("銀行", "銀"), ("信用金庫", "信金"), ("信用組合", "信組"), ("委員会", "委"), ("大学", "大"), ("協同組合", "協"), ("労働組合", "労組"))
_SHORTEST = 3


@cache
def keeps_end(short: str, full: str) -> bool:
    """Whether a name is the end of a body's longer name, or that end with 銀行 as 銀 and the like.

    The end begins where the script changes, or names a kind of body (会, 党, 高校); two characters are too few.
    """
    if len(short) < _SHORTEST or len(short) >= len(full):
        return False
    for whole in (full, *_contracted(full)):
        if whole == short:
            return True
        head = whole[: -len(short)]
        if whole.endswith(short) and len(head) > 1 and (script(head[-1]) != script(short[0]) or _is_body(short)):
            return True
    return False


def _contracted(full: str) -> list[str]:
    return [full.removesuffix(long) + short for long, short in _CONTRACTED if full.endswith(long)]


@cache
def _is_body(name: str) -> bool:
    """Whether a name ends in a kind of body and has something before it: 匠組合, not 組合."""
    ends = [row["suffix"] for row in rows("suffixes.tsv") if row["part"] in ("body", "yes") and row["class"] == "Organization"]
    return any(name.endswith(end) and len(name) > len(end) for end in (*ends, *"会委銀大院署省庁局団高"))
