"""Deterministic names: the same input gives the same IRIs on every machine. No blank nodes."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from kg.model import Claim, Entity, Modality

# What a path segment of an IRI may not hold (RFC 3987: isegment = *ipchar), `%` among it so that the encoding can be undone.
_FORBIDDEN = re.compile(
    '[\\x00-\\x20"#%/<>?\\[\\\\\\]^`{|}\\x7f-\\x9f\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]'
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff]"
)


class Key(NamedTuple):
    """What identifies a claim within its article, ends and speaker as IRIs relative to the base."""

    begin: int
    end: int
    speaker: str
    subject: str
    property: str
    object: str
    modality: Modality
    negated: bool


def segment(name: str) -> str:
    """Return a name as one segment of an IRI, only what an IRI forbids percent-encoded: `Moonshot AI` gives `Moonshot%20AI`."""
    return _FORBIDDEN.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8")), name)


def content_hash(text: str) -> str:
    """Return the SHA-256 of an article's decoded text, in hex."""
    return sha256(text.encode("utf-8")).hexdigest()


def article(digest: str) -> str:
    """Return an article's IRI relative to the base, from its content's hash."""
    return f"article/{digest}"


def entities(those: tuple[Entity, ...], digest: str) -> dict[Entity, str]:
    """Return each entity's IRI relative to the base.

    `organization/Meta` for what a name tells apart everywhere; `person/広報担当者~1f0c9a2b` for what is local to its article, with
    `-2`, `-3` after it where the article has more of the name, in the order of their first mention.
    Raises ValueError for an entity without a name.
    """
    named: dict[Entity, str] = {}
    seen: dict[str, int] = {}
    for entity in sorted(those, key=_first):
        if not entity.name.strip():
            raise ValueError(f"entity of class {entity.type} at {_first(entity)[0]}: no name, one wanted")
        if entity.iri:
            named[entity] = entity.iri
            continue
        iri = f"{entity.type.lower()}/{segment(entity.name)}"
        if entity.local:
            iri = f"{iri}~{digest[:8]}"
            seen[iri] = seen.get(iri, 0) + 1
            iri = iri if seen[iri] == 1 else f"{iri}-{seen[iri]}"
        named[entity] = iri
    return named


def claim(digest: str, key: Key) -> str:
    """Return a claim's IRI relative to the base: SHA-256 over its article and what identifies it there.

    The values are those of extraction: a correction changes a value and keeps the IRI.
    """
    fields = (digest, *(str(value) for value in key))
    return f"claim/{sha256(chr(0x1F).join(fields).encode('utf-8')).hexdigest()}"


def key(of: Claim, named: dict[Entity, str]) -> Key:
    """Return what identifies a claim, from the IRIs of its article's entities."""

    def iri(entity: Entity | None) -> str:
        return named[entity] if entity else ""

    return Key(of.begin, of.end, iri(of.speaker), iri(of.subject), of.property or "", iri(of.object), of.modality, of.negated)


def mention(article_iri: str, begin: int, end: int) -> str:
    """Return a mention's IRI: its article's with the stretch of characters after it (RFC 5147)."""
    return f"{article_iri}#char={begin},{end}"


def _first(entity: Entity) -> tuple[int, int, str]:
    """Where an entity is first mentioned; what is never mentioned comes last."""
    begin, end = min(((m.begin, m.end) for m in entity.mentions), default=(1 << 60, 0))
    return begin, end, entity.name
