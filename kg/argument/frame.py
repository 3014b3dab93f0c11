"""Surface slots of each predicate of a sentence, by rule: what its own particles, its relative clause and its neighbours say.

A frame's cases are those on the surface (批判された: が is who is criticized); `voice.py` turns them into deep case.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.argument.find import Found, find
from kg.argument.phrase import headline_topic
from kg.argument.tree import Tree
from kg.argument.words import FUNCTIONAL, agent_endings, content_nouns, intransitive_nouns, reciprocals
from kg.segment import PLACEHOLDER

_FREE = frozenset(("ga", "wo", "ni", "he", "de", "to", "kara", "yori", "made", "niyotte", "nituite", "tosite"))
_TRANSITIVE = 0.5
_OFTEN = 0.6
_TIME = ("名詞-普通名詞-副詞可能", "名詞-数詞", "助数詞可能", "接尾辞-名詞的-助数詞")
_PLACE_CASE = frozenset(("de", "ni"))


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument by its head token; `sentence` is the index among the article's sentences."""

    sentence: int
    head: int
    rule: str
    inferred: bool = False
    score: float = 1.0


@dataclass(slots=True)
class Frame:
    """A predicate of sentence `sentence` with its slots by surface case."""

    sentence: int
    tree: Tree
    found: Found
    slots: dict[str, list[Slot]] = field(default_factory=dict)
    topics: list[int] = field(default_factory=list)
    lost: set[int] = field(default_factory=set)  # nouns that GiNZA hung here and that belong to a clause within
    above: Frame | None = None  # the predicate whose subject it may share
    link: str = ""  # how it hangs on that one: て, が, content (方針 between them), quote …

    def put(self, case: str, head: int, rule: str, *, score: float = 1.0, inferred: bool = False) -> None:
        """Fill a slot, unless that noun fills one already."""
        if all(s.head != head or s.sentence != self.sentence for slots in self.slots.values() for s in slots):
            self.slots.setdefault(case, []).append(Slot(self.sentence, head, rule, inferred, score))

    def has(self, case: str) -> bool:
        """Tell whether a case is filled."""
        return bool(self.slots.get(case))


def frames(sentence: int, tree: Tree) -> dict[int, Frame]:
    """Return a sentence's frames by predicate token, with all that the sentence itself says by its particles."""
    made = {f.token: Frame(sentence, tree, f) for f in find(tree)}
    for frame in made.values():
        _link(frame, made)
        _particles(frame, _receiver(frame, made))
    return made


def _receiver(frame: Frame, made: dict[int, Frame]) -> Frame | None:
    """The frame that a predicate's particles belong to: its own; for an event noun the verb above it (元社長を横領の罪で起訴).

    A headline's last noun takes them as its verb would: 「メタ、新モデルを公開」.
    """
    if frame.found.kind != "event":
        return frame
    above = [made[t] for t in frame.tree.ancestors(frame.found.token) if t in made and made[t].found.kind != "event"]
    if above:
        return above[0]
    return frame if frame.tree.heads[frame.found.token] == frame.found.token else None


def _link(frame: Frame, made: dict[int, Frame]) -> None:
    tree, token = frame.tree, frame.found.token
    head, dep = tree.heads[token], tree.deps[token]
    if head == token or frame.found.kind == "event":
        return
    if dep not in ("acl", "nmod", "amod"):
        while head not in made and tree.heads[head] != head and not tree.nominal(head):  # …するなどして
            head = tree.heads[head]
        if head in made and made[head].found.kind != "event":
            frame.above, frame.link = made[head], frame.found.link
        return
    if dep in ("acl", "advcl", "amod", "nmod") and tree.texts[head] in content_nouns():
        kind = "link" if content_nouns()[tree.texts[head]] == "link" else "content"
        above = head if head in made and made[head].found.kind == "copula" else tree.heads[head]
        if above in made and above != token:
            frame.above, frame.link = made[above], kind


def _particles(frame: Frame, receiver: Frame | None) -> None:
    tree, token = frame.tree, frame.found.token
    for child in tree.children[token]:
        if receiver is None or child > token or not tree.nominal(child) or tree.deps[child] == "compound":
            continue
        if frame is receiver or tree.marker(child).case in ("ga", "wo", "ni", "ha", "mo"):
            _particle(receiver, child)
        receiver.topics.extend(c for c in tree.children[child] if frame is receiver and headline_topic(tree, c))
    for child in tree.children[token]:
        _functional(frame, child)


