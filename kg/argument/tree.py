"""A sentence's parse as plain lists: what the rules and the ranker read, a spaCy Doc read once.

Everything here is grammar of the surface: which particles follow a noun, where its phrase begins, what hangs on what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FUNCTION = frozenset(("case", "fixed", "mark", "aux", "cop"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM", "X"))
_NOUN_DEPS = frozenset(("obj", "nsubj", "obl", "nmod", "dislocated"))
_CLOSING = frozenset("」』）)】〉》”")
_OPENING = frozenset("「『（(【〈《“")

# Particles after a noun, longest reading first; what stands before them (など, だけ) is dropped, what follows (は, も, の) is read apart.
_DROPPED = re.compile(r"^(?:など|等|だけ|のみ|ばかり|ほど|くらい|ぐらい|さえ|こそ|すら|ら|なんか)+")
_CASES = (
    ("source", re.compile(r"によると|によりますと|によれば|に[言い云]わせ(?:れば|ると)")),
    ("niyotte", re.compile(r"によ(?:って|り|る)|に依(?:って|り|る)")),
    ("nituite", re.compile(r"について|につき|に関し(?:て)?|に関する|をめぐ(?:って|り|る)|を巡(?:って|り|る)|に係る|に関して")),
    ("tosite", re.compile(r"として")),
    ("nitotte", re.compile(r"にとって")),
    ("ni", re.compile(r"に対(?:して|し|する)|に向け(?:て|た)?|に応じ(?:て|た)?|に加え(?:て)?")),
    ("de", re.compile(r"にお(?:いて|ける)|を通じ(?:て|た)?|を通して|によっては")),
    ("to", re.compile(r"とともに|と共に|と一緒に|と並(?:んで|び)")),
    ("quote", re.compile(r"という|といった")),
    (
        "list",
        re.compile(
            r"をはじめ(?:と(?:して|する|した))?|を始め(?:と(?:して|する|した))?|を含む|のよう(?:な|に)|や|か(?!ら)|および|及び|ならびに|または|とか|やら"
        ),
    ),
    ("kara", re.compile(r"から")),
    ("yori", re.compile(r"より")),
    ("made", re.compile(r"まで")),
    ("ga", re.compile(r"が")),
    ("wo", re.compile(r"を")),
    ("ni", re.compile(r"に")),
    ("he", re.compile(r"へ")),
    ("de", re.compile(r"で")),
    ("to", re.compile(r"と")),
    ("no", re.compile(r"の")),
    ("ha", re.compile(r"は")),
    ("mo", re.compile(r"も")),
)


@dataclass(frozen=True, slots=True)
class Marker:
    """The particles after a noun: `について` + `は` is case `nituite`, topic; `への` is case `he`, adnominal."""

    text: str
    case: str  # ga wo ni he de to kara yori made no ha mo niyotte nituite tosite nitotte source quote list, or "" for none
    topic: bool = False  # は or も stands in it
    adnominal: bool = False  # it ends in の (への) or is an attributive form (による)
    comma: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed sentence as columns; `heads[i] == i` at the root, `children[i]` in the order of the text."""

    text: str
    texts: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    pos: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    starts: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    markers: dict[int, Marker] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.texts)

    def end(self, token: int) -> int:
        """Return where a token ends in `text`."""
        return self.starts[token] + len(self.texts[token])

    def nominal(self, token: int) -> bool:
        """Tell whether a token is a noun, name, pronoun or number and no function word."""
        if self.deps[token] in _FUNCTION:
            return False
        if self.pos[token] == "VERB":  # 後れを取る
            return self.tags[token].startswith("名詞") and self.deps[token] in _NOUN_DEPS
        return self.pos[token] in _NOMINAL

    def marker(self, token: int) -> Marker:
        """Return the particles that follow a noun: には after 政府 in 「政府には」 is case ni, topic."""
        found = self.markers.get(token)
        if found is None:
            found = self.markers[token] = _marker(self, token)
        return found

    def tail(self, token: int) -> range:
        """Return the function words right after a token: し, て, いる after 検討."""
        stop, count = token + 1, len(self.texts)
        while stop < count and (self.deps[stop] in _FUNCTION or self.texts[stop] in _CLOSING) and self.heads[stop] >= token - 1:
            stop += 1
        return range(token + 1, stop)

    def ancestors(self, token: int) -> list[int]:
        """Return the heads above a token, nearest first."""
        found: list[int] = []
        count = len(self.texts)
        while (head := self.heads[token]) != token and len(found) < count:
            token = head
            found.append(token)
        return found


def tree(doc: Doc) -> Tree:
    """Return a Doc's parse as columns."""
    return columns(doc.text, [(t.text, t.lemma_, t.tag_, t.pos_, t.dep_, t.head.i, t.idx) for t in doc])


def columns(text: str, rows: list[tuple[str, str, str, str, str, int, int]]) -> Tree:
    """Return a tree from one row a token: text, lemma, tag, pos, dep, head, start."""
    texts, lemmas, tags, pos, labels, heads, starts = zip(*rows, strict=True) if rows else ((),) * 7
    deps = tuple(label.removesuffix("_bunsetu") for label in labels)  # GiNZA marks the heads of bunsetsu in its labels
    children: list[list[int]] = [[] for _ in rows]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    return Tree(text, texts, lemmas, tags, pos, deps, heads, starts, tuple(map(tuple, children)))


def _marker(tree: Tree, token: int) -> Marker:
    words: list[str] = []
    at, count = token + 1, len(tree.texts)
    while at < count and (tree.texts[at] in _CLOSING or _follows(tree, token, at)):
        if tree.texts[at] not in _CLOSING:
            words.append(tree.texts[at])
        at += 1
    comma = at < count and tree.texts[at] in "、,，"
    return read_marker("".join(words), comma)


def _follows(tree: Tree, token: int, at: int) -> bool:
    """Tell whether the word at `at` is one of the particles of `token` (and no copula)."""
    if tree.deps[at] == "fixed":
        return True
    if tree.deps[at] == "cop" or tree.pos[at] == "AUX":
        return False
    if tree.deps[at] in ("case", "mark", "fixed"):
        return True
    return tree.pos[at] in ("ADP", "PART") and tree.heads[at] <= at


@lru_cache(maxsize=10_000)
def read_marker(text: str, comma: bool = False) -> Marker:
    """Return what a string of particles says: 「についても」 is case nituite, topic."""
    rest = _DROPPED.sub("", text)
    for case, pattern in _CASES:
        if match := pattern.match(rest):
            after = rest[match.end() :]
            adnominal = after.endswith("の") or (match.group().endswith(("る", "た", "の", "な", "う")) and not after)
            return Marker(text, case, case in ("ha", "mo") or after in ("は", "も", "には"), adnominal, comma)
    return Marker(text, "", comma=comma)


def opens(text: str) -> bool:
    """Tell whether a token is an opening bracket."""
    return text in _OPENING


def closes(text: str) -> bool:
    """Tell whether a token is a closing bracket."""
    return text in _CLOSING
