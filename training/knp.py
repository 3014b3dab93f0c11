"""The KNP format of the Kyoto corpora: sentences, base phrases, and who fills which case of a predicate.

Read here is only what arguments need: `rel` tags, their coreference, and the words of each base phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_REL = re.compile(r'<rel type="([^"]+)"(?: mode="([^"]*)")? target="([^"]*)"(?: sid="([^"]*)" id="(\d+)")?/>')
_SID = re.compile(r"# S-ID:(\S+)")
_HALF = {code: code - 0xFEE0 for code in range(ord("！"), ord("～") + 1) if chr(code).isalnum()}
CASES = {"ガ": "ga", "ヲ": "wo", "ニ": "ni"}
_PREDICATIVE = frozenset(("ガ", "ヲ", "ニ", "ガ２", "ト", "デ", "カラ", "ヘ", "ヨリ", "マデ", "修飾", "外の関係", "ニヨッテ"))
_SURU = frozenset(("する", "できる", "いたす", "なさる", "くださる", "下さる", "為さる"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A base phrase: where it stands in its sentence, what it hangs on, its words as (surface, part of speech, subclass, lemma)."""

    begin: int
    end: int
    head: int
    words: tuple[tuple[str, str, str, str], ...]
    rels: tuple[tuple[str, str, str, int], ...]  # type, target, sentence id, phrase


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence: id, text with ASCII letters and digits in half width, base phrases."""

    sid: str
    text: str
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class GoldPredicate:
    """A predicate and, by case, all phrases that are right answers (a coreference chain), as (sentence, phrase)."""

    sentence: int
    phrase: int
    kind: str  # verb, adjective, copula, event
    fillers: dict[str, frozenset[tuple[int, int]]]
    outside: frozenset[str]  # cases filled by somebody who is not in the text


def documents(folder: Path, ids: Path) -> Iterator[tuple[str, list[GoldSentence]]]:
    """Yield the documents of an id list. Files lie in one folder a few leading characters of their id."""
    places = {path.stem: path for path in sorted(folder.rglob("*.knp"))}
    for name in ids.read_text(encoding="utf-8").split():
        yield name, sentences(places[name].read_text(encoding="utf-8"))


def sentences(text: str) -> list[GoldSentence]:
    """Return the sentences of one file."""
    return [_sentence(block) for block in text.split("EOS\n") if block.strip()]


def _sentence(block: str) -> GoldSentence:
    sid, text = "", ""
    phrases: list[Phrase] = []
    for line in block.splitlines():
        if line.startswith("# ") and (match := _SID.match(line)):
            sid = match.group(1)
        elif line.startswith("+ "):
            head = re.match(r"\+ (-?\d+)", line)
            rels = tuple((m[0], m[2], m[3], int(m[4] or -1)) for m in _REL.findall(line))
            phrases.append(Phrase(len(text), len(text), int(head.group(1)) if head else -1, (), rels))
        elif not line.startswith(("*", "#")) and phrases:
            fields = line.split(" ")
            surface = fields[0].translate(_HALF)
            text += surface
            last = phrases[-1]
            word = (surface, fields[3], fields[5], fields[2])
            phrases[-1] = Phrase(last.begin, len(text), last.head, (*last.words, word), last.rels)
    return GoldSentence(sid, text, tuple(phrases))


def predicates(document: list[GoldSentence]) -> list[GoldPredicate]:
    """Return the predicates of a document with their ガ, ヲ, ニ."""
    numbers = {s.sid: i for i, s in enumerate(document)}
    chains = _chains(document, numbers)
    found = []
    for i, sentence in enumerate(document):
        for j, phrase in enumerate(sentence.phrases):
            kind = _kind(phrase)
            if kind:
                found.append(GoldPredicate(i, j, kind, *_fillers(phrase, numbers, chains)))
    return found


def _fillers(
    phrase: Phrase, numbers: dict[str, int], chains: dict[tuple[int, int], frozenset[tuple[int, int]]]
) -> tuple[dict[str, frozenset[tuple[int, int]]], frozenset[str]]:
    fillers: dict[str, frozenset[tuple[int, int]]] = {}
    outside = set()
    for name, _, sid, index in phrase.rels:
        case = CASES.get(name.rstrip("≒？"))
        if case is None:
            continue
        if sid in numbers:
            place = (numbers[sid], index)
            fillers[case] = fillers.get(case, frozenset()) | chains.get(place, frozenset((place,)))
        else:
            outside.add(case)
    return fillers, frozenset(outside - set(fillers))


def _chains(document: list[GoldSentence], numbers: dict[str, int]) -> dict[tuple[int, int], frozenset[tuple[int, int]]]:
    """Coreference by `=`: what names the same thing, by union of the pairs."""
    chains: dict[tuple[int, int], frozenset[tuple[int, int]]] = {}
    for i, sentence in enumerate(document):
        for j, phrase in enumerate(sentence.phrases):
            for name, _, sid, index in phrase.rels:
                if name == "=" and sid in numbers:
                    one, other = (i, j), (numbers[sid], index)
                    union = chains.get(one, frozenset((one,))) | chains.get(other, frozenset((other,)))
                    for member in union:
                        chains[member] = union
    return chains


def _kind(phrase: Phrase) -> str:
    """Which kind of predicate a base phrase is by its words; "" for one that the corpus annotates with no case at all."""
    if not any(name.rstrip("≒？") in _PREDICATIVE for name, *_ in phrase.rels):
        return ""
    content = next(((i, w) for i, w in enumerate(phrase.words) if w[1] in ("動詞", "形容詞", "名詞", "指示詞", "副詞", "未定義語")), None)
    if content is None:
        return ""
    at, (_, part, _, _) = content
    if part == "動詞":
        return "verb"
    if part == "形容詞":
        return "adjective"
    rest = phrase.words[at + 1 :]
    if any(w[1] == "動詞" and w[3] in _SURU for w in rest):
        return "verb"
    if any(w[1] == "判定詞" for w in rest):
        return "copula"
    return "event" if any(w[2] == "サ変名詞" for w in phrase.words) else "copula"
