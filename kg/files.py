"""Files written whole or not at all: beside the old ones first, then renamed over them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path


def replace(texts: Mapping[Path, str]) -> None:
    """Write each text to its path, in UTF-8 with the line ends that it has. A build that is killed leaves the old files whole.

    All are written beside their places before the first is renamed, so that graph and page belong together. Raises OSError.
    """
    beside = {path: path.with_name(f".{path.name}.part") for path in texts}
    try:
        for path, part in beside.items():
            _write(part, texts[path])
        for path, part in beside.items():
            part.replace(path)
    finally:
        for part in beside.values():
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def prepare(folder: Path) -> None:
    """Make the folder and see that a file can be written there, before the minutes of work that would be lost. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".kg.part"
    _write(probe, "")
    probe.unlink()


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
