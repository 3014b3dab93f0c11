"""The names of an article: each spelling once, with the mentions that bear it, and whether it is a person's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.entity.brackets import RENAMED, Stated
from kg.entity.keys import key, plain, script
from kg.entity.titles import sphere, title_after
from kg.model import EntityClass, Form, Mention

_HUMAN = frozenset({"氏", "容疑者", "被告", "選手", "教授", "准教授", "博士", "議員", "女史"})
_STATED = 0.9  # a name that nobody found but brackets
_BRACKETS = re.compile(r"[（(][^（）()\n]{1,30}[)）]")


@dataclass(slots=True, eq=False)
class Name:
    """One spelling, with the mentions that bear it. `title` tells apart people whose surname alone does not."""

    key: str
    text: str
    mentions: list[Mention] = field(default_factory=list)
    human: bool = False
    title: str = ""
    bracketed: bool = False

    @property
    def kind(self) -> EntityClass:
        """The class that its mentions vote for."""
        if self.human:
            return EntityClass.PERSON
        if len(kinds := {mention.type for mention in self.mentions}) == 1:
            return kinds.pop()
        votes: Counter[EntityClass] = Counter()
        for mention in self.mentions:
            votes[mention.type] += round(mention.confidence * 1000)
        return max(votes, key=lambda kind: (votes[kind], kind.value))


def with_stated(text: str, mentions: Sequence[Mention], said: Sequence[Stated]) -> list[Mention]:
    """Return the mentions with those that only brackets state: （以下、X）."""
    taken = sorted((m.begin, m.end) for m in mentions)
    kinds = {key(text[alias.begin : alias.end]): alias.mention.type for alias in said if alias.rule == RENAMED}
    found = [replace(m, type=kinds[key(m.text)]) if key(m.text) in kinds else m for m in mentions]
    for alias in said:
        if not alias.itself and not any(b < alias.end and alias.begin < e for b, e in taken):
            found.append(Mention(alias.begin, alias.end, text[alias.begin : alias.end], alias.mention.type, Form.NAME, alias.rule, _STATED))
    return found


def names_of(text: str, mentions: Sequence[Mention], said: Sequence[Stated]) -> list[Name]:
    """Return the names: mentions of one key are one; of these 氏 takes the people from the rest (ケイン氏, ケイン社)."""
    bracketed = {(alias.begin, alias.end) for alias in said}
    found: dict[tuple[str, bool], Name] = {}
    human = _human_keys(text, mentions)
    for mention in sorted(mentions, key=lambda m: m.begin):
        which = key(mention.text)
        person = which in human and (mention.type is EntityClass.PERSON or not human[which])
        name = found.setdefault((which, person), Name(which, plain(mention.text), human=person))
        name.mentions.append(mention)
        name.bracketed |= (mention.begin, mention.end) in bracketed
    return list(found.values())


def _human_keys(text: str, mentions: Iterable[Mention]) -> dict[str, bool]:
    """Keys that 氏 or a like word follows somewhere, and whether the key is firmly something else elsewhere."""
    follows: dict[str, bool] = {}
    firm: dict[str, bool] = defaultdict(bool)
    for mention in mentions:
        which = key(mention.text)
        title = title_after(text, _behind_brackets(text, mention.end))
        if sphere(title) == "academic" and mention.text.endswith("大") and text.startswith(title, mention.end):
            firm[which] = True  # 東城大教授
        elif title in _HUMAN or (sphere(title) in ("company", "public", "academic") and _is_personal(text, mention)):
            follows[which] = True
        elif mention.type is not EntityClass.PERSON and mention.confidence >= 0.7:
            firm[which] = True
    return {which: firm[which] for which in follows}


def _behind_brackets(text: str, end: int) -> int:
    """Where brackets with another spelling end: Naoko Endo（遠藤直子）社長."""
    found = _BRACKETS.match(text, end)
    return found.end() if found else end


def _is_personal(text: str, mention: Mention) -> bool:
    """Whether a name before a title looks like a person's: 青葉計測の小川恭範社長, not 青葉計測社長."""
    if script(mention.text) == "kanji":
        return text[mention.begin - 1 : mention.begin] == "の" and 2 <= len(mention.text) <= 5
    bracketed = text[mention.end : mention.end + 1] in ("（", "(")
    return bracketed or (text[mention.begin - 1 : mention.begin] in ("の", "、") and "・" in mention.text)
