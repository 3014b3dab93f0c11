"""Noun phrases: where an argument's words begin and end, and the members of a list (A、B、Cなどの競合他社)."""

from __future__ import annotations

from kg.argument.tree import Tree, closes, opens
from kg.argument.words import agent_endings, reciprocals

_SUFFIX = ("接尾辞-名詞的-一般",)
_COMMON = "名詞-普通名詞"


def bounds(tree: Tree, head: int) -> tuple[int, int]:
    """Return first and last token of a noun's phrase, its modifiers included, list members before it not."""
    first = head
    while tree.deps[head] == "compound" and first and tree.deps[first - 1] == "compound" and tree.heads[first - 1] == tree.heads[head]:
        first -= 1
    for child in tree.children[head]:
        if child < head and tree.deps[child] not in ("punct", "cc") and not _member(tree, child, head) and not _apart(tree, child):
            first = min(first, _leftmost(tree, child))
    last = head
    while last + 1 < len(tree) and closes(tree.texts[last + 1]) and _unclosed(tree, first, last):
        last += 1
    return first, last


def content_head(tree: Tree, head: int) -> int:
    """Return the noun that carries the meaning: アルトマン in アルトマン氏, 社員 in 社員ら."""
    while tree.tags[head] in _SUFFIX and head and tree.heads[head - 1] == head and tree.deps[head - 1] in ("compound", "nmod"):
        head -= 1
    return head


def members(tree: Tree, head: int) -> list[int]:
    """Return the heads of a list's members, the noun itself last: A、B、C; AやB; AとB; A、Bなどの大手."""
    found: list[int] = []
    for child in tree.children[head]:
        if child < head and _member(tree, child, head):
            found.extend(members(tree, child))
        elif child < head and tree.deps[child] == "acl":
            found.extend(m for noun in _examples(tree, child) for m in members(tree, noun))
    return [*found, *_siblings(tree, head), head]


def _siblings(tree: Tree, head: int) -> list[int]:
    """Members that GiNZA hung on the verb: ホンダ in 「トヨタ、ホンダ、日産が会社を設立した」."""
    if tree.marker(head).case not in ("ga", "ha", "mo", "to", "ni"):
        return []
    first = bounds(tree, head)[0]
    for other in tree.children[tree.heads[head]]:
        bare = tree.nominal(other) and other < head and not tree.marker(other).text and tree.marker(other).comma
        if bare and other + 2 == first and not headline_topic(tree, other) and "副詞" not in tree.tags[other]:
            return members(tree, other)
    return []


def _examples(tree: Tree, clause: int) -> list[int]:
    """The nouns named in Xのような, Xをはじめとする before a class noun."""
    if tree.texts[clause] == "よう":
        return [c for c in tree.children[clause] if tree.nominal(c)]
    first = [c for c in tree.children[clause] if tree.texts[c] in ("はじめ", "始め")] if tree.lemmas[clause] == "する" else []
    return [c for f in first for c in tree.children[f] if tree.nominal(c) and tree.marker(c).case == "wo"]


def headline_topic(tree: Tree, token: int) -> bool:
    """Tell whether a bare noun before a comma is a topic: at the beginning of a sentence only, 「メタ、新モデルを公開」.

    GiNZA hangs it on the next noun as if it were a list; in a list of two with を it is one in prose alone.
    """
    marker = tree.marker(token)
    if marker.case or marker.text not in ("", "など", "ら") or not marker.comma or tree.deps[token] in ("compound", "ROOT"):
        return False
    described = [t for t in range(token) if tree.deps[t] not in ("compound", "punct")]
    if described and not ((acts(tree, token) or _named(tree, token)) and all(_describes(tree, t, token) for t in described)):
        return False
    head = tree.heads[token]
    if not tree.nominal(head) or ("サ変" in tree.tags[head] and tree.heads[head] == head):
        return True
    listed = sum(1 for c in tree.children[head] if c < head and not tree.marker(c).text and tree.marker(c).comma)
    return not tree.text.endswith("。") and listed == 1 and tree.marker(head).case in ("wo", "ni", "de", "to", "kara", "he", "", "ga")


def acts(tree: Tree, token: int) -> bool:
    """Tell whether a noun names who can act: a name that is no place, or a noun that ends like one of those (社, 省, 企業)."""
    word, tag = tree.texts[token], tree.tags[token]
    return word.endswith(agent_endings()) or tag.startswith(("名詞-固有名詞-一般", "名詞-固有名詞-人名", "名詞-固有名詞-地名-国", "代名詞"))


def _named(tree: Tree, noun: int) -> bool:
    """Whether a name is part of the noun: 大川木工; not 海底ケーブル."""
    return any("固有名詞" in tree.tags[t] for t in range(noun) if tree.deps[t] == "compound" and tree.heads[t] == noun)


def _describes(tree: Tree, token: int, noun: int) -> bool:
    """Whether a token belongs to what stands with の before a noun: 地方銀行の in 地方銀行の北陽銀行."""
    while token < noun and tree.deps[token] in ("nmod", "compound", "case", "punct") and tree.heads[token] != token:
        token = tree.heads[token]
    return token == noun


def _member(tree: Tree, child: int, head: int) -> bool:
    if headline_topic(tree, child):
        return False
    if not tree.nominal(child) or tree.deps[child] not in ("nmod", "conj", "obl", "dep", "appos"):
        return False
    marker = tree.marker(child)
    if marker.case == "list" or _conjunction(tree, child):
        return True
    if marker.text in ("など", "等", "などの", "等の") or (marker.case == "quote" and marker.text.startswith("といった")):
        return True
    if marker.case == "to" and not marker.adnominal and not marker.topic:
        return not _reciprocal(tree, head) or tree.tags[child].endswith("サ変可能")
    return not marker.case and marker.comma and not marker.text


def _conjunction(tree: Tree, token: int) -> bool:
    """経産省および総務省: a conjunction stands between."""
    return tree.tags[token + 1 : token + 2] == ("接続詞",)


def _apart(tree: Tree, child: int) -> bool:
    """What hangs on a noun without being part of its phrase: a headline's topic, the A of 「AからBへの移行」."""
    marker = tree.marker(child)
    return headline_topic(tree, child) or (tree.nominal(child) and marker.case in ("kara", "ga", "wo", "ni", "ha") and not marker.adnominal)


def _reciprocal(tree: Tree, head: int) -> bool:
    """B社と提携, B社と共同で: と before a noun of doing is its partner, no list."""
    return tree.texts[head] in reciprocals()


def _leftmost(tree: Tree, token: int) -> int:
    plain = tree.nominal(token) and not any(tree.deps[c] == "cop" for c in tree.children[token])
    return min([token, *(_leftmost(tree, c) for c in tree.children[token] if c < token and not (plain and _apart(tree, c)))])


def _unclosed(tree: Tree, first: int, last: int) -> bool:
    words = tree.texts[first : last + 1]
    return sum(map(opens, words)) > sum(map(closes, words))