def _particle(frame: Frame, child: int) -> None:
    tree = frame.tree
    marker = tree.marker(child)
    if marker.text == "の" and tree.deps[frame.found.token] == "acl" and frame.found.kind == "verb":
        frame.put("ga", child, "particle:no")  # 同社の開発した車
    if marker.adnominal:
        return
    if marker.case == "to" and tree.texts[child] == PLACEHOLDER:
        return
    if marker.case == "ni" and any(tree.marker(c).case == "wo" for c in tree.children[child] if tree.nominal(c)):
        frame.lost.add(child)  # 円安を背景に
        return
    if marker.case in _FREE and not (timelike(tree, child) and marker.case in ("ni", "de", "kara", "made")):
        frame.put(marker.case, child, f"particle:{marker.case}")
    if not timelike(tree, child) and (marker.case in ("ha", "mo") or headline_topic(tree, child)):
        frame.topics.append(child)


def _functional(frame: Frame, child: int) -> None:
    """関税をめぐり: a verb that is a particle by use gives its を to the predicate that it hangs on."""
    tree = frame.tree
    case = FUNCTIONAL.get(tree.lemmas[child])
    if case is None or tree.deps[child] in ("fixed", "acl"):
        return
    for noun in tree.children[child]:
        if tree.nominal(noun) and tree.marker(noun).case in ("wo", "ni"):
            frame.put(case, noun, f"functional:{tree.lemmas[child]}")


def timelike(tree: Tree, token: int) -> bool:
    """Times and amounts (10日に, 来年, 3割) fill no slot; a company (B社, 助数詞可能 in the dictionary) is none of them."""
    tag = tree.tags[token]
    if not tag.endswith(_TIME):
        return False
    if "副詞可能" in tag and token and tree.heads[token - 1] == token and "サ変" in tree.tags[token - 1]:
        return False  # 買収先, 提携先
    if "副詞可能" in tag or ("数詞" in tag and "助" not in tag):
        return True
    return token > 0 and (tree.pos[token - 1] == "NUM" or tree.tags[token - 1] == "名詞-数詞")


def settle(made: dict[int, Frame], transitive: dict[str, float]) -> None:
    """Give topics their case and relative clauses their gap, then let coordinated predicates share: the rules without a ranker."""
    for frame in made.values():
        topics(frame, made, transitive)
    for frame in made.values():
        relative(frame, transitive)
    for token in sorted(made, reverse=True):
        share(made[token], transitive)
    for token in sorted(made):
        share_back(made[token])
    for token in sorted(made, reverse=True):  # what has just got one shares it in its turn: Aは会見を開き、Bを始めると発表した
        share(made[token], transitive)


def takes_wo(frame: Frame, transitive: dict[str, float]) -> bool:
    """Tell whether the predicate has an を on its surface at all: 公開する does, 公開される and 始まる do not."""
    if frame.found.passive or frame.found.kind in ("adjective", "copula"):
        return False
    return often(transitive, frame.found.lemma) >= _TRANSITIVE


def often(rates: dict[str, float], lemma: str) -> float:
    """Return a predicate's rate, or that of all with its last character (〜化), or .5."""
    plain = lemma.removeprefix("再")
    if plain in intransitive_nouns():
        return 0.0 if plain == lemma else 0.4  # 原発の再稼働に乗り出す
    return rates.get(plain, rates.get(f"*{plain[-1:]}", 0.5))


def topics(frame: Frame, made: dict[int, Frame], transitive: dict[str, float]) -> None:
    """は and も are the subject, or the object where が is taken: この部品はドイツ企業が製造している. What fits neither is left over.

    Of two topics with a clause between them the second is the verb's own: Aは縮小する一方、Bは拡大する.
    """
    _lend(frame, made)
    first = [t for t in sorted(frame.topics) if frame.tree.marker(t).case == "ha"][:-1]
    left = [t for t in first if any(t < p < max(frame.topics) for p, f in made.items() if f.above is frame)]
    for topic in (t for t in frame.topics if t not in left):
        if not frame.has("ga"):
            frame.put("ga", topic, "topic")
        elif not frame.has("wo") and takes_wo(frame, transitive):
            frame.put("wo", topic, "topic-object")
        elif frame.slots["ga"][0].rule == "topic" and frame.tree.marker(topic).case == "mo":
            frame.put("ga", topic, "topic")
        else:
            left.append(topic)
    frame.topics = left


def _lend(frame: Frame, made: dict[int, Frame]) -> None:
    """Give an inner clause the が that GiNZA hung on the main verb, which has its own topic.

    Topic first: 原告は国が責任を認めるよう求めた. Topic after the clause: 通信社が入手した記録によると、市は取りやめた.
    """
    for slot in list(frame.slots.get("ga", ())):
        lacking = [f for t, f in made.items() if slot.head < t < frame.found.token and f.found.kind == "verb" and not f.has("ga")]
        quoted = [f for f in lacking if f.above is frame and f.link in ("と", "よう") and any(t < slot.head for t in frame.topics)]
        inner = quoted or [f for f in lacking if any(f.found.token < t for t in frame.topics)]
        if inner:
            frame.slots.pop("ga")
            frame.lost.add(slot.head)
            inner[0].put("ga", slot.head, slot.rule)


