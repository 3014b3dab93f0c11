"""Who did what to what: an article's predicates with their arguments in deep case, whatever the ontology makes of them."""

from __future__ import annotations

from kg.argument.event import Deep, arguments, govern, jointly
from kg.argument.frame import Frame, Slot, frames, settle
from kg.argument.phrase import bounds, content_head, members
from kg.argument.tree import Tree, tree
from kg.argument.voice import deep
from kg.model import Argument, Case, Predicate
from kg.parse import Article, Sentence

__all__ = ["predicates"]


def predicates(article: Article) -> tuple[Predicate, ...]:
    """Return every predicate of an article in the order of its sentences, arguments in the article's offsets.

    計画は反対派によって批判された gives 批判 with GA 反対派 and WO 計画; a list gives one argument a member.
    """
    trees = {s.index: tree(s.doc) for s in article.sentences}
    sentences = {s.index: s for s in article.sentences}
    found: list[Predicate] = []
    for index, sentence in sentences.items():
        found.extend(_of_sentence(sentence, trees[index], sentences, trees))
    return tuple(found)


def _of_sentence(sentence: Sentence, parsed: Tree, sentences: dict[int, Sentence], trees: dict[int, Tree]) -> list[Predicate]:
    made = frames(sentence.index, parsed)
    settle(made, {})
    deepened = {t: arguments(f, made, {}) if _nominal_event(f) else deep(f, {}) for t, f in made.items()}
    jointly(made, deepened)
    light = govern(made, deepened)
    return [_predicate(sentence, f, deepened[t], "light" if t in light else f.found.kind, sentences, trees) for t, f in made.items()]


def _nominal_event(frame: Frame) -> bool:
    return frame.found.kind == "event" and not frame.slots and not frame.topics


def _predicate(sentence: Sentence, frame: Frame, slots: Deep, kind: str, sentences: dict[int, Sentence], trees: dict[int, Tree]) -> Predicate:
    found = frame.found
    begin, end = sentence.span(found.first, found.last)
    args = tuple(a for case in Case for slot in slots.get(case, ()) for a in _arguments(case, slot, sentences, trees))
    return Predicate(begin, end, found.lemma, kind, args, sentence.index, found.token, found.passive)


def _arguments(case: Case, slot: Slot, sentences: dict[int, Sentence], trees: dict[int, Tree]) -> list[Argument]:
    parsed, sentence = trees[slot.sentence], sentences[slot.sentence]
    made = []
    for head in members(parsed, slot.head):
        begin, end = sentence.span(*bounds(parsed, head))
        made.append(Argument(case, begin, end, sentence.offset(content_head(parsed, head)), slot.inferred, round(slot.score, 3), slot.rule))
    return made
