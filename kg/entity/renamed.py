"""One thing by two names that a clause gives: 「X」ことY, Yの名で知られるX, 社名をYからXに変えた."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import EntityClass, Form, Mention

_TOLD = re.compile(r"こと[、「『]?\S|改称|改名|名(?:称|前)?(?:を|へ|に|で)|名乗|呼ばれ")
_NICKNAME = re.compile(r"(?:[「『“\"]([^「」『』“”\"。、\s]{1,20})[」』”\"]|(?<![ァ-ヺーA-Za-z0-9])([ァ-ヺーA-Za-z0-9]{2,15}))こと、?[「『]?$")
_OF_BODIES = "会?社名|商号|党名|団体名|校名|球団名"
_LABEL = rf"(?:{_OF_BODIES}|名称|サービス名|ブランド名|製品名|名前|名)"
_TURNS = r"(?:変更|変え|変わ|改め|改称|改名|切り替え)"
_NOT_YET = r"(?![^。、]{0,10}?(?:ない|ず[、に]|検討|見送|断念|撤回|案))"
_SHUT = r"[」』”\"]?"
_FORMER = re.compile(rf"{_SHUT}から、?(?:現在の|今の)?(?:{_LABEL}を)?[「『“\"]?")  # YからXに
_LATER = re.compile(rf"{_SHUT}(?:へ|に|へと)(?:{_LABEL}?を?)?{_TURNS}{_NOT_YET}")
_TOPIC = re.compile(r"(?:社|側)?(?:は|が|も)(?:[^。「」]{0,30}?[、日月年にで])?[「『“\"]?")
_NAMED = re.compile(rf"(?:社|側)?(?:は|が|も)(?:[^。「」]{{0,30}}?[、日月年にで])?(?:({_OF_BODIES})|{_LABEL})を[「『“\"]?")
_ONCE = re.compile(rf"{_SHUT}から{_LABEL}?を?{_TURNS}{_NOT_YET}")
_ONCE_BEFORE = re.compile(rf"{_SHUT}から{_LABEL}?を?{_TURNS}(?:た|ていた|した|された)(?:[^。、はがを]{{0,8}}の)?[「『]?")  # Yから名を改めたX
_INTO = re.compile(rf"{_SHUT}(?:へと|へ|に|と)(?:{_LABEL}を{_TURNS}|改称|改名){_NOT_YET}")
_INTO_BEFORE = re.compile(rf"{_SHUT}(?:へと|へ|に|と){_TURNS}(?:た|ていた|した|された)(?:[^。、はがを]{{0,8}}の)?旧?[「『]?")  # 社名をXに改めたY
_ITS_NAME = re.compile(rf"(?:{_OF_BODIES})を[「『]?$")
_IN_BRACKETS = re.compile(r"[」』]?[（(](?:[0-9０-９年月]{2,8}に、?)?[「『]?")  # X（2018年にYから改称）
_KNOWN = re.compile(
    rf"{_SHUT}(?:という|の)?{_LABEL}(?:で|として)(?:広く|よく|長く|長年)?(?:知られ|親しまれ|呼ばれ|通って|活動)[^。、はがを]{{0,8}}?の?[「『]?"
    rf"|{_SHUT}と(?:名乗って|称して|呼ばれて)いた(?:[^。、はがをの]{{0,6}}の)?[「『]?"
)
_FAR = 60  # characters between the two names of one clause


@dataclass(frozen=True, slots=True)
class Renamed:
    """A stretch that is another name of `mention`."""

    mention: Mention
    begin: int
    end: int


def renamed(text: str, mentions: Sequence[Mention]) -> Iterator[Renamed]:
    """Yield other names of mentions: 「ぽんP」こと三浦航さん, 東海計器から社名を改めたトーケイ."""
    names = [m for m in mentions if m.form is Form.NAME and m.type is not EntityClass.UNNAMED_SOURCE]
    for cue in _TOLD.finditer(text):
        near = [m for m in names if cue.start() - _FAR < m.begin and m.end <= cue.end() + _FAR]
        for i, mention in enumerate(near):
            yield from _nicknames(text, mention, near[:i])
            yield from (_with_new_first(text, other, mention) for other in near[:i] if _are_one(text, other, mention))


def _nicknames(text: str, mention: Mention, before: Sequence[Mention]) -> Iterator[Renamed]:
    if nickname := _NICKNAME.search(text, max(0, mention.begin - _FAR), mention.begin):
        begin, end = nickname.span(1 if nickname[1] else 2)
        inside = next((m for m in before if m.begin == begin and m.end <= end), None)  # ハル of 「ハルちゃん」こと
        yield Renamed(mention, begin, inside.end if inside else end)


def _with_new_first(text: str, first: Mention, second: Mention) -> Renamed:
    """The name in brackets is the other name of the plain one, whose class is surer."""
    one, name = (first, second) if text[second.begin - 1] in "「『" else (second, first)
    return Renamed(one, name.begin, name.end)


def _are_one(text: str, first: Mention, second: Mention) -> bool:
    """Whether the words between two names, and those behind the second, say that one thing bears or bore both."""
    if text[first.begin - 1 : first.begin] in ("と", "や", "、", "・"):
        return False  # of two that merge neither takes a new name
    between = (text, first.end, second.begin)
    if EntityClass.PLACE in (first.type, second.type):
        bracketed = _IN_BRACKETS.fullmatch(*between) and _ONCE.match(text, second.end)
        return first.type is second.type and bool(bracketed or (_TOPIC.fullmatch(*between) and _INTO.match(text, second.end)))
    if _KNOWN.fullmatch(*between) or _ONCE_BEFORE.fullmatch(*between):
        return True
    if _INTO_BEFORE.fullmatch(*between) and _ITS_NAME.search(text, max(0, first.begin - 8), first.begin):
        return True
    if _IN_BRACKETS.fullmatch(*between) and _ONCE.match(text, second.end):
        return True
    if _FORMER.fullmatch(*between) or ((label := _NAMED.fullmatch(*between)) and (label[1] or first.type is EntityClass.MODEL)):
        return _LATER.match(text, second.end) is not None
    return _TOPIC.fullmatch(*between) is not None and (_ONCE.match(text, second.end) or _INTO.match(text, second.end)) is not None
