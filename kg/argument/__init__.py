"""Who did what to what: an article's predicates with their arguments in deep case, whatever the ontology makes of them."""

from __future__ import annotations

from kg.argument.decide import decide
from kg.argument.event import Deep, arguments, govern, jointly, settle_owner
from kg.argument.features import Counts, Scene, scene, takes_dative, transitive
from kg.argument.frame import Frame, Slot, frames, settle
from kg.argument.phrase import bounds, content_head, members
from kg.argument.ranker import load
from kg.argument.tree import tree
from kg.argument.voice import deep
from kg.model import Argument, Case, Predicate
from kg.parse import Article, Sentence
from kg.segment import Kind

__all__ = ["predicates"]


def predicates(article: Article) -> tuple[Predicate, ...]:
    """Return every predicate of an article in the order of its sentences, arguments in the article's offsets.

    計画は反対派によって批判された gives 批判 with GA 反対派 and WO 計画; a list gives one argument a member.
    """
    counts, forests = load()
    scenes = _scenes(article, counts)
    decide(_levels(article, scenes), counts, forests)
    sentences = {s.index: s for s in article.sentences}
    return tuple(p for s in article.sentences for p in _of_sentence(s, scenes, sentences, counts))


def _scenes(article: Article, counts: Counts) -> dict[int, Scene]:
    takes_wo = transitive(counts)
    seen: dict[str, int] = {}
    made = {}
    for sentence in article.sentences:
        parsed = tree(sentence.doc)
        framed = frames(sentence.index, parsed)
        settle(framed, takes_wo)
        made[sentence.index] = scene(sentence.index, parsed, framed, seen, counts)
    return made


def _levels(article: Article, scenes: dict[int, Scene]) -> list[list[Scene]]:
    """Runs of sentences in which one may leave out what the last named: the prose, and each other sentence for itself.

    In a quotation it is mostly the speaker, or whom he speaks to, who is left out.
    """
    prose = [s.kind is Kind.PROSE and s.quote is None for s in article.sentences]
    return [[scenes[s.index] for s, own in zip(article.sentences, prose, strict=True) if own]] + [
        [scenes[s.index]] for s, own in zip(article.sentences, prose, strict=True) if not own
    ]


def _of_sentence(sentence: Sentence, scenes: dict[int, Scene], sentences: dict[int, Sentence], counts: Counts) -> list[Predicate]:
    made = scenes[sentence.index].frames
    takes_wo, takes_ni = transitive(counts), takes_dative(counts)
    deepened = {t: deep(f, takes_ni) | (arguments(f, made, takes_wo) if f.found.kind == "event" else {}) for t, f in made.items()}
    jointly(made, deepened)
    light = govern(made, deepened)
    settle_owner(made, deepened, takes_wo)
    return [_predicate(sentence, f, deepened[t], "light" if t in light else f.found.kind, sentences, scenes) for t, f in made.items()]


def _predicate(sentence: Sentence, frame: Frame, slots: Deep, kind: str, sentences: dict[int, Sentence], scenes: dict[int, Scene]) -> Predicate:
    found = frame.found
    begin, end = sentence.span(found.first, found.last)
    args = tuple(a for case in Case for slot in slots.get(case, ()) for a in _arguments(case, slot, sentences, scenes))
    return Predicate(begin, end, found.lemma, kind, args, sentence.index, found.token, found.passive)


def _arguments(case: Case, slot: Slot, sentences: dict[int, Sentence], scenes: dict[int, Scene]) -> list[Argument]:
    parsed, sentence = scenes[slot.sentence].tree, sentences[slot.sentence]
    made = []
    for head in members(parsed, slot.head):
        begin, end = sentence.span(*bounds(parsed, head))
        made.append(Argument(case, begin, end, sentence.offset(content_head(parsed, head)), slot.inferred, round(slot.score, 2), slot.rule))
    return made
