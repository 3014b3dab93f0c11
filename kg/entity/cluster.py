"""Names to things: which names of an article are names of one thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kg.entity.brackets import Stated, sounds_like, stated, trimmed
from kg.entity.keys import core, is_latin, legal_free, script, spelling
from kg.entity.name import Name, names_of, with_stated
from kg.entity.short import ends_person, given_name, is_full_person, is_incorporated, may_shorten, stage_name
from kg.entity.sound import distance, weight
from kg.entity.spread import spread
from kg.entity.titles import sphere, title_after, titles_beside
from kg.lexicon import rows
from kg.model import EntityClass, Form, Mention

_SERIES = re.compile(r"[」』]?(?:シリーズ|ファミリー|ブランド)")
_VERSION = re.compile(r"\s?[0-9]+(?:\.[0-9]+)*")
_DEVICE = re.compile("(?:搭載)?(?:の)?(?:スマートフォン|スマホ|タブレット|端末|携帯|ケータイ|機|搭載|OS)")
_ROW = re.compile(r"(?!countries).*\.tsv:\d+")
_BODIES = frozenset({EntityClass.ORGANIZATION, EntityClass.OUTLET})
_ORDERED = frozenset({"first part", "clipped", "without version", "last part", "last words"})
_OFFERS = "(?:運営|提供|開発|展開|手が?[けか]|販売)"
_ACTOR = re.compile(r"[はがも](?!ない|あ[るりっ])|の[^。]{0,8}(?:発言|コメント|成績|移籍|代理人)")
_RELATIVE = re.compile(
    r"(?:氏|さん|容疑者|被告|[一-龥]{1,4})?の(?:実|義理の|義)?(?:弟|兄|妹|姉|妻|夫|父親?|母親?|祖父|祖母|息子|娘|[長次三][男女]|いとこ|おい|めい)(?:の|で[^。「」]{1,12}の|、)"
)
_EXACT = 0.05  # a letter
_MANY = 5  # consonants
_FIRM = 0.7  # confidence from which a class is no accident
_BLOCKED = frozenset({frozenset({EntityClass.ORGANIZATION, EntityClass.MODEL})})


class Layout(Protocol):
    """What the sentences say of an offset or a mention."""

    def in_body(self, offset: int) -> bool:
        """Whether it is neither in a headline nor a bullet: headlines are written last and shorten freely."""

    def sentence(self, offset: int) -> int:
        """The number of its sentence."""

    def is_surname(self, mention: Mention) -> bool:
        """Whether the tokenizer reads it as a surname by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """The names of one thing; `itself` are first persons that stand for it in all of the article (以下「当社」)."""

    names: tuple[Name, ...]
    itself: tuple[str, ...] = ()

    @property
    def kind(self) -> EntityClass:
        """The class that all of its mentions vote for; one 氏 makes a person."""
        if any(name.human for name in self.names):
            return EntityClass.PERSON
        votes: Counter[EntityClass] = Counter()
        for name in self.names:
            for mention in name.mentions:
                votes[mention.type] += round(mention.confidence * 1000)
        return max(votes, key=lambda kind: (votes[kind], kind.value))


def clusters(text: str, mentions: Sequence[Mention], *, layout: Layout) -> tuple[Cluster, ...]:
    """Return the things that the text names, in the order of their first mention.

    韓国のNAVER（ネイバー）が…。ネイバーは…: one cluster of two names.
    """
    mentions = trimmed(text, mentions)
    said = list(stated(text, mentions))
    whole = spread(text, with_stated(text, mentions, said))
    names = names_of(text, [m for m in whole if m.form is Form.NAME], said)
    builder = _Builder(text, names, layout)
    builder.join_stated(said)
    builder.join_known()
    builder.join_countries()
    builder.join_same()
    builder.join_sounds()
    builder.join_short()
    builder.join_versions()
    return builder.clusters(said)


class _Builder:
    """Joins names by one kind of evidence after the other."""

    def __init__(self, text: str, names: list[Name], layout: Layout) -> None:
        self.text, self.names, self.layout = text, names, layout
        self.parent: dict[Name, Name] = {name: name for name in names}

    def root(self, name: Name) -> Name:
        """Return the first name of the thing that a name is of."""
        while self.parent[name] is not name:
            self.parent[name] = self.parent[self.parent[name]]
            name = self.parent[name]
        return name

    def join(self, one: Name, other: Name) -> None:
        """Make two names one thing."""
        first, second = self.root(one), self.root(other)
        if first is not second:
            if first.mentions[0].begin > second.mentions[0].begin:
                first, second = second, first
            self.parent[second] = first

    def members(self, name: Name) -> list[Name]:
        """Return all names of the thing that a name is of."""
        top = self.root(name)
        return [other for other in self.names if self.root(other) is top]

    def join_stated(self, said: Sequence[Stated]) -> None:
        """Join what the text says to be another name."""
        at = {(m.begin, m.end): name for name in self.names for m in name.mentions}
        for alias in said:
            here, there = at.get((alias.mention.begin, alias.mention.end)), at.get((alias.begin, alias.end))
            if here and there:
                self.join(here, there)

    def join_known(self) -> None:
        """Names of one row of the lexicon or of a user's file: NYT and The New York Times."""
        rows: dict[str, Name] = {}
        for name in self.names:
            for mention in name.mentions:
                if _ROW.fullmatch(mention.rule):
                    self.join(rows.setdefault(mention.rule, name), name)

    def join_countries(self) -> None:
        """独 and ドイツ, 米 and 米国."""
        places = {name.text: name for name in self.names if name.kind is EntityClass.PLACE}
        for row in rows("countries.tsv"):
            kanji = row["kanji"]
            full = places.get(row["name"]) or places.get(f"{kanji}国")
            if kanji in places and full is not None:
                self.join(full, places[kanji])

    def join_same(self) -> None:
        """Names that spelling or 株式会社 alone keep apart."""
        for one, other in _pairs(self.names):
            if core(one.text) != core(other.text) and spelling(one.text) != spelling(other.text):
                continue
            body = {one.kind, other.kind} & _BODIES or {one.kind, other.kind}.isdisjoint({EntityClass.PERSON, EntityClass.PLACE})
            same = core if body else spelling
            if same(one.text) == same(other.text) and one.human == other.human and not self._blocked(one, other):
                if len(one.key) != len(other.key):
                    self._take_class(*sorted((one, other), key=lambda name: len(name.key)))
                self.join(one, other)

    def join_versions(self) -> None:
        """A system that only says what kind a device is, and its one version: Androidスマートフォン beside Android 4.1."""
        models = [name for name in self.names if name.kind is EntityClass.MODEL]
        for name in models:
            versions = [other for other in models if _VERSION.fullmatch(other.text.removeprefix(name.text)) and other.text.startswith(name.text)]
            if len(versions) == 1 and all(_DEVICE.match(self.text, m.end) for m in name.mentions):
                self.join(versions[0], name)

    def _blocked(self, one: Name, other: Name) -> bool:
        """A company and its product stay two, unless 株式会社 says that one of one name is the company."""
        if frozenset({one.kind, other.kind}) not in _BLOCKED:
            return False
        product = one if one.kind is EntityClass.MODEL else other
        if core(one.text) != core(other.text):
            return True
        return max(m.confidence for m in product.mentions) >= _FIRM and not any(is_incorporated(name.text) for name in (one, other))

    def join_sounds(self) -> None:
        """A Latin and a katakana name of one sound and class: each with the nearest that is left."""
        found = []
        for one, other in _pairs(self.names):
            cost = _sound(one.text, other.text)
            if cost is not None and self._may_sound(one, other, cost):
                found.append((cost, one.mentions[0].begin, other.mentions[0].begin, one, other))
        for *_, one, other in sorted(found, key=lambda item: item[:3]):
            if 1 in (len(self.members(one)), len(self.members(other))):
                self.join(one, other)

    def _may_sound(self, one: Name, other: Name, cost: float) -> bool:
        """Whether an agreement of sound counts: of one class, or so long or so exact that a wrong class is likelier than chance."""
        if one.kind is other.kind or {one.kind, other.kind} <= _BODIES:
            return True
        if {one.kind, other.kind} in _BLOCKED and any(_runs(self.text, *pair) for pair in ((one, other), (other, one))):
            return False
        latin = one if is_latin(one.text) else other
        exact = cost <= _EXACT * len(latin.key) and len(latin.key) > 4
        return one.human == other.human and (exact or weight(core(latin.text)) >= _MANY)

    def join_short(self) -> None:
        """Short forms, the longest first, so that each finds its own full form."""
        for name in sorted(self.names, key=lambda name: (-len(name.key), name.mentions[0].begin)):
            surname = name.kind is EntityClass.PERSON or self._acts_as_surname(name)
            if not (surname and self._join_surname(name)) and not name.human:
                self._join_short(name)

    def _acts_as_surname(self, name: Name) -> bool:
        """Whether a name of another class is a surname after all: always before a title, or the last word of a person's name and of no body's."""
        others = [p for p in self.names if p.kind is EntityClass.PERSON and p is not name]
        people = [p for p in others if may_shorten(EntityClass.PERSON, name.text, p.text) or stage_name(name.text, p.text)]
        if not people:
            return False
        if name.kind is EntityClass.PLACE:
            return self._never_located(name, people) or self._is_titled(name, people)
        if all(title_after(self.text, m.end) for m in name.mentions):
            return True
        listed = any(_ROW.match(m.rule) for m in name.mentions)
        if script(name.text) == "katakana" and not listed and any(given_name(name.text, p.text) for p in people):
            return name.kind is EntityClass.ORGANIZATION  # マツコ of マツコ・デラックス
        bodies = (other for other in self.names if other.kind is not EntityClass.PERSON and other is not name)
        last = any(p.text.endswith(name.text) and p.mentions[0].begin < name.mentions[0].begin for p in people)
        last = last or (not listed and script(name.text) == "kanji" and all(p.mentions[0].begin < name.mentions[0].begin for p in people))
        return last and not any(other.key.startswith(name.key) for other in bodies)

    def _never_located(self, name: Name, people: Sequence[Name]) -> bool:
        """Whether a name taken for a place only ever acts, behind a person whose surname it is: 平川隼人…。平川は."""
        begins = [p.mentions[0].begin for p in people if p.text.startswith(name.text) or stage_name(name.text, p.text)]
        return bool(begins) and min(begins) < name.mentions[0].begin and all(_ACTOR.match(self.text, m.end) for m in name.mentions)

    def _is_titled(self, name: Name, people: Sequence[Name]) -> bool:
        """Whether a name taken for a place always bears a title that no seat gives, or that its person bears: 熊野達也投手…。熊野投手は."""
        theirs = [title_after(self.text, m.end) for p in people if p.text.startswith(name.text) for m in p.mentions]
        titles = [title_after(self.text, m.end) for m in name.mentions]
        seatless = all(title and (sphere(title) not in ("public", "honorific") or any(t.endswith(title) for t in theirs)) for title in titles)
        return bool(theirs) and seatless

    def _join_short(self, name: Name) -> None:
        pool = []
        for full in self.names:
            if self.root(full) is self.root(name) or (len(full.key) <= len(name.key) and core(full.text) != core(name.text)):
                continue
            rule = self._rule(name, full)
            if rule and (rule not in _ORDERED or self._introduced(name, full)):
                pool.append((rule in _ORDERED, -len(full.mentions), full.mentions[0].begin, full, rule))
        if pool:
            *_, full, rule = min(pool, key=lambda item: item[:3])
            self._note(name, rule)
            self._take_class(name, full)
            self.join(name, full)

    def _take_class(self, name: Name, full: Name) -> None:
        """The full form says what the thing is: 浜口 taken for a surname is what 浜口システムズ is."""
        if name.kind is not full.kind and {name.kind, full.kind} != _BODIES:
            name.mentions = [replace(m, type=full.kind) for m in name.mentions]

    def _rule(self, name: Name, full: Name) -> str:
        if full.human or name.human or self._blocked(name, full):
            return ""
        if name.kind is EntityClass.MODEL and any(_SERIES.match(self.text, m.end) for m in name.mentions):
            return ""  # a series, of which the full name is one
        if full.kind is EntityClass.PERSON or (full.kind is EntityClass.PLACE and name.kind not in (EntityClass.PLACE, EntityClass.ORGANIZATION)):
            return ""
        return may_shorten(full.kind, name.text, full.text)

    def _introduced(self, short: Name, full: Name) -> bool:
        """Whether the full form came first in the body, and no sentence of the body has both."""
        here = [m.begin for member in self.members(short) for m in member.mentions if self.layout.in_body(m.begin)]
        there = [m.begin for m in full.mentions if self.layout.in_body(m.begin)]
        if not here or not there:
            return bool(there) or full.mentions[0].begin < short.mentions[0].begin
        together = {self.layout.sentence(at) for at in here} & {self.layout.sentence(at) for at in there}
        return min(there) < min(here) and not together

    def _join_surname(self, name: Name) -> bool:
        """Each mention of a surname to the person of that surname whom its title or the words before it mean; whether there is any."""
        people = [p for p in self.names if p.kind is EntityClass.PERSON and self.root(p) is not self.root(name) and self._may_be(name, p)]
        tops = {self.root(p): p for p in people}
        if not tops:
            return False
        chosen: dict[Name | None, list[Mention]] = defaultdict(list)
        for mention in name.mentions:
            chosen[self._person(mention, list(tops))].append(mention)
        if len(chosen) == 1 and None not in chosen:
            self._note(name, "surname")
            self.join(name, next(k for k in chosen if k))
        else:
            self._split(name, chosen)
        return True

    def _may_be(self, name: Name, full: Name) -> bool:
        """Whether a name may be a surname or given name of a full one; one that is long enough to be full itself only behind it."""
        for mention in name.mentions:
            relative = _RELATIVE.match(self.text, mention.end)
            if relative and any(m.begin == relative.end() for m in full.mentions):
                return False
        whole = is_full_person(full.text) or (len(full.text) == 2 and script(full.text) == "kanji" and len(name.text) == 1)  # 林健
        if not whole or not _is_surname(name.text, full.text):
            return False
        sure = not is_full_person(name.text) or self.layout.is_surname(name.mentions[0])
        told = min((m.begin for m in name.mentions if self.layout.in_body(m.begin)), default=len(self.text))  # a headline shortens at once
        return sure or full.mentions[0].begin < told

    def _person(self, mention: Mention, tops: list[Name]) -> Name | None:
        titles = titles_beside(self.text, mention.begin, mention.end)
        if titles:
            theirs = {top: self._titles(top) for top in tops}
            same = [top for top in tops if titles & theirs[top]]
            if len(same) == 1:
                return same[0]
            tops = same or [top for top in tops if not _other_sphere(titles, theirs[top])]
        if not tops:
            return None
        last = {top: max((m.begin for n in self.members(top) for m in n.mentions if m.begin < mention.begin), default=-1) for top in tops}
        nearest = max(tops, key=lambda top: last[top])
        rivals = [top for top in tops if top is not nearest and last[top] >= 0]
        if any(self.layout.sentence(last[top]) == self.layout.sentence(last[nearest]) for top in rivals):
            return None
        return nearest

    def _titles(self, top: Name) -> frozenset[str]:
        return frozenset(title for n in self.members(top) for m in n.mentions for title in titles_beside(self.text, m.begin, m.end))

    def _split(self, name: Name, chosen: dict[Name | None, list[Mention]]) -> None:
        """Two people of one surname: what is said of each goes by surname and title."""
        self.names.remove(name)
        for person, mentions in chosen.items():
            if person is None and not any(titles_beside(self.text, m.begin, m.end) for m in mentions):
                continue  # nothing says whose surname it is
            titles = [title for m in mentions if (title := title_after(self.text, m.end)) and sphere(title) != "honorific"]
            title = Counter(titles).most_common(1)[0][0] if titles else ""
            part = Name(name.key + "|" + title, name.text, mentions, human=True, title=title)
            self.names.append(part)
            self.parent[part] = part
            if person:
                self._note(part, "surname and title")
                self.join(part, person)

    def _note(self, name: Name, rule: str) -> None:
        name.mentions = [replace(m, rule=f"{m.rule}; {rule}") for m in name.mentions]

    def clusters(self, said: Sequence[Stated]) -> tuple[Cluster, ...]:
        """Return the names by thing, each thing with its other names and what the text says of it."""
        groups: dict[Name, list[Name]] = defaultdict(list)
        for name in self.names:
            groups[self.root(name)].append(name)
        itself: dict[Name, list[str]] = defaultdict(list)
        at = {(m.begin, m.end): name for name in self.names for m in name.mentions}
        for alias in said:
            whose = at.get((alias.mention.begin, alias.mention.end))
            if alias.itself and whose:
                itself[self.root(whose)].append(self.text[alias.begin : alias.end])
        made = [Cluster(tuple(sorted(group, key=_first)), tuple(itself[top])) for top, group in groups.items()]
        return tuple(sorted(made, key=lambda cluster: _first(cluster.names[0])))


def _runs(text: str, product: Name, company: Name) -> bool:
    """Whether the text says that one offers the other, so that the two are not one: 「hoshi」を運営するホシ."""
    here, there = re.escape(product.text), re.escape(company.text)
    offers = rf"{here}[」』]?(?:[（(][^（）()]*[)）])?を[^。、]{{0,12}}{_OFFERS}[^。「」]{{0,10}}?[「『]?{there}"
    owns = rf"{there}[」』]?(?:が|の|は)[^。]{{0,12}}{_OFFERS}する[^。]{{0,24}}?[「『]{here}[」』]"
    return re.search(f"{offers}|{owns}", text) is not None


def _sound(one: str, other: str) -> float | None:
    """How far two names are by sound, 株式会社 and the like left out."""
    here, there = legal_free(one), legal_free(other)
    cost = distance(here, there)
    return distance(there, here) if cost is None else cost


def _first(name: Name) -> int:
    return name.mentions[0].begin


def _pairs(names: Sequence[Name]) -> Iterable[tuple[Name, Name]]:
    return ((one, other) for i, one in enumerate(names) for other in names[i + 1 :])


def _is_surname(short: str, full: str) -> bool:
    return bool(may_shorten(EntityClass.PERSON, short, full)) or given_name(short, full) or ends_person(short, full) or _sounds_as_part(short, full)


def _sounds_as_part(short: str, full: str) -> bool:
    pieces = full.replace("・", " ").split()
    return len(pieces) > 1 and any(sounds_like(piece, short) for piece in pieces)


def _other_sphere(titles: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether titles belong to other walks of life than a person's: 森山市長 is not the 森山 who is 社長."""
    here, there = {sphere(title) for title in titles}, {sphere(title) for title in theirs}
    return bool(there) and here.isdisjoint(there)
