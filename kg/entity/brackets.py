"""Names that the text itself gives a thing: Mark Zuckerberg(マーク・ザッカーバーグ)氏, 株式会社X（以下、X）, X（旧Y）, X、通称Y."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.entity.keys import affixes, core, is_latin, key, script, spelling
from kg.entity.recurs import recurs
from kg.entity.renamed import renamed
from kg.entity.short import acronym, picks, shortens
from kg.entity.sound import distance, transliterates
from kg.entity.titles import after_name, is_title, title_after, title_end
from kg.lexicon import rows
from kg.model import EntityClass, Form, Mention

RENAMED = "renamed"
_OPEN = re.compile(r"[」』”\"]?\s?[（(]")
_FIRM = 0.7  # confidence from which a class is no accident
_LOOSE = 2.3  # times as far by sound as names that nothing else joins
_KNOWN_AS = re.compile(r".*?(?<![\w・ー])([\w・ー-]+?)[」』]?とも?(?:呼ばれる|呼ばれた|呼ばれている|呼ぶ|いう|称する)")
_LONGEST = 80
_FIELD = re.compile(r"[、,，;；/／]")
_BELOW = re.compile(
    r"以下[、,，:：]?\s?(?:単に|総称して|あわせて|併せて|略して)?[、,]?\s?[「『\"“]?([^「」『』\"“”]+?)[」』\"”]?(?:と(?:いう|いい|呼ぶ|呼び|する|し|略す|略し|略記|表記).*)?[。]?"
)
_EITHER = re.compile(r"(?:[^（()）]*、)?以下[、,]?\s?([^、（()）]+?)(?:または|もしくは|あるいは|又は)([^、（()）]+)")  # 以下「北斗」または「当社」
_CAPITALS = re.compile("[A-Z]{2,6}")
_CODE = re.compile(r"[A-Z]{1,5}-?\d+[A-Za-z]{0,3}")
_NAME = re.compile(r"[A-ZÀ-Þ][\w.&'’+ -]*|[ァ-ヺー・＝=]{2,}|[ァ-ヺー・]+[\d.]+", re.ASCII)
_RANKED = re.compile(r"元(?:横綱|大関|関脇|小結|前頭|平幕|幕内|十両)の?$")
_REGNAL = re.compile(r"[ァ-ヺー]{2,}[0-9０-９]{0,2}世")
_JOINT = re.compile("[ので、・]")
_BARE_BEFORE = re.compile(r"([ァ-ヺー・＝]{2,}[0-9]*|[A-Z][A-Za-z.&'’+-]*(?: [A-Z0-9][\w.&'’+-]*)*)[」』]?\s?[（(][「『]?$")


@dataclass(frozen=True, slots=True)
class Stated:
    """A stretch that names the same thing as the mention before it, or a first person that stands for it (以下「当社」)."""

    mention: Mention
    begin: int
    end: int
    rule: str
    itself: bool = False


def trimmed(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions without a cue that the recognizer took into a name in brackets: （旧ツイッター） is ツイッター."""
    found = []
    names = {mention.text for mention in mentions}
    for mention in mentions:
        if mention.text[:1] == "旧" and mention.text[1:] in names:
            mention = replace(mention, begin=mention.begin + 1, text=mention.text[1:])  # 旧青葉商事, 青葉商事
        mention = _bearing_title(text, _titleless(mention), mentions)
        cue = _cue(mention.text) if text[mention.begin - 1 : mention.begin] in ("（", "(", "「") else ""
        if cue and text[mention.begin - 1] in "（(":
            begin, end = _trim(text, mention.begin + len(cue), mention.end)
            mention = replace(mention, begin=begin, text=text[begin:end])
        found.append(mention)
    return tuple(found)


def _titleless(mention: Mention) -> Mention:
    """Without a title that the recognizer took into a name: 山本常務, Takashi Endo CFO."""
    title = title_end(mention.text)
    bare = mention.text.removesuffix(title).rstrip()
    if mention.form is not Form.NAME or not title or len(bare) < 2 or mention.type is EntityClass.MODEL:
        return mention
    return replace(mention, end=mention.begin + len(bare), text=bare, type=EntityClass.PERSON)


