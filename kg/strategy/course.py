"""The phrases of one article that speak of courses of action, and the strategies that they come to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from kg.lexicon import alternatives
from kg.model import Argument, Case, Entity, EntityClass, Form, Mention
from kg.parse import Sentence
from kg.relation.page import Page
from kg.strategy.noun import acts, core_of, follows_course, is_bare, modifier, onward, right, stem, suffix, target, through, words

LONGEST = 28
_LEAD = re.compile(
    r"^(?:向けの|用の|その他の|他の|今後の|当面の|将来の|一連の|さらなる|更なる|本格的な|大規模な|大幅な|急速な|新たな|新しい|これまでの|従来の|今回の|その|この|同種の|同様の|同じ|同(?!種|様|一|時)|こうした|そうした|自らの|自身の|(?:進め|掲げ|検討|計画|推進|目指|打ち出)(?:る|す|する|ている|している|した|ていた|していた))+"
)
_OWNED = re.compile(
    r"^.{0,20}?(?:推し進め|進め|掲げ|打ち出し|温め|持ち出し|示し|唱え|主導[しす]|推進[しす]|計画[しす]|検討[しす]|目指[しす]|提案[しす]|求め|主張[しす]|維持[しす]|発表[しす]|表明[しす]|予定[しす]|構想[しす])(?:る|た|てい[るた]|てきた)(?=.{4})"
)  # whose it is: 社長の推し進める事業の切り離し
_RUN = re.compile("[県市町村都府国公私][立営]")
_FOUL = re.compile(r"[、。「」『』()（）\n:：？！]")
_ABBREVIATED = re.compile(r"[（(][A-Z][A-Za-z0-9]{1,5}[）)]")  # 電気自動車（EV）工場の建設
_CLAUSE = re.compile(r"した|すると|して|[0-9０-９][年月日]")
_THE_BILL = frozenset(("法案", "同法案", "条例案", "同条例案", "改正案", "同改正案"))
_BILL = re.compile("(?:法案|条例案|条例|改正案|予算案|改革案|法)$")
_WHEN = re.compile(
    r"(?:(?:今|来|同|翌|昨)?[0-9０-９年月週日度春夏秋冬内中旬上下半期末初頭]+(?:ごろ|頃|以降)?|早期|近日|近く|[^、。]{1,16}(?:で|への?|向け))の?"
)
_LINKS = frozenset(("の", "へ", "に", "で", "「", "」", "今", "次"))


@dataclass(frozen=True, slots=True)
class Course:
    """A phrase of the text that speaks of a course of action, until `Courses.entities` says which one."""

    number: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that may name a course of action."""

    begin: int
    end: int
    core: str
    names: tuple[str, ...]  # fullest first
    bare: bool  # a noun that says nothing without what it is done to (買収, 開発)
    founds: bool  # it makes a strategy by itself
    rule: str


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(f"..{alternatives(words('act'))}$")


def acted(name: str) -> bool:
    """Return whether a phrase says what is done to what: 給食費の無償化, SNS利用禁止."""
    return bool(_whole().search(name)) and name not in words("act")


@cache
def _aim() -> re.Pattern[str]:
    return re.compile(f"{alternatives(words('aim'))}$")


def aimed(core: str) -> bool:
    """Return whether a noun is a course of action where somebody judges it: 恋愛禁止ルール, 2年縛り."""
    return (ruled(core) or bool(suffix().search(core))) and len(core) > 2


def ruled(core: str) -> bool:
    """Return whether a compound is a rule or a way of doing things: 恋愛禁止ルール, 読書手当, 秋入学."""
    return len(core) > 2 and _aim().search(core) is not None and core not in words("generic") and core not in words("aim")


