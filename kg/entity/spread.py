"""Names found once, found again: occurrences that the recognizer left out, and the short forms of what it found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kg.entity.keys import affixes, legal_free, plain, script
from kg.entity.short import abbreviates, clips
from kg.entity.sound import transliterates, weight
from kg.entity.titles import sphere, title_after
from kg.model import EntityClass, Form, Mention
from kg.segment import occurrences

_REST = re.compile(r"[々一-鿿ァ-ヺー]{1,5}")
_FOREIGN = re.compile(r"[ァ-ヺー・]{3,}|[A-Za-z][A-Za-z]{2,}(?: [A-Z][A-Za-z]+)*")
_SURE = 3  # consonants that a sound must share with a name where nothing else says that the word is one
_SPACED = re.compile(r"(?<=\w)\s(?=\w)")
_JOINT = re.compile(r"[\s・＝=]")
_LETTER = {"latin": r"[A-Za-z0-9À-ɏ]", "katakana": r"[ァ-ヺー]", "kanji": r"[々㐀-鿿]", "hiragana": r"[ぁ-ゖ]"}
_ACTING = re.compile(r"(?:は|が|も)(?!ない|なく|あ)|の(?:社長|会長|広報|株|幹部|担当)|を(?:買収|傘下)|と(?:提携|合併)")
_OFFICER = re.compile(r"の[^、。「」はがをに]{2,14}(?:所長|社長|会長|理事長|代表|院長|局長|CEO|教授|広報担当者)")
_FIRST_WORD = re.compile(r"[ァ-ヺー]{3,}(?=[一-龥]{2})")  # ポンポコ of ポンポコ宇宙研究所, before one of its people
_PARTICLE = re.compile(r"[はがのをにとでも、」』]|側|社|さん")
_BEHIND = re.compile(r"[社側製株氏前元現]|HD")
_VERSION = re.compile(r"[\s-]?\d|\s[A-Z]")
_BODIES = (EntityClass.ORGANIZATION, EntityClass.OUTLET)


def spread(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions and those that they imply: 浜口システムズ found, 浜口 and 大河内氏 of 大河内俊 are looked for in all of the text."""
    taken = _Taken(mentions)
    found = list(mentions)
    for word, kind, rule in _wanted(text, mentions):
        for begin, end in occurrences(text, word):
            if taken.free(begin, end) and stands_alone(text, begin, end) and (rule != "surname" or _titled(text, end) or _foreign(text, word, end)):
                if (rule == "first part" and not _ACTING.match(text, end)) or (rule == "first word" and not _OFFICER.match(text, end)):
                    continue
                found.append(Mention(begin, end, word, kind, Form.NAME, f"again:{rule}", 0.6))
                taken.add(begin, end)
    found += _by_sound(text, found, taken)
    found += _abbreviated(text, found, taken)
    return tuple(sorted(found, key=lambda m: (m.begin, -m.end)))


def _by_sound(text: str, mentions: Sequence[Mention], taken: _Taken) -> list[Mention]:
    """Katakana and Latin words that nobody found and that sound like a name of the other script: Spotify found, スポティファイ again."""
    latin = {m.text: m.type for m in mentions if m.form is Form.NAME and script(m.text) == "latin" and weight(m.text) >= _SURE}
    kana = {m.text: m.type for m in mentions if m.form is Form.NAME and script(m.text) == "katakana" and len(m.text) > 3}
    found = []
    for match in _FOREIGN.finditer(text):
        begin, end = match.span()
        word = match.group()
        if not taken.free(begin, end):
            continue
        if script(word) == "katakana":
            kind = next((kind for name, kind in latin.items() if transliterates(legal_free(name), word)), None)
        else:
            kind = next((kind for name, kind in kana.items() if weight(word) >= _SURE and transliterates(word, legal_free(name))), None)
        if kind:
            found.append(Mention(begin, end, word, kind, Form.NAME, "again:sound", 0.6))
            taken.add(begin, end)
    return found


def _abbreviated(text: str, mentions: Sequence[Mention], taken: _Taken) -> list[Mention]:
    """Kanji that nobody found and that abbreviate a body's name: 北洋石油化学工業 found, 北洋石化 again."""
    found = []
    for name, kind in {m.text: m.type for m in mentions if m.type in _BODIES and len(m.text) > 4 and script(m.text[:2]) == "kanji"}.items():
        for begin, head in occurrences(text, name[:2]):
            rest = _REST.match(text, head)
            end = rest.end() if rest is not None else begin
            short = text[begin:end]
            if (
                rest is not None
                and len(short) < len(name) - 1
                and taken.free(begin, end)
                and stands_alone(text, begin, end)
                and (clips(short, name) or abbreviates(short, name))
            ):
                found.append(Mention(begin, end, short, kind, Form.NAME, "again:abbreviation", 0.6))
                taken.add(begin, end)
    return found


