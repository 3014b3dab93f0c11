"""Where the predicates of a sentence are: verbs, サ変 nouns with and without する, adjectives, nouns with a copula."""

from __future__ import annotations

from dataclasses import dataclass

from kg.argument.tree import Tree
from kg.argument.words import FUNCTIONAL, event_nouns
from kg.segment import PLACEHOLDER

_SURU = frozenset(("する", "できる", "出来る", "いたす", "致す", "なさる", "される", "為る", "す"))  # す of すべき
_PASSIVE = frozenset(("れる", "られる"))
_CAUSATIVE = frozenset(("せる", "させる", "しめる"))
_RECEIVE = frozenset(("もらう", "もらえる", "貰う", "いただく", "いただける", "頂く", "ほしい", "欲しい"))
_GIVE = frozenset(("くれる", "くださる", "下さる"))
_POTENTIAL = frozenset(("できる", "出来る", "得る", "うる", "える"))
_JOINED = frozenset(("づける", "付ける", "づく", "付く", "づけられる"))


@dataclass(frozen=True, slots=True)
class Found:
    """A predicate before its arguments. `first`..`token` are its own words, `last` the end of its auxiliaries."""

    token: int
    first: int
    last: int
    lemma: str
    kind: str  # verb, adjective, copula, event
    passive: bool = False
    causative: bool = False
    receive: bool = False  # てもらう: the subject has it done
    give: bool = False
    potential: bool = False
    link: str = ""  # the last word of its tail: て, が, と, ため …; empty at the end of a sentence or before a noun


def find(tree: Tree) -> list[Found]:
    """Return the predicates of a sentence in the order of the text."""
    found = []
    for token in range(len(tree)):
        kind = _kind(tree, token)
        if kind:
            found.append(_found(tree, token, kind))
    return found


def found_at(tree: Tree, token: int, kind: str) -> Found:
    """Return the predicate at a token that is known to be one, as `kind` where the rules see none."""
    return _found(tree, token, _kind(tree, token) or kind)


def sahen(tree: Tree, token: int) -> bool:
    """Tell whether a noun can be made a verb with する: 開発, 反対, 分社化; こと is none, nor is 引用 that stands for a quotation."""
    text = tree.texts[token]
    if text in ("もの", "こと") or (text == PLACEHOLDER and tree.texts[token - 1 : token] in (("「",), ("『",), ("“",))):
        return False
    tag = tree.tags[token]
    return "サ変" in tag or (len(text) > 2 and text.endswith("化") and tag.startswith("名詞"))


def verbal(tree: Tree, token: int) -> bool:
    """Tell whether a サ変 noun is used as a verb: 検討 before する, できる, or stem-final in 「調査、公表した」."""
    follows = token + 1
    if follows < len(tree) and tree.lemmas[follows] in _SURU and tree.heads[follows] in (token, tree.heads[token], follows):
        return tree.deps[follows] in ("aux", "fixed", "acl", "advcl", "ROOT")
    if tree.pos[token] != "VERB" or tree.deps[token] in ("obj", "nsubj", "obl", "compound", "nmod"):
        return False
    return _stands_alone(tree, token)


def _stands_alone(tree: Tree, token: int) -> bool:
    """Tell whether no noun follows: the stem of a verb before a comma, an auxiliary or the end."""
    follows = token + 1
    if follows >= len(tree) or _joined(tree, follows):
        return True
    return tree.pos[follows] in ("PUNCT", "AUX", "SCONJ", "PART") or tree.deps[follows] in ("aux", "mark")


def _kind(tree: Tree, token: int) -> str:
    if tree.deps[token] in ("aux", "fixed", "case", "mark", "punct", "cop", "det", "cc") or tree.lemmas[token] in FUNCTIONAL or _joined(tree, token):
        return ""
    tag, pos = tree.tags[token], tree.pos[token]
    if sahen(tree, token):
        if verbal(tree, token):
            return "verb"
        return "copula" if _copular(tree, token) and not _headline(tree, token) else "event"
    if pos == "VERB" and tag.startswith("名詞-普通名詞") and not tree.nominal(token) and tree.deps[token] != "compound":
        if not _stands_alone(tree, token):
            return ""
        return "verb" if "ぁ" <= tree.texts[token][-1] <= "ん" else "copula"  # 賃金を4割引き上げ; 投資が重荷、
    if pos == "VERB" and tag.startswith("動詞"):
        return "" if _empty(tree, token) else "verb"
    if tag == "形状詞-助動詞語幹":
        return ""
    if tag.startswith(("形容詞", "形状詞")) or (pos == "ADJ" and tag.endswith("形状詞可能")):
        return "adjective" if _predicative(tree, token) else ""
    if tree.nominal(token):
        if tree.texts[token] in event_nouns():
            return "copula" if _copular(tree, token) else "event"
        return "copula" if _copular(tree, token) else ""
    return ""


def _empty(tree: Tree, token: int) -> bool:
    """する that GiNZA hung apart from its サ変 noun (オープンソース化 + する), or that stands for a list of acts (削減するなどして)."""
    if tree.lemmas[token] not in _SURU:
        return False
    if token and sahen(tree, token - 1):
        return True
    nouns = [c for c in tree.children[token] if tree.nominal(c) and tree.marker(c).case in ("wo", "ni", "to", "ga", "mo")]
    return not nouns or any(tree.texts[c] in ("はじめ", "始め") for c in nouns)


def _predicative(tree: Tree, token: int) -> bool:
    """形容詞 and 形状詞 that say something: not 巨額の費用, not 巨大IT企業."""
    if tree.deps[token] in ("compound", "nmod", "amod", "advmod", "nsubj", "obj", "obl"):
        return tree.tags[token].startswith("形容詞") and tree.deps[token] in ("amod", "obl")
    after = token + 1
    adverbial = after < len(tree) and tree.texts[after] == "に" and tree.deps[after] in ("aux", "case", "mark", "cop")
    return tree.tags[token].startswith("形容詞") or not adverbial or any(tree.deps[c] == "nsubj" for c in tree.children[token])


def _copular(tree: Tree, token: int) -> bool:
    """A noun with だ, である, です, or one that ends the sentence with something said of it (体言止め)."""
    tail = list(tree.tail(token))
    if any(tree.deps[t] == "cop" or (tree.lemmas[t] in ("だ", "です") and tree.tags[t] == "助動詞") for t in tail):
        return "なよう" not in "".join(tree.texts[t] for t in tail)
    if tree.deps[token] in ("ROOT", "advcl", "conj", "ccomp") and not any(tree.deps[t] == "case" for t in tail):
        return any(tree.deps[c] in ("nsubj", "dislocated", "csubj") for c in tree.children[token])
    return False


def _headline(tree: Tree, token: int) -> bool:
    """A headline's last サ変 noun (新型モデルを公開) is an act, not a copula."""
    return not any(tree.deps[t] == "cop" or tree.lemmas[t] in ("だ", "です") for t in tree.tail(token))


def _found(tree: Tree, token: int, kind: str) -> Found:
    tail = list(tree.tail(token))
    lemmas = [tree.lemmas[t] for t in tail]
    head = _voice_part(lemmas)
    first, lemma = _stem(tree, token, kind)
    lifted = "られる" in head and not any(tree.texts[t] == "さ" for t in tail) and tree.lemmas[token].endswith("る")
    return Found(
        token,
        first,
        _last(tree, token, tail),
        lemma,
        kind,
        passive=any(x in _PASSIVE for x in head),
        causative=any(x in _CAUSATIVE for x in head),
        receive=any(x in _RECEIVE for x in lemmas),
        give=any(x in _GIVE for x in lemmas),
        potential=lifted or any(x in _POTENTIAL for x in lemmas),
        link=_link(tree, tail),
    )


def _voice_part(lemmas: list[str]) -> list[str]:
    """The auxiliaries before て: the voice of the verb itself, not of what follows it."""
    stop = next((i for i, x in enumerate(lemmas) if x in ("て", "で", "た", "と", "ば", "から")), len(lemmas))
    return lemmas[:stop]


def _joined(tree: Tree, token: int) -> bool:
    """づける that hangs on the noun it makes a verb of."""
    return 0 < token < len(tree) and tree.lemmas[token] in _JOINED and tree.heads[token] == token - 1


def _stem(tree: Tree, token: int, kind: str) -> tuple[int, str]:
    """The words of a predicate itself: 再 + 構築, オープンソース + 化."""
    first = token
    lemma = tree.lemmas[token] if not tree.tags[token].startswith(("名詞", "接尾辞")) else tree.texts[token]
    lemma = f"{lemma[:-2]}じる" if lemma.endswith("ずる") else lemma
    if tree.lemmas[token] in _JOINED and token and tree.heads[token - 1] == token:  # 位置 + づける
        return token - 1, tree.texts[token - 1] + lemma
    if _joined(tree, token + 1):
        return token, lemma + tree.lemmas[token + 1]
    before = token - 1
    suffix = tree.tags[token].startswith("接尾辞")
    while before >= 0 and tree.heads[before] in (token, first) and tree.deps[before] in ("compound", "nmod"):
        if not (suffix or tree.texts[before] in ("再", "脱", "反", "非")):
            break
        first, lemma = before, tree.texts[before] + lemma
        suffix = tree.tags[before].startswith("接尾辞")
        before -= 1
    return first, lemma


def _last(tree: Tree, token: int, tail: list[int]) -> int:
    last = token
    for t in tail:
        if tree.deps[t] in ("case", "mark") and tree.texts[t] not in ("て", "で", "ば"):
            break
        last = t
    return last


def _link(tree: Tree, tail: list[int]) -> str:
    words = [tree.texts[t] for t in tail if tree.deps[t] in ("mark", "case", "fixed") or tree.tags[t] == "形状詞-助動詞語幹"]
    return words[-1] if words else ""
