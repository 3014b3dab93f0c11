"""The frozen types that pass between the rooms. Nothing here knows spaCy or RDF.

All offsets are half-open and count Unicode code points of the article's text as read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class EntityClass(StrEnum):
    """The ontology's classes that a thing of the text can have."""

    ORGANIZATION = "Organization"
    PERSON = "Person"
    MODEL = "Model"
    STRATEGY = "Strategy"
    PLACE = "Place"
    OUTLET = "Outlet"
    UNNAMED_SOURCE = "UnnamedSource"


class Form(StrEnum):
    """How a mention speaks of its entity."""

    NAME = "name"  # Meta, Zuckerberg
    ROLE = "role"  # 広報担当者, 情報筋: not a name, yet it can speak
    ANAPHOR = "anaphor"  # 同社, 同氏, 彼, 我々
    NOUN = "noun"  # このモデル, 新会社; a strategy's noun phrase


class Modality(StrEnum):
    """How firmly a claim stands (kg:Modality)."""

    FACT = "Fact"
    PLAN = "Plan"
    CONSIDERATION = "Consideration"
    POSSIBILITY = "Possibility"
    CONDITION = "Condition"
    NEED = "Need"


class Attribution(StrEnum):
    """Whose voice a claim is in (kg:Attribution)."""

    DIRECT_QUOTE = "DirectQuote"
    INDIRECT_SPEECH = "IndirectSpeech"
    NARRATION = "Narration"


@dataclass(frozen=True, slots=True)
class Document:
    """One article as read. `source` is its path relative to the PATH given, with `/`, or its URL."""

    source: str
    text: str
    title: str | None = None
    url: str | None = None
    date: str | None = None  # ISO 8601, as exact as known
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text that speaks of an entity."""

    begin: int
    end: int
    text: str
    type: EntityClass
    form: Form
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """One thing of one article, whatever the article calls it. Compared by identity."""

    type: EntityClass
    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    local: bool = False  # its name alone does not tell it apart from its namesakes in other articles
    english: str | None = None
    broader: tuple[str, ...] = ()  # for a strategy: names of the wider strategies of the same article
    iri: str | None = None  # relative to the base, where a correction changed what it would be named by


class Case(StrEnum):
    """Deep case of an argument: passive, causative and relative clauses are already undone."""

    GA = "ga"
    WO = "wo"
    NI = "ni"
    TO = "to"
    DE = "de"
    KARA = "kara"
    HE = "he"
    YORI = "yori"
    NO = "no"  # の before an event noun whose case is not decided
    CAUSER = "causer"
    NITUITE = "nituite"  # について, をめぐり, に関して
    TOSITE = "tosite"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Argument:
    """A predicate's argument. `begin`, `end` cover its noun phrase without the particle, `head` its head noun's offset."""

    case: Case
    begin: int
    end: int
    head: int
    inferred: bool = False  # left out in the text, filled from context
    score: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Predicate:
    """Who did what to what. `lemma` is a verb, サ変 noun (without する), adjective or copula noun."""

    begin: int
    end: int
    lemma: str
    kind: str  # verb, adjective, copula, event (a noun that names an event), light (訓練を行う → 訓練)
    arguments: tuple[Argument, ...]
    sentence: int  # index of its sentence in the parsed article
    token: int  # index of its head token in that sentence's Doc
    passive: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decided a value, and the lexicon row or rule that knew them."""

    begin: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Stance:
    """How firmly a predicate stands: the reading of its surroundings."""

    modality: Modality = Modality.FACT
    negated: bool = False
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposition:
    """One subject, property and object, read off a predicate or a construction."""

    subject: Entity
    property: str  # local name in the ontology: develops, acquires …
    object: Entity
    begin: int  # of the predicate (or construction) that states it
    end: int
    stance: Stance
    rule: str
    confidence: float = 0.8


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or clause that somebody other than the article says."""

    begin: int
    end: int
    attribution: Attribution
    speaker: Entity | None
    source: Entity | None
    stance: Stance
    cues: tuple[Cue, ...]  # of the attribution
    rule: str
    confidence: float = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A statement, or a proposition within a statement or in the article's own voice. Compared by identity."""

    begin: int
    end: int
    text: str
    attribution: Attribution
    modality: Modality
    negated: bool
    rule: str
    confidence: float
    speaker: Entity | None = None
    source: Entity | None = None
    cues: tuple[Cue, ...] = ()
    about: tuple[Entity, ...] = ()
    subject: Entity | None = None
    property: str | None = None
    object: Entity | None = None
    statement: Claim | None = None  # the statement that this proposition belongs to
    when: str | None = None
    date: str | None = None
    restates: tuple[Claim, ...] = ()
    contradicts: tuple[Claim, ...] = ()
    supersedes: tuple[Claim, ...] = ()
    iri: str | None = None  # relative to the base, as extracted, where a correction changed a value


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read off one article: what the graph is made of."""

    document: Document
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    cites: tuple[Entity, ...] = field(default=())
    publisher: Entity | None = None
