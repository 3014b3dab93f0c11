"""What is said of an input that gives no article."""

from __future__ import annotations


class Unreadable(Exception):
    """An input that cannot be read as an article. `str()` is one line that begins with where."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason
