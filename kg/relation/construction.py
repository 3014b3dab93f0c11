"""Relations that no predicate states: XのCEO Y, X社長のY, X（東京都港区）, X傘下のY, ライバルのX. One row of `constructions.tsv` each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, product

from kg.lexicon import LexiconError, Row, alternatives, rows
from kg.model import Cue, Entity, EntityClass, Form, Modality, Predicate, Proposition, Stance
from kg.needs import Index, Needs, needs, signs
from kg.parse import Sentence
from kg.relation.coming import coming, due, weighed
from kg.relation.component import parts
from kg.relation.mixed import ANY, BASE, ROOM, Mixed, is_unit, lines
from kg.relation.page import Page, Spot
from kg.relation.post import POSTS, rank, suits, words

Stances = Callable[[Sentence, int], Stance]
Known = tuple[dict[int, Entity], dict[int, Entity]]  # what earlier rows found: each unit's parent, each person's organization
_MACRO = re.compile(r"\{(?:(?P<slot>[so]):(?P<keys>[A-Z]+)(?P<many>\+?)|(?P<fill>[wxyz])(?P<width>\d+)|(?P<plain>LK|OU|PR|M)|(?P<word>[A-Z_]+))\}")
_LETTERS = {"O": "OU", "P": "P", "L": "LK", "A": "OUPRDL"}
_NAMES = f"{ANY[0]}-{chr(BASE['K'] - 1)}{chr(BASE['K'] + ROOM)}-{ANY[-1]}"  # a country in one kanji describes a name: 米X社
_FILL = {"w": rf"[^。「」()\n{_NAMES}　]", "x": rf"[^、。「」()\n{_NAMES}をがはにもへで　]", "y": r"[^。\n　]", "z": rf"[^、。「」()\n{ANY}　]"}
_COUNTRY = f"[{chr(BASE['L'])}-{chr(BASE['L'] + ROOM - 1)}{chr(BASE['K'])}-{chr(BASE['K'] + ROOM - 1)}]"
_KIND = "(?:大手|新興|中堅|老舗|メーカー|ベンチャー|スタートアップ|会社(?<!子会社)(?<!親会社)|企業)"
_DESCRIBED = rf"(?:(?:{_COUNTRY}の?)?(?:[一-龥ァ-ヶーA-Z・]{{1,12}}{_KIND}(?:の|、)?)?)?"  # 仏通信大手のX
_BRACKET = r"(?:\([^()\n]{0,30}\))?"  # X社(横浜市)が手がけた
_AFTER_TITLE = r"(?!秘書|室|交代|人事|選|職|就任|解任|経験|像|宅|会(?!長))"
_NOBODYS = re.compile("フリー|会社員|自営|無職|自称|個人事業")
_FORMER = re.compile(r"[前元旧].?$|(?<![一-龥])[前元旧][一-龥ァ-ヶー]{1,6}$")  # 前社長の佐伯氏 heads what the context is about no more
_MADE = re.compile(r"\{o:M\+?\}")
_CARRIES = "(?!(?:[0-9.]+)?(?:搭載|対応|端末|スマートフォン|スマホ|タブレット|ケータイ))"  # of X社製のAndroid端末「Y」 X makes Y
_POST = "(?:[長監表裁取相]|社主|知事|大統領|党首|監督|CEO)"
_BODY_BEHIND = re.compile(r"の[^、。「」はがをにで]{0,12}[「『、]?")
_PAST_POST = re.compile(rf"元[{ANY}]|(?<![一-龥々])[元前](?=[一-龥ァ-ヶーA-Z]{{0,10}}{_POST})(?![田橋川島])")  # 前社長, 元X社長
_STATES = frozenset(("leads", "memberOf", "founded", "basedIn", "partOf", "competesWith", "develops"))
_OF_THINGS = frozenset(("develops", "releases", "uses"))
_PERSONAL = frozenset(("leads", "memberOf"))
_BETWEEN = frozenset(("partOf", "competesWith"))
_OF_ANOTHER = re.compile(
    r"[一-龥々ァ-ヶーA-Za-z」)](?<!クラブ)(?<!チーム)(?<!球団)(?<![^親子弟]会社)(?<!協会)(?<!団体)(?<!当時)(?<!現在)(?<!以前)(?<![前別他隣先次])の$"
)  # 駅前診療所の院長, whose owner no entity is


@dataclass(frozen=True, slots=True)
class Construction:
    """One row, compiled. What it has no group for is the organization that the context is about."""

    rule: str
    pattern: re.Pattern[str]
    property: str
    needs: Needs

    def contextual(self) -> bool:
        """Return whether one of the two ends stands outside of the pattern, and is looked for in the context."""
        return not {"s", "o"} <= self.pattern.groupindex.keys()

    def left(self) -> bool:
        """Whether it tells a place that somebody has left, which says nothing of the one that he has."""
        return "past" in self.pattern.groupindex

    def adds(self) -> bool:
        """Whether it tells an event by which somebody gets a place beside one that he has, or leaves it."""
        return not self.pattern.groupindex.keys().isdisjoint(("too", "ended"))


@cache
def constructions() -> tuple[Construction, ...]:
    """Return the rows of `constructions.tsv`, those that name both ends first, and of the others those that tell a unit from its parent."""
    lists = {"LEAD": words(POSTS), "MEMBER": words(("member",)), "FOUNDER": words(("founder",))}
    table = rows("constructions.tsv")
    found = [Construction(row.rule, compile_pattern(row), row["property"], needs(row["pattern"], _LETTERS, lists)) for row in table]
    return tuple(sorted(found, key=lambda c: (c.contextual(), c.contextual() and c.property != "partOf")))


def compile_pattern(row: Row) -> re.Pattern[str]:
    """Return a row's pattern with its slots and word lists filled in."""
    pattern = _MADE.sub(rf"\g<0>{_CARRIES}", row["pattern"]) if row["property"] in ("develops", "releases") else row["pattern"]
    try:
        return re.compile(_MACRO.sub(_expand, pattern))
    except (re.error, KeyError) as error:
        raise LexiconError(f"{row.rule}: not a pattern: {row['pattern']!r} ({error})") from None