def subject(frame: Frame, before: int) -> list[Slot]:
    """Return what a clause at `before` may share: the nearest of the subject and of topics that fill no slot (この動きは…可能性がある)."""
    left = [Slot(frame.sentence, topic, "left-over") for topic in frame.topics]
    standing = [s for s in (*left, *frame.slots.get("ga", ())) if s.head < before and s.sentence == frame.sentence]
    if left and standing:
        return [max(standing, key=lambda s: s.head)]
    return standing


def relative(frame: Frame, transitive: dict[str, float]) -> None:
    """The noun that a clause modifies fills its gap: 同社が開発した車, 車を開発した同社, 同社が出資した会社."""
    tree, token = frame.tree, frame.found.token
    noun = tree.heads[token]
    if tree.deps[token] == "csubj" and noun > token and frame.found.kind == "verb":
        _cleft(frame, noun, transitive)
    if tree.deps[token] not in ("acl", "amod") or noun <= token or frame.found.kind == "event" or not tree.nominal(noun):
        return
    if timelike(tree, noun):
        return
    if tree.texts[noun] in content_nouns():
        case = content_gap(frame, noun, transitive)
        if case:
            frame.put(case, noun, f"relative-{case}", score=0.6)
        return
    if not frame.has("ga"):
        frame.put("ga", noun, "relative-ga")
    elif frame.found.lemma in reciprocals() and not frame.has("to"):
        frame.put("to", noun, "relative-to")
    elif not frame.has("wo") and takes_wo(frame, transitive):
        frame.put("wo", noun, "relative-wo")
    elif not frame.has("ni") and frame.has("wo") | (not takes_wo(frame, transitive)):
        frame.put("ni", noun, "relative-ni", score=0.4)


def _cleft(frame: Frame, noun: int, transitive: dict[str, float]) -> None:
    """買収を決めたのは創業者だった: the noun of the copula fills what the clause lacks."""
    tree = frame.tree
    while tree.heads[noun] != noun and tree.nominal(tree.heads[noun]):
        noun = tree.heads[noun]
    if not frame.has("ga"):
        frame.put("ga", noun, "cleft", score=0.7)
    elif not frame.has("wo") and takes_wo(frame, transitive):
        frame.put("wo", noun, "cleft", score=0.7)


def content_gap(frame: Frame, noun: int, transitive: dict[str, float]) -> str:
    """Return the gap that even 計画 or 提案 fills, where the clause lacks just that: 拒否された提案, 大統領が撤回した計画."""
    if content_nouns().get(frame.tree.texts[noun]) != "content" or frame.found.kind != "verb":
        return ""
    if frame.found.passive:
        return "" if frame.has("ga") else "ga"
    return "wo" if not frame.has("wo") and transitive.get(frame.found.lemma, 0.0) >= _OFTEN else ""


def _is_thing(frame: Frame, noun: int) -> bool:
    """Whether a topic is a thing that a plan is about rather than who has it."""
    tree = frame.tree
    named = noun > 0 and tree.tags[noun - 1].startswith("名詞")  # 橘花製薬
    common = tree.tags[noun].startswith("名詞-普通名詞") and not named and not tree.texts[noun].endswith(agent_endings())
    return frame.link == "content" and common and tree.marker(noun).case == "ha" and not frame.has("wo")


def share(frame: Frame, transitive: dict[str, float]) -> None:
    """A clause without a subject has that of the clause that it leads to, if it stands before it: Aは買収し、公開した."""
    above, token = frame.above, frame.found.token
    if above is None or frame.has("ga"):
        return
    for slot in subject(above, token):
        if slot.head != frame.tree.heads[token] and _is_thing(frame, slot.head) and takes_wo(frame, transitive):
            frame.put("wo", slot.head, "share:object", score=0.6)  # 跡地は業者に売却する方針だ
        elif slot.head != frame.tree.heads[token]:
            frame.put("ga", slot.head, f"share:{frame.link or 'clause'}", score=0.7, inferred=slot.inferred)


def share_back(frame: Frame) -> None:
    """The clauses that follow one have its subject, if they have none: Aは(が)買収し、公開した, where GiNZA hung A on the first.

    A subject with が goes on to the next clause only, a topic also past one with a subject of its own (Aは完了したが、Bが下回ったため、延期した).
    """
    above, link = frame.above, frame.link
    while above is not None:
        for slot in subject(frame, frame.found.token) if not above.has("ga") else ():
            topical = frame.tree.marker(slot.head).case in ("ha", "mo") and slot.rule in ("topic", "left-over")
            plain = above is frame.above and link in ("て", "し", "", "ながら", "つつ", "が")
            if (topical or plain) and (link not in ("content", "と") or slot.rule == "left-over"):
                above.put("ga", slot.head, f"share-back:{link or 'clause'}", score=0.6)
        if link in ("content", "と"):
            return
        link = above.link
        above = above.above