def _bearing_title(text: str, mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """A person where the brackets behind a name hold a person and a title follows them: Naoko Endo（遠藤直子）社長. So is カノン3世."""
    if mention.form is Form.NAME and _REGNAL.fullmatch(mention.text):
        return replace(mention, type=EntityClass.PERSON)
    opening = _OPEN.match(text, mention.end)
    inside = next((m for m in mentions if opening and m.begin == opening.end() and m.type is EntityClass.PERSON), None)
    if inside and mention.form is Form.NAME and text[inside.end : inside.end + 1] in ("）", ")") and title_after(text, inside.end + 1):
        return replace(mention, type=EntityClass.PERSON)
    return mention


def stated(text: str, mentions: Sequence[Mention]) -> Iterator[Stated]:
    """Yield what the text says are other names of its mentions, in brackets behind them or after 通称 and the like."""
    at = {(m.begin, m.end): m for m in mentions}
    for mention in mentions:
        if mention.form is not Form.NAME:
            continue
        yield from _behind(text, mention, at)
        yield from _after_title(text, mention)
        yield from _called(text, mention)
        yield from _before(text, mention, at)
        yield from _once(text, mention, at)
    yield from (Stated(r.mention, r.begin, r.end, RENAMED) for r in renamed(text, mentions))


def _behind(text: str, mention: Mention, at: dict[tuple[int, int], Mention]) -> Iterator[Stated]:
    opening = _OPEN.match(text, after_name(text, mention.end))
    close = _close(text, opening.end()) if opening else -1
    if not opening or close < 0:
        return
    begin = opening.end()
    if choice := _EITHER.fullmatch(text, begin, close):
        for group in (1, 2):
            yield from _below(text, mention, *_trim(text, *choice.span(group)))
        return
    if below := _BELOW.fullmatch(text, begin, close):
        yield from _below(text, mention, *below.span(1))
        return
    for number, (b, e) in enumerate(_fields(text, begin, close)):
        words = text[b:e]
        if below := _BELOW.fullmatch(words):
            yield from _below(text, mention, b + below.start(1), b + below.end(1))
        elif (known := _KNOWN_AS.fullmatch(words)) and (inside := _ends_at(at, b + known.end(1))):
            yield Stated(mention, inside.begin, inside.end, "brackets:known as")
        elif cue := _cue(words):
            b, e = _trim(text, b + len(cue), e)
            e = _without_title(text, b, e) if mention.type is EntityClass.PERSON and (b, e) not in at else e  # 通称まっちゃん
            if e > b:
                yield Stated(mention, b, e, "brackets:cue")
        elif number == 0:
            e = _without_title(text, b, e)
            words = text[b:e]
            if names_too(mention, words, at.get((b, e))) or recurs(text, mention, b, e, at.get((b, e))):
                yield Stated(mention, b, e, "brackets")


def _after_title(text: str, mention: Mention) -> Iterator[Stated]:
    """What a title divides from the name: 相馬竜也容疑者（通称「X」）."""
    title = title_after(text, mention.end) if mention.type is EntityClass.PERSON else ""
    opening = _OPEN.match(text, mention.end + len(title)) if title and text.startswith(title, mention.end) else None
    close = _close(text, opening.end()) if opening else -1
    if opening is None or close < 0 or not (cue := _cue(text[opening.end() : close])):
        return
    begin, end = _trim(text, opening.end() + len(cue), close)
    if end > begin:
        yield Stated(mention, begin, end, "brackets:cue")


def _ends_at(at: dict[tuple[int, int], Mention], end: int) -> Mention | None:
    return next((m for (_, e), m in at.items() if e == end), None)


def _without_title(text: str, begin: int, end: int) -> int:
    """Where a name in brackets ends, a title behind it left out: （ロバート・ブルーム枢機卿）."""
    for at in range(begin + 2, end):
        if is_title(text[at:end]) and len(text[at:end]) > 1:
            return at
    return end


def _below(text: str, mention: Mention, begin: int, end: int) -> Iterator[Stated]:
    itself = text[begin:end] in _first_persons()
    yield Stated(mention, begin, end, "brackets:below", itself)


def _called(text: str, mention: Mention) -> Iterator[Stated]:
    """X、通称「Y」 and X、略称Yは outside brackets."""
    found = _calling().match(text, mention.end)
    name = found and _NAME.match(found[2])
    if found and found[1] and text[found.end() : found.end() + 1] in ("」", "』"):
        yield Stated(mention, *found.span(2), "cue")
    elif found and name:
        yield Stated(mention, found.start(2), found.start(2) + name.end(), "cue")


@cache
def _calling() -> re.Pattern[str]:
    cues = "|".join(map(re.escape, _cues()))
    return re.compile(rf"[」』]?(?:[（(][^（）()]*[)）])?[、,＝]\s?(?:{cues})([「『]?)([^「」『』、。,（）()\s]{{1,20}})")


def _before(text: str, mention: Mention, at: dict[tuple[int, int], Mention]) -> Iterator[Stated]:
    """A name that nobody found, right before brackets that hold one found that sounds the same."""
    found = _BARE_BEFORE.search(text, max(0, mention.begin - 40), mention.begin)
    if found and found.span(1) not in at and not any(b < found.end(1) <= e for b, e in at) and sounds_like(found[1], mention.text):
        yield Stated(mention, *found.span(1), "brackets:before")


def _once(text: str, mention: Mention, at: dict[tuple[int, int], Mention]) -> Iterator[Stated]:
    """旧YのX, 元大関YのX: the older name of what follows it."""
    joint = _JOINT.match(text, mention.end)
    new = next((m for m in at.values() if joint and m.begin == joint.end()), None)
    if new is None:
        return
    if text[mention.begin - 1 : mention.begin] == "旧" and mention.type is not EntityClass.PLACE and new.type is mention.type:
        yield Stated(new, mention.begin, mention.end, "旧")
    if new.type is EntityClass.PERSON and _RANKED.search(text, max(0, mention.begin - 6), mention.begin):
        yield Stated(new, mention.begin, mention.end, "ring name")


def _close(text: str, begin: int) -> int:
    depth = 1
    for i in range(begin, min(len(text), begin + _LONGEST)):
        depth += (text[i] in "（(") - (text[i] in "）)")
        if depth == 0:
            return i
        if text[i] == "\n":
            return -1
    return -1


def _fields(text: str, begin: int, close: int) -> Iterator[tuple[int, int]]:
    at = begin
    for mark in [*_FIELD.finditer(text, begin, close), None]:
        end = mark.start() if mark else close
        yield _trim(text, at, end) if not text[at:end].lstrip().startswith("以下") else (at, end)
        at = mark.end() if mark else close
    if "以下、" in text[begin:close]:
        yield text.index("以下、", begin), close


def _trim(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin] in ' 　「『・:：=＝"“”':
        begin += 1
    while begin < end and text[end - 1] in ' 　」』"“”':
        end -= 1
    return begin, end


@cache
def _cues() -> tuple[str, ...]:
    return tuple(sorted((row["cue"] for row in rows("alias_cues.tsv") if row["kind"] == "alias"), key=lambda cue: (-len(cue), cue)))


@cache
def _first_persons() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("first_persons.tsv"))