def _expand(macro: re.Match[str]) -> str:
    if slot := macro["slot"]:
        one = "[" + _ranges(macro["keys"]) + "]"
        side_by_side = "?" if macro["keys"] == "M" else ""  # 「A」「B」
        more = f"(?:(?:など)?(?:、|や|・|と|および|ならびに|、そして){side_by_side}(?:[{_ranges('LK')}]の?)?{one})*"
        said, aside = (_DESCRIBED, "" if macro.string.startswith(("\\(", "[\\("), macro.end()) else _BRACKET) if "O" in macro["keys"] else ("", "")
        return f"{said}(?P<{slot}>{one}{more if macro['many'] else ''}){aside}"
    if macro["plain"]:
        return "[" + _ranges(macro["plain"]) + "]"
    if macro["fill"]:
        return _FILL[macro["fill"]] + "{0," + macro["width"] + "}?"
    if macro["word"] == "LEAD":
        return f"(?P<post{macro.start()}>{titles(*POSTS)})"
    return titles(macro["word"].lower())


def _ranges(keys: str) -> str:
    letters = "".join(_LETTERS.get(k, k) for k in keys)
    return "".join(f"{chr(BASE[k])}-{chr(BASE[k] + ROOM - 1)}" for k in letters)


@cache
def titles(*kinds: str) -> str:
    """Return a pattern for the words of `titles.tsv` of some kinds (lead, member, founder), with what may stand before them."""
    core = alternatives(words(kinds))
    if not core:
        raise KeyError(*kinds)
    one = rf"[一-龥々ァ-ヶーA-Za-z・&]{{0,12}}?(?:{core})(?![一-龥々ァ-ヶーA-Za-z]{{0,3}}(?:会社|企業|部門|子会社))"
    return rf"(?:{one}(?:\([^()]{{0,24}}\))?(?:(?:兼|・|、){one}(?:\([^()]{{0,24}}\))?)?{_AFTER_TITLE})"


@cache
def _outsider() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(row["title"] for row in rows("titles.tsv") if row["kind"] == "outsider") + ")$")


@cache
def _law() -> tuple[str, ...]:
    """What the names of bodies of the law end in."""
    return tuple(row["word"] for row in rows("law.tsv"))


