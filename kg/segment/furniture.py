"""What stands on an article's page without being of the article: lists of links under 関連記事 or 最新記事."""

from __future__ import annotations

import re

_HEAD = re.compile(
    r"^[^\n。、「」]{0,24}(?:(?:関連|最新|おすすめ|オススメ|人気|参考)の?(?:リンク|記事|ニュース|サイト|URL|動画|エントリー?)|あわせて読みたい)[^\n。ぁ-ん]{0,8}$",
    re.M,
)


def furniture(text: str) -> list[tuple[int, int]]:
    """Return where lists of links stand, from their headings to the next line that holds a full stop: 【関連記事】, and the headlines under it.

    Empty for a text without any.
    """
    found: list[tuple[int, int]] = []
    for head in _HEAD.finditer(text):
        if found and head.start() < found[-1][1]:
            continue
        end = head.end()
        while end < len(text):
            stop = text.find("\n", end + 1)
            stop = len(text) if stop < 0 else stop
            if "。" in text[end + 1 : stop]:
                break
            end = stop
        found.append((head.start(), end))
    return found
