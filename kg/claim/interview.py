"""Interviews: who is asked, which lines ask, and the answers that stand without brackets."""

from __future__ import annotations

import re
from itertools import groupby

from kg.claim.certainty import quoted_stance
from kg.claim.scene import Scene
from kg.model import Attribution, Entity, EntityClass, Form, Statement
from kg.parse import Sentence

_ASKED = re.compile(
    r"(?:氏|さん|CEO|社長|会長|教授|監督)?(?:に(?:[^。、「」]{0,16}を)?"
    r"(?:聞く|聞いた|聞きました|聞いてき|うかがった|うかがいました|伺った|伺いました|尋ねた|インタビュー)"
    r"|の(?:お?話|言葉|本音)を(?:聞|伺|うかが)(?:う|いた|く|き|え|い)|インタビュー$)"
)
_MET = re.compile(
    r"(?:が|は|に)、?[^。「」]{0,24}(?:取材|インタビュー)に(?:応じ|答え)|に[^。「」]{0,16}(?:語って|話して)(?:もらった|いただいた|いただきました)"
)
_TALK = re.compile(r"(?P<who>[^。、「」：:\s]{1,16})[：:][ 　]*(?P<words>.+)")
_QUESTION = re.compile(r"[―—─]|(?:Q|Ｑ|問)[\d１-９.．:： 　]")  # an interviewer's line
_ASKS = re.compile(r"(?:[？?]|か。)$")
_POLITE = re.compile(r"(?:です|ます|でした|ました|ません|でしょう|ください)(?:[よねかわ]+|けど|が|から|し|もの)?[。！!…～〜]*$")
_IT_WAS = re.compile(
    r"(?:氏|さん|[一-龥ァ-ヺーA-Z]{1,8})?(?:（[^（）\n]{1,12}）)?(?:だ|です|である|だった)?。|(?:氏|さん)?に(?:お?話|聞|伺|うかが)"
)  # 設計したのはXさんだ。
_ASKING = re.compile(r"(?:[？?。]|か|ください)[」』]?$")
_LONGEST = 90  # code points of a question with a line of its own


def is_question(s: Sentence) -> bool:
    """Return whether a sentence is an interviewer's: ――なぜ辞めたのですか。"""
    return _QUESTION.match(s.text) is not None


def interviewee_of(scene: Scene) -> Entity | None:
    """Return who is asked in an interview: the one of 「X氏に聞く」, 「Xさんインタビュー」; in one with questions also who 「取材に応じた」.

    Where that is no name (設計者に聞く), or nothing says so before the questions, it is the person whom the text before them names.
    """
    asked = next((n for n, s in enumerate(scene.outer) if is_question(s)), None)
    told = None
    for s in scene.outer:
        m = _ASKED.search(s.text) or (_MET.search(s.text) if asked is not None else None)
        told = teller(scene, s.begin, s.offsets[m.start()] + 1) if m is not None else None
        if told is not None:
            break
    if asked is None or (told is not None and _is_named(told)) or (told is None and not _is_dialogue(scene)):
        return told
    people = {e: m for s in scene.outer[:asked] for e, m in scene.who.within(s.begin, s.end) if _is_named(e)}
    if len(people) > 1:
        text = scene.article.document.text
        people = {e: m for e, m in people.items() if any(_IT_WAS.match(text, m.end) and m.form is Form.NAME for m in e.mentions)}
    return next(iter(people)) if len(people) == 1 else told


def _is_dialogue(scene: Scene) -> bool:
    """Whether the marked lines are an interviewer's: no survey's questions, no cries."""
    marked = [s.text for s in scene.outer if is_question(s)]
    asking = [text for text in marked if text[0] in "―—─" and _ASKING.search(text)]
    return len(asking) > 1 and 2 * len(asking) > len(marked)


def _is_named(entity: Entity) -> bool:
    return entity.type is EntityClass.PERSON and any(m.form is Form.NAME for m in entity.mentions)


def teller(scene: Scene, begin: int, end: int) -> Entity | None:
    """Return the person named last, else whoever is: 小出達也・専修大教授（政治学）."""
    named = [e for e, _ in scene.who.within(begin, end)]
    people = [e for e in named if e.type is EntityClass.PERSON]
    return next(reversed(people or named), None)


def line_of_talk(scene: Scene, s: Sentence) -> re.Match[str] | None:
    """「浅野氏：…」 in an interview, whose questions stand on lines of their own."""
    m = _TALK.match(s.text)
    person = scene.who.last(s.begin, s.offsets[m.end("who") - 1] + 1) if m is not None else None
    return m if person is not None and person.type is EntityClass.PERSON and any(is_question(o) for o in scene.outer) else None


def answers_of(scene: Scene) -> frozenset[int]:
    """Return the sentences, by index, that answer an interviewer without brackets.

    A marked question (――なぜ？) has the line behind it for its answer; where questions are only lines that ask, there must be two,
    behind the sentence that says who is asked, and an answer is a line in polite words.
    """
    if scene.interviewee is None or scene.interviewee.type is not EntityClass.PERSON:
        return frozenset()
    marked = any(is_question(s) for s in scene.outer)
    lines = [list(group) for _, group in groupby(scene.outer, key=lambda s: s.line)]
    if not marked:
        lines = lines[next((n for n, line in enumerate(lines) if any(_ASKED.search(s.text) for s in line)), 0) + 1 :]
    asking = [_asks(line, marked=marked) for line in lines]
    if sum(asking) < 2:
        return frozenset()
    found: set[int] = set()
    answering = first = False
    for line, asks in zip(lines, asking, strict=True):
        if asks:
            answering = first = True
        elif answering:
            answering = (
                ((marked and first) or _is_polite(line))
                and not any(s.quotes and s.text.startswith("「") for s in line)
                and not _labelled(scene, line)
            )
            first = False
            found.update(s.index for s in line if answering)
    return frozenset(found)


def _asks(line: list[Sentence], *, marked: bool) -> bool:
    if marked:
        return is_question(line[0])
    return sum(len(s.text) for s in line) <= _LONGEST and _ASKS.search(line[-1].text) is not None and not any(s.quotes for s in line)


def _is_polite(line: list[Sentence]) -> bool:
    return any(_POLITE.search(s.text) for s in line)


def _labelled(scene: Scene, line: list[Sentence]) -> bool:
    return line_of_talk(scene, line[0]) is not None


def read_answer(scene: Scene, s: Sentence) -> bool:
    """Make the statement of an answer without brackets; return whether the sentence is one."""
    if s.index not in scene.answers:
        return False
    end = s.end - 1 if s.text.endswith("。") else s.end
    stance = quoted_stance(s, None)
    scene.found.append(Statement(s.begin, end, Attribution.DIRECT_QUOTE, scene.interviewee, None, stance, (), "quote-interview", 0.8))
    return True
