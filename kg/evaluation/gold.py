"""Hand annotation, one YAML an article."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml


class Spoken(NamedTuple):
    """An attributed stretch of an article. Who says it and on whose word are ids of gold, or nodes of the graph."""

    begin: int
    end: int
    speaker: Any
    modality: str
    negated: bool | None
    kind: str
    source: Any


@dataclass(frozen=True, slots=True)
class Gold:
    """What a careful reader put in one article's graph: entities by id with type and names, relations, statements."""

    name: str
    text: str
    entities: dict[str, tuple[str | None, set[str]]]
    relations: set[tuple[tuple[str, str, str], str, bool]]
    claims: list[Spoken]


def norm(name: object) -> str:
    """Return a name as names are compared: after NFKC and case folding, without spaces."""
    return "".join(unicodedata.normalize("NFKC", str(name)).casefold().split())


def read(path: Path, texts: Path) -> Gold:
    """Return an article's gold, from its YAML and its text `NAME.txt`.

    Raises OSError where one cannot be read, and ValueError where it is no annotation or a claim is not in the article.
    """
    text = (texts / f"{path.stem}.txt").read_text(encoding="utf-8")
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        entities = {row["id"]: (row["type"], {norm(name) for name in [row["name"], *(row.get("aliases") or [])]}) for row in raw["entities"]}
        relations = {((row["s"], row["p"], row["o"]), row["modality"], bool(row["negated"])) for row in raw.get("relations") or []}
        claims = [_claim(row, text) for row in raw.get("claims") or []]
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error!r}; an annotation with entities, relations and claims wanted") from error
    return Gold(path.stem, text, entities, relations, claims)


def _claim(row: dict[str, Any], text: str) -> Spoken:
    begin = row["begin"] if "begin" in row else text.find(row["text"])
    end = row["end"] if "begin" in row else begin + len(row["text"])
    if not 0 <= begin < end <= len(text):
        raise ValueError(f"this claim is not in the article: {row}")
    source = row.get("according_to")
    return Spoken(begin, end, row.get("speaker") or source, row["modality"], bool(row["negated"]), row["kind"], source)