class Courses:
    """Collects the phrases of one article."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._phrases: list[Phrase] = []

    def read(self, sentence: Sentence, argument: Argument, lemma: str, known_only: bool, firm: bool = True) -> Course | None:
        """Return the course that an argument speaks of, or None if its noun names none.

        `known_only`: only if other words of the article make it one. `firm`: the predicate is plain fact, so that a
        predicate that takes any event (行う, 始める) is no reason to call it a strategy.
        """
        if argument.case in (Case.WO, Case.GA) and self.page.text.startswith(("からの", "への", "との"), argument.end):
            return None  # 出店拡大 in 出店拡大からの撤退
        phrase = self.phrase(sentence, argument, lemma, known_only, firm)
        if phrase is None:
            return None
        return self.keep(phrase)

    def keep(self, phrase: Phrase) -> Course:
        """Return a phrase as a course."""
        self._phrases.append(phrase)
        return Course(len(self._phrases) - 1)

    def place(self, course: Course) -> tuple[int, int]:
        """Return where the fullest name of a course stands, or as much of it as stands in the text."""
        return self.starts(course)[0], self._phrases[course.number].end

    def starts(self, course: Course) -> list[int]:
        """Return where the names of a course begin that stand in the text, the fullest first."""
        phrase = self._phrases[course.number]
        return sorted({phrase.end - len(name) for name in phrase.names if self.page.text.endswith(name, 0, phrase.end)} | {phrase.begin})

    def phrase(self, sentence: Sentence, argument: Argument, lemma: str, known_only: bool, firm: bool) -> Phrase | None:
        """Return the words of an argument that name a course, or None."""
        span = sentence.tokens(argument.head, argument.head + 1)
        if span is None:
            return None
        doc = sentence.doc
        head = onward(doc, sentence.tokens(argument.begin, argument.head), right(doc, through(doc, span.start)))
        if doc[head].text in words("passing"):
            return self._law(sentence, head, lemma)
        aim = target(doc, head)
        first, last = core_of(doc, aim)
        begin, end = sentence.span(first, last)
        core = self.page.text[begin:end]
        if core in _THE_BILL and argument.begin >= begin and (bill := self._last_bill()) is not None:
            return bill  # 法案に反対した
        if not self._names_course(doc, aim, core, lemma, known_only):
            return None
        names = self._names(sentence, argument, first, last, head)
        if names and self._only_when(names[0], core):
            return None
        bare = is_bare(doc, first, aim, core)
        if not names or (bare and names == [core] and not known_only):
            known_only = True
        way = bool(suffix().search(core)) or (core in words("suffix") and names != [core]) or (bool(names) and acted(names[0]))
        way = way or ruled(core)
        if lemma in words("strict") and not way and core not in words("bare"):
            known_only = True
        if firm and lemma in words("weak") and not way:
            known_only = True
        return Phrase(begin, end, core, tuple(names) or (core,), bare, not known_only, f"course:{lemma}")

    def _only_when(self, name: str, core: str) -> bool:
        """Whether a phrase says of an offer only when, where or to whom: 年内の投入, 台湾と韓国での公開, 金融機関への提供."""
        before = name.removesuffix(core)
        return core in words("offer") and before != name and _WHEN.fullmatch(before) is not None

    def _law(self, sentence: Sentence, head: int, lemma: str) -> Phrase | None:
        """The bill of which 国会への提出, 早期成立 speak: the one before it in its phrase, else the last that the article spoke of."""
        doc, at = sentence.doc, head - 1
        while at > 0 and (doc[at].text in _LINKS or doc[at].pos_ in ("NOUN", "PROPN", "NUM", "PUNCT")):
            first, last = core_of(doc, at)
            begin, end = sentence.span(first, last)
            if doc[last].pos_ != "PUNCT" and _BILL.search(core := self.page.text[begin:end]):
                return Phrase(begin, end, core, (core,), is_bare(doc, first, last, core), True, f"course:{lemma}")
            at = first - 1
        return self._last_bill()

    def _last_bill(self) -> Phrase | None:
        return next((p for p in reversed(self._phrases) if _BILL.search(p.core)), None)

    def described(self, words: str, other: Course) -> Course | None:
        """Return the course by which a thing is called: オープンソース of オープンソースモデル「X」; not the `other` one."""
        against = self._phrases[other.number]
        for phrase in self._phrases:
            called = any(len(stem(name)) > 1 and stem(name) in words for name in (phrase.core, *phrase.names))
            if phrase.founds and called and not self._same(phrase, against):
                return self.keep(phrase)
        return None

    def bill(self) -> Course | None:
        """Return the bill that the article spoke of last: what 早期成立を求める, 撤回を働きかける without a name are about."""
        phrase = self._last_bill()
        if phrase is None:
            return None
        return self.keep(phrase)

    def _names_course(self, doc: Doc, head: int, core: str, lemma: str, known_only: bool) -> bool:
        token = doc[head]
        act = token.text in words("act") or (token.text in words("weighed") and lemma not in words("weak") and not follows_course(doc, head))
        modified = act and (core != token.text or modifier(doc, core_of(doc, head)[0]) is not None)
        generic = not modified and core not in words("bare") and (core in words("generic") or token.text in words("generic"))
        if generic or len(core) < 2 or token.pos_ in ("PRON", "NUM") or _FOUL.search(_ABBREVIATED.sub("", core)):
            return False
        if token.tag_.startswith(("名詞-固有名詞-地名", "名詞-固有名詞-人名", "名詞-数詞")) or "助数詞" in token.tag_ or "副詞可能" in token.tag_:
            return False
        if re.fullmatch(r"[ぁ-ん]+", core):
            return False
        return acts(doc, head) or modified or lemma in words("turn") or known_only or ruled(core)

    def _names(self, sentence: Sentence, argument: Argument, first: int, last: int, head: int) -> list[str]:
        doc, text = sentence.doc, self.page.text
        stop = sentence.span(first, last)[1]
        starts = [first]
        at = first
        for _ in range(3):
            before = modifier(doc, at)
            if before is None:
                break
            at = before
            starts.append(at)
        found = [text[sentence.offset(s) : stop] for s in starts]
        if argument.begin < sentence.offset(starts[-1]):
            found.append(text[_clause(sentence, argument.begin, first) : stop])
        if head > last:
            found.append(text[sentence.offset(first) : sentence.span(head, head)[1]])
        cleaned = [self._clean(n, stop) for n in found]
        kept = [
            n
            for n in dict.fromkeys(cleaned)
            if 2 <= len(n) <= LONGEST and not _FOUL.search(_ABBREVIATED.sub("", n)) and (not _CLAUSE.search(n[:-2]) or "による" in n)
        ]
        bare = is_bare(doc, first, last, found[0])
        if bare and kept == [found[0]] and len(found) > 1 and _RUN.match(found[1]) and len(found[1]) <= LONGEST:
            kept = [found[1]]  # 県立高校の統廃合: what is merged is no owner
        kept = [n for n in kept if not (bare and n == found[0] and len(kept) > 1)]
        return sorted(kept, key=lambda n: (-len(n), n))[:3]

    def _clean(self, name: str, stop: int) -> str:
        """A phrase without its owner (Metaの…) and without 今後の, さらなる."""
        begin = stop - len(name)
        owner = next((s for s in self.page.within(begin, begin + 1)), None)
        if owner is not None and len(owner.entities[0].name) == 1 and self.page.within(owner.end, owner.end + 1):
            return self._clean(name[owner.end - begin :], stop)  # 英X社
        if owner is not None and owner.type in (EntityClass.ORGANIZATION, EntityClass.PERSON) and name[owner.end - begin :].startswith("の"):
            name = name[owner.end - begin + 1 :]
        return _LEAD.sub("", _OWNED.sub("", name.strip("　 ")).replace("依存度", "依存"))

    def entities(self) -> dict[Course, Entity]:
        """Return the strategy of each course, phrases for one thing together, those that nothing makes one left out."""
        groups: list[list[int]] = []
        for i in sorted(range(len(self._phrases)), key=lambda i: (self._phrases[i].bare, -len(self._phrases[i].core), i)):
            group = next((g for g in groups if any(self._same(self._phrases[i], self._phrases[j]) for j in g)), None)
            if group is None:
                groups.append([i])
            else:
                group.append(i)
        found: dict[Course, Entity] = {}
        for group in groups:
            if any(self._phrases[i].founds for i in group):
                entity = self._entity([self._phrases[i] for i in group])
                found.update({Course(i): entity for i in group})
        return found

    def _same(self, one: Phrase, other: Phrase) -> bool:
        if any(len(stem(x.core)) >= 4 and stem(x.core) in y.names[0] for x, y in ((one, other), (other, one))):
            return True
        if one.bare or other.bare:
            if one.bare and other.bare and len(one.names[0]) > len(one.core) and len(other.names[0]) > len(other.core):
                a, b = sorted((one.names[0], other.names[0]), key=len)
                return b.endswith(a)
            return one.core[-2:] == other.core[-2:] and stem(other.core).endswith(stem(one.core))
        a, b = sorted((stem(one.core), stem(other.core)), key=len)
        shared = next((i for i, (x, y) in enumerate(zip(reversed(one.core), reversed(other.core), strict=False)) if x != y), len(a))
        short, long = sorted((one.core, other.core), key=len)
        if len(short) >= 3 and long.endswith(short) and short not in words("bare"):  # 無償化 of 給食無償化
            return True
        return a == b or shared >= 4 or (len(a) >= 3 and b.endswith(a)) or (len(a) >= 4 and b.startswith(a))

    def _entity(self, phrases: list[Phrase]) -> Entity:
        names = list(dict.fromkeys(n for p in phrases for n in p.names))
        founding = [n for p in phrases if p.founds for n in p.names] or names
        name = max(founding, key=lambda n: (len(n), n))
        aliases = tuple(sorted((n for n in names if n != name), key=lambda n: (names.index(n), n)))[:4]
        mentions = [
            Mention(p.begin, p.end, self.page.text[p.begin : p.end], EntityClass.STRATEGY, Form.NOUN, p.rule, 0.7)
            for p in sorted({(p.begin, p.end): p for p in phrases}.values(), key=lambda p: p.begin)
        ]
        return Entity(EntityClass.STRATEGY, name, aliases, tuple(mentions))


def _clause(sentence: Sentence, begin: int, first: int) -> int:
    """Where the clause before a noun begins that describes it: behind the last は, で or 、 (今後は自前で航路を開く路線)."""
    span = sentence.tokens(begin, begin + 1)
    start = span.start if span is not None else first
    for at in range(first - 1, start, -1):
        ends = sentence.doc[at].text in ("は", "で", "も", "、", "から", "が") and sentence.doc[at].pos_ in ("ADP", "PUNCT")
        if ends and sentence.doc[at + 1].text != "の":
            return sentence.offset(at + 1)
    return sentence.offset(start)