def _wanted(text: str, mentions: Sequence[Mention]) -> list[tuple[str, EntityClass, str]]:
    """Words to look for, longest first; a word has the class of the first name that gives it."""
    wanted: dict[str, tuple[EntityClass, str]] = {}
    for mention in mentions:
        if mention.form is Form.NAME:
            wanted.setdefault(mention.text, (mention.type, "same"))
    for mention in mentions:
        if mention.form is Form.NAME:
            for word, rule in _short_forms(mention):
                wanted.setdefault(word, (mention.type, rule))
    for word, (kind, _) in list(wanted.items()):
        if _SPACED.search(word):
            wanted.setdefault(_SPACED.sub("", word), (kind, "same"))
    ready = [(word, kind, rule) for word, (kind, rule) in wanted.items() if word and _worth(word, rule)]
    return sorted(ready, key=lambda item: (-len(item[0]), item[0]))


def _worth(word: str, rule: str) -> bool:
    if len(word) == 1:
        return rule == "surname" and script(word) == "kanji"
    return len(word) > 3 or script(word) != "hiragana"


def _short_forms(mention: Mention) -> Iterator[tuple[str, str]]:
    name = plain(mention.text)
    if mention.type is EntityClass.PERSON:
        if script(name) == "kanji" and 3 <= len(name) <= 6:
            yield from ((name[:length], "surname") for length in (3, 2, 1) if length < len(name))
        elif len(pieces := _JOINT.split(name)) > 1:
            yield pieces[-1], "surname"
    if mention.type in _BODIES and len(pieces := _JOINT.split(name)) > 1 and script(name) in ("katakana", "latin"):
        yield name[: -len(pieces[-1])].rstrip("・＝= "), "short form" if len(pieces) > 2 else "first part"
    if mention.type in _BODIES and (first := _FIRST_WORD.match(name)) is not None:
        yield first.group(), "first word"
    if mention.type in _BODIES:
        yield from ((word, "short form") for word in _bare_forms(name) if len(word) > 2 or script(word) == "kanji")


def _bare_forms(name: str) -> Iterator[str]:
    bare = name
    for affix in affixes("legal"):
        bare = bare.removeprefix(affix).removesuffix(affix).strip()
    if bare != name:
        yield bare
    ending = next((head for head in affixes("head") if bare.endswith(head)), "")
    if ending and len(bare) > len(ending) + 1:
        yield bare.removesuffix(ending).rstrip(" ・")


def _titled(text: str, end: int) -> bool:
    title = title_after(text, end)
    return bool(title) and (sphere(title) != "honorific" or title in ("氏", "さん"))


def _foreign(text: str, word: str, end: int) -> bool:
    """Whether a person's last name in katakana stands for him without a title: マイクは「…」."""
    return len(word) > 2 and script(word) == "katakana" and re.match("[はがもにのと]", text[end : end + 1]) is not None


def stands_alone(text: str, begin: int, end: int) -> bool:
    """Whether a stretch is a word of its own: no letter of the same script beside it, no version behind it."""
    before, after = text[begin - 1 : begin], text[end : end + 1]
    first, last = script(text[begin]), script(text[end - 1])
    if last == "hiragana":
        return bool(_PARTICLE.match(text, end)) and (first != "hiragana" or not re.match(r"[ぁ-ゖ]", before))
    if before and re.match(_LETTER.get(first, r"(?!)"), before) and not (first == "kanji" and before in "米英独仏伊露韓旧新"):
        return False
    if last == "latin" and _VERSION.match(text, end):
        return False
    if after and re.match(_LETTER.get(last, r"(?!)"), after):
        return bool(_BEHIND.match(text, end) or title_after(text, end)) and last == "kanji"
    return True


class _Taken:
    """Stretches that are spoken for."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.spans = sorted((m.begin, m.end) for m in mentions)

    def free(self, begin: int, end: int) -> bool:
        """Return whether no name stands in a stretch."""
        at = bisect_right(self.spans, (begin, 1 << 60))
        return not any(b < end and begin < e for b, e in self.spans[max(0, at - 2) : at + 1])

    def add(self, begin: int, end: int) -> None:
        """Put a stretch in."""
        self.spans.insert(bisect_right(self.spans, (begin, end)), (begin, end))