def _cue(words: str) -> str:
    return next((cue for cue in _cues() if words.startswith(cue) and len(words) > len(cue)), "")


def names_too(mention: Mention, words: str, inside: Mention | None) -> bool:
    """Whether words in brackets behind a mention are another name of it, `inside` being the mention that they are, if any."""
    name = mention.text
    if not words or len(words) > 50 or not re.search(r"[^\W\d_]", words) or is_title(words) or key(words) == key(name):
        return False
    if key(words) in _bare_affixes():
        return False
    if _resembles(name, words) or shortens(words, name) or shortens(name, words) or acronym(words, name) or picks(words, name):
        return True
    tests = {EntityClass.PERSON: _names_person, EntityClass.PLACE: _never, EntityClass.UNNAMED_SOURCE: _never, EntityClass.MODEL: _names_model}
    return tests.get(mention.type, _names_body)(mention, words, inside)


@cache
def _bare_affixes() -> frozenset[str]:
    return frozenset(key(affix) for affix in affixes("legal"))


def sounds_like(one: str, other: str) -> bool:
    """Whether one is the katakana spelling of the other."""
    return transliterates(one, other) or transliterates(other, one)


def _resembles(one: str, other: str) -> bool:
    return distance(one, other, _LOOSE) is not None or distance(other, one, _LOOSE) is not None


def _never(mention: Mention, words: str, inside: Mention | None) -> bool:
    return False


def _names_person(mention: Mention, words: str, inside: Mention | None) -> bool:
    if inside and inside.type is not EntityClass.PERSON:
        return False
    here, there = script(mention.text), script(words)
    if _REGNAL.fullmatch(mention.text) and inside:
        return True
    if here == there or any(char.isdigit() for char in words):
        return False
    if there == "kanji":
        return here in ("latin", "katakana") and 2 <= len(words) <= 5 and inside is not None
    if here == "kanji" and there == "katakana" and "・" not in words:
        return bool(inside)  # 日比野圭（カルナーダ）: his club
    return there == "hiragana" or (there in ("latin", "katakana") and _NAME.fullmatch(words) is not None)


def _names_model(mention: Mention, words: str, inside: Mention | None) -> bool:
    if inside and inside.type is not EntityClass.MODEL and (inside.confidence >= _FIRM or not _other_script(mention.text, words)):
        return False
    return bool(_CODE.fullmatch(words)) or inside is not None or _other_script(mention.text, words)


def _names_body(mention: Mention, words: str, inside: Mention | None) -> bool:
    if _CAPITALS.fullmatch(words) and _ends_kanji(mention.text) and (inside is None or inside.type is not EntityClass.PERSON):
        return True  # AI安全研究所（AISI、エーシー）
    if inside and inside.type in (EntityClass.PLACE, EntityClass.PERSON, EntityClass.MODEL) and inside.confidence >= _FIRM:
        return False
    if inside and inside.type is mention.type:
        alike = core(words) == core(mention.text) or words[:2] == mention.text[:2]
        if alike or (is_latin(mention.text) and not is_latin(words)):
            return True
    if script(words) == "katakana" and script(mention.text) not in ("latin", "katakana") and len(words) > 3 and _ends_kanji(mention.text):
        return True
    return _other_script(mention.text, words) and not spelling(words).endswith(("製", "系"))


def _ends_kanji(name: str) -> bool:
    return script(name[-2:]) == "kanji"


def _other_script(name: str, words: str) -> bool:
    """Latin for Japanese or katakana for Latin, nothing mixed: 英通商監査庁（BTA）, ブラヴァ（Brava Intelligence）."""
    if not _NAME.fullmatch(words):
        return False
    return is_latin(words) != is_latin(name) and (is_latin(words) or script(words) == "katakana")
