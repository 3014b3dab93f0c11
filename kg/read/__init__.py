"""Articles from files: the only reader of input. One door: `find` lists what there is, `load` reads one of them."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.model import Document
from kg.read.errors import Unreadable
from kg.read.meta import Meta, meta_of
from kg.read.prose import refuse_what_is_no_prose
from kg.read.text import decode

__all__ = ["STDIN", "Found", "Unreadable", "find", "load"]

STDIN = "-"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file that may hold an article, and `source`, its path relative to the PATH that it was found under."""

    source: str
    path: str

    @property
    def is_stdin(self) -> bool:
        """Whether it is standard input and not a file."""
        return self.path == STDIN


def find(paths: Iterable[str | os.PathLike[str]]) -> tuple[tuple[Found, ...], tuple[Unreadable, ...]]:
    """Return the files under the paths, in the order of their sources, and what could not be found.

    A file is taken whatever its name, a folder gives each `.txt` below it whose path has no part that begins with a dot
    (`.venv` is full of text files), `-` is standard input. A file named twice is read once. The order does not depend on
    that of the paths or of the disk. `seeds/` gives the source `seed.txt`, and so does `seeds/seed.txt`.
    """
    found: dict[str, Found] = {}
    lost: list[Unreadable] = []
    for path in paths:
        name = os.fspath(path)
        before = len(found)
        for item in _under(name):
            found.setdefault(os.path.realpath(item.path) if not item.is_stdin else STDIN, item)
            before = -1
        if before >= 0:
            lost.append(_missing(name))
    return tuple(sorted(found.values())), tuple(lost)


def load(item: Found, *, encoding: str = "utf-8") -> Document:
    """Return the article with its text as read: the byte order mark dropped, line ends kept, nothing normalised.

    Title, URL, date and publisher are those of `NAME.meta.json` beside `NAME.txt`, where there is one.
    Raises Unreadable, whose message begins with the source, if the file holds no text in this encoding, no prose, or the meta file is wrong.
    """
    text = decode(_bytes_of(item), item.source, encoding=encoding)
    refuse_what_is_no_prose(text, item.source)
    meta = Meta() if item.is_stdin else meta_of(Path(item.path), item.source)
    return Document(item.source, text, title=meta.title, url=meta.url, date=meta.date, publisher=meta.publisher)


def _under(name: str) -> Iterator[Found]:
    path = Path(name)
    if name == STDIN:
        yield Found(STDIN, STDIN)
    elif path.is_dir():
        for folder, folders, files in os.walk(path):
            folders[:] = [each for each in folders if not each.startswith(".")]
            for file in files:
                if file.lower().endswith(".txt") and not file.startswith("."):
                    full = Path(folder, file)
                    yield Found(_source(full.relative_to(path).as_posix()), str(full))
    elif path.exists():
        yield Found(_source(path.name), name)


def _source(relative: str) -> str:
    """NFC, because macOS hands out the same name in NFD; bytes that are no UTF-8 become U+FFFD, because Turtle is UTF-8."""
    return unicodedata.normalize("NFC", os.fsencode(relative).decode("utf-8", "replace"))


def _missing(name: str) -> Unreadable:
    if Path(name).is_dir():
        return Unreadable(name, "a folder without a .txt file")
    return Unreadable(name, "no such file or folder")


def _bytes_of(item: Found) -> bytes:
    if item.is_stdin:
        return sys.stdin.buffer.read()
    try:
        return Path(item.path).read_bytes()
    except OSError as error:
        raise Unreadable(item.source, f"cannot be read: {error.strerror}") from error