def propositions(page: Page, stance: Stances) -> list[Proposition]:
    """Return what the constructions of an article state, each relation once a place.

    Those that end in an event (XによるYの買収) stand as firmly as that event does, the others are plain facts.
    """
    found: list[Proposition] = []
    settled: set[tuple[int, str]] = set()
    units: dict[int, Entity] = {}
    bodies: dict[int, Entity] = {}
    lines_of: dict[int, list[Mixed]] = defaultdict(list)
    for line in lines(page):
        for number in _candidates().met(signs(line.text, line.letters())):
            lines_of[number].append(line)
    for number, construction in enumerate(constructions()):
        for line in lines_of.get(number, ()):
            for proposition in _matches(page, stance, line, construction, (units, bodies)):
                kind = "place" if proposition.property in _PERSONAL else proposition.property
                ends = {"s": (id(proposition.subject), kind), "o": (id(proposition.object), kind)}
                if construction.contextual() and proposition.property == "memberOf" and _outsider().search(proposition.subject.name):
                    continue
                if construction.contextual() and proposition.property in _PERSONAL and not _suits(page, proposition):
                    continue
                first = construction.contextual() and not construction.adds()
                if first and any(ends[slot] in settled for slot in ends.keys() & construction.pattern.groupindex.keys()):
                    continue
                if proposition.property in _PERSONAL and not construction.left():
                    bodies.setdefault(id(proposition.subject), proposition.object)
                if proposition.property == "partOf":
                    units.setdefault(id(proposition.subject), proposition.object)
                if not (construction.adds() or construction.left()):
                    settled.update(ends[slot] for slot in ends.keys() & construction.pattern.groupindex.keys())
                found.append(proposition)
    return _yielding(found)


@cache
def _candidates() -> Index:
    return Index([construction.needs for construction in constructions()])


def _yielding(found: list[Proposition]) -> list[Proposition]:
    """Leave out X社の「Y」 as a maker where the text names another maker of Y: a carrier's telephone is not the carrier's."""
    weak = {c.rule for c in constructions() if "weak" in c.pattern.groupindex}
    firm = {(p.property, id(p.object)) for p in found if p.rule not in weak}
    return [p for p in found if p.rule not in weak or (p.property, id(p.object)) not in firm]


def _suits(page: Page, found: Proposition) -> bool:
    """Whether a title without its organization can belong to the one that the context is about."""
    if _OF_ANOTHER.search(page.text, max(0, found.begin - 8), found.begin) or _NOBODYS.search(page.text[max(0, found.begin - 3) : found.end]):
        return False
    if found.object.name.endswith(_law()):
        return False  # who is accused, dead or heard in a case belongs to no police or court
    if found.subject.type is EntityClass.PERSON and _bare_role(found) and (not _titled(found.subject.name) or found.subject.name.startswith("同")):
        return False  # 女性, 男: no member of what the article is about, nor is 同省幹部
    return suits(found.object, page.text[found.begin : found.end] + found.subject.name)


def _bare_role(found: Proposition) -> bool:
    return all(m.form is not Form.NAME for m in found.subject.mentions)


@cache
def _member_titles() -> tuple[str, ...]:
    return words(("member", *POSTS))


def _titled(name: str) -> bool:
    return name.endswith(_member_titles())


def _matches(page: Page, stance: Stances, line: Mixed, construction: Construction, known: Known) -> Iterator[Proposition]:
    at, seen = 0, set[tuple[tuple[int, int], ...]]()
    while found := construction.pattern.search(line.text, at):
        at = found.start() + 1
        ends = tuple(found.span(slot) for slot in "so" if slot in found.re.groupindex)
        if ends in seen:
            continue  # the same with less of what describes the name: 通信大手のX社
        seen.add(ends)
        if construction.contextual() and _FORMER.search(line.text[max(0, found.start() - 8) : found.start() + 1]):
            continue
        if construction.property == "leads" and _PAST_POST.search(line.text, max(0, found.start() - 2), found.end()):
            continue
        begin, end = line.places[found.start()], line.places[found.end() - 1] + 1
        last = line.text[found.end() - 1]
        if last in line.spots:
            end = line.spots[last].end
        part = construction.property == "partOf" and _names_model(line, found)
        lasts = last in line.spots or (construction.property in _STATES and not construction.adds() and not part)
        firmness = Stance() if lasts else _firmness(page, stance, construction.property, end - 1)
        firmness = _planned(page, line, found) or weighed(page, construction.property, end, firmness)
        if "ended" in found.re.groupindex:
            firmness = replace(firmness, negated=not firmness.negated)
        confidence = 0.7 if construction.contextual() else 0.9
        subjects, things = (_ends(page, line, found, slot, begin, construction.property, known) for slot in "so")
        among = combinations([*subjects, *things], 2) if "mutual" in found.re.groupindex else product(subjects, things)
        for subject, thing in among:
            if subject is not thing and not (construction.contextual() and _named_both(line, found, subject, thing)):
                name = _held(line, found, thing) if construction.property == "leads" else construction.property
                yield Proposition(subject, name, thing, begin, end, firmness, construction.rule, confidence)


def _held(line: Mixed, found: re.Match[str], thing: Entity) -> str:
    """Return what a post that a match names is to a body: a 部長 without a name heads the 部 and no company, a 副社長 heads nothing."""
    said = [text for group, text in found.groupdict().items() if group.startswith("post") and text]
    role = next((spot.entities[0].name for spot in line.entity_spots(found["s"]) if spot.form is Form.ROLE), "") if "s" in found.re.groupindex else ""
    kind = rank(role or "・".join(said))
    below = kind == "second" or (not is_unit(thing) and (kind == "unit" or (kind == "part" and role != "")))
    return "memberOf" if below else "leads"


def _parent(body: Entity, units: dict[int, Entity]) -> Entity:
    """社長 without a company is the company's, not its unit's."""
    return units.get(id(body), body)


def _named_both(line: Mixed, found: re.Match[str], subject: Entity, thing: Entity) -> bool:
    """Whether what the context gives is itself one of those named: 競合のAやB says nothing of A and B."""
    named = {id(e) for group in found.groupdict().values() for spot in line.entity_spots(group or "") for e in spot.entities}
    return id(subject) in named and id(thing) in named


def _firmness(page: Page, stance: Stances, name: str, offset: int) -> Stance:
    """How firmly the event stands that a match ends in: 社長に招く is to come."""
    sentence = page.article.sentence_at(offset)
    span = sentence.tokens(offset, offset + 1) if sentence is not None else None
    if sentence is None or span is None:
        return Stance()
    at = span.start
    event = Predicate(*sentence.span(at, at), sentence.doc[at].lemma_, "verb", (), sentence.index, at)
    return due(page, name, sentence, offset) or coming(page, name, event, stance(sentence, at))


def _planned(page: Page, line: Mixed, found: re.Match[str]) -> Stance | None:
    """The plan that a row's own word tells: 発売予定の「X」."""
    if not found.groupdict().get("plan"):
        return None
    begin, end = line.places[found.start("plan")], line.places[found.end("plan") - 1] + 1
    return Stance(Modality.PLAN, False, (Cue(begin, end, page.text[begin:end], "plan"),))


def _names_model(line: Mixed, found: re.Match[str]) -> bool:
    return any(spot.type is EntityClass.MODEL for spot in line.entity_spots("".join(g or "" for g in found.groupdict().values())))


def _ends(page: Page, line: Mixed, found: re.Match[str], slot: str, begin: int, name: str, known: Known) -> list[Entity]:
    if slot in found.re.groupindex:
        spots = [s for s in line.entity_spots(found[slot]) if slot == "o" or not _of_body(page, s)]
        named = [s for s in spots if s.type is not EntityClass.PLACE] or spots  # the country in スイスのX is no member of the list
        own = name == "develops" and slot == "s" and [s for s in named if page.text[s.begin : s.end] == "自社"]
        return [_parent(e, known[0]) if own else e for spot in named for e in spot.entities]  # a unit's 自社 is its parent
    if (slot == "o" and name in _OF_THINGS) or (name in _BETWEEN and _names_model(line, found)):
        if name == "competesWith" or (name == "partOf" and slot == "o"):
            thing = page.whole(begin, known[0].keys())
        else:
            thing = page.recent(begin, frozenset((EntityClass.MODEL,)), but=_only_quoted(page, begin) | parts(page, begin, known[0]))
        return [thing] if thing is not None else []
    units, bodies = known
    if name in _PERSONAL or name == "founded":
        about = next((o for o in (_parent(e, units) for e in page.owners(begin, bodies)) if suits(o, found.group())), None)
    else:
        about = page.organization(begin)
    return [about] if about is not None and about.type is EntityClass.ORGANIZATION else []


def _of_body(page: Page, spot: Spot) -> bool:
    """Whether a place only says where the body behind it is: 香港のオルカ・パートナーズ."""
    if spot.type is not EntityClass.PLACE or not page.text.startswith("の", spot.end):
        return False
    behind = page.within(spot.end, spot.end + 16)
    return bool(behind) and behind[0].type is EntityClass.ORGANIZATION and _BODY_BEHIND.fullmatch(page.text, spot.end, behind[0].begin) is not None


def _only_quoted(page: Page, before: int) -> frozenset[int]:
    """Products that a line names in what somebody says alone: 「私のYと似ている」と話し、版元のXは… is not about Y."""
    start = page.text.rfind("\n", 0, before) + 1
    spoken = [(page.article.quotes[q].begin, page.article.quotes[q].end) for s in page.article.sentences if s.end > start for q in s.quotes]
    spoken = [(b, e) for b, e in spoken if e <= before]
    spots = page.within(start, before)
    free = {id(s.entities[0]) for s in spots if not any(b <= s.begin < e for b, e in spoken)}
    return frozenset(id(s.entities[0]) for s in spots) - free
