"""Arguments that the parse lost and the surface still shows: the noun right before a predicate's particle.

撤退 in 海外事業からの撤退も発表した has its から right before it; 宣伝 in 手作りを売りとして宣伝した has its を in the same clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from kg.model import Argument, Case, Predicate
from kg.relation.frame import frames
from kg.relation.page import Page
from kg.segment import Kind

_ADNOMINAL = {"から": Case.KARA, "へ": Case.HE, "と": Case.TO}
_DIRECT = {"に": Case.NI, "へ": Case.HE, "から": Case.KARA, "と": Case.TO}
_PARTICLES = {"が": Case.GA, "は": Case.GA, "も": Case.GA, "を": Case.WO, "に": Case.NI, "と": Case.TO, "へ": Case.HE, "から": Case.KARA}
_NOUNS = ("NOUN", "PROPN", "NUM", "PRON")
_MANNER = frozenset(("一貫", "断固", "徹底", "終始", "真っ向", "正面", "公然", "明確", "全面的", "積極的", "強硬", "早急", "再三", "改めて", "一斉"))
DEEDS = frozenset(("判断", "選択", "決断", "対応", "措置", "策", "一手", "動き", "考え", "やり方", "方向", "方針", "行為", "決定"))
_HOW = frozenset(("本格", "全面", "試験", "正式", "先行", "早期", "順次", "完全", "一斉", "新規", "限定", "一部", "段階", "再", "大量", "追加"))
_QUALITIES = ("形容詞", "形状詞", "副詞")
REACH = 14  # tokens before a verb in which a free を is its own


def repaired(page: Page, predicates: tuple[Predicate, ...]) -> tuple[Predicate, ...]:
    """Return the predicates with such arguments added, and those that were not seen as ones; what the parse did find stays as it is."""
    known = {(p.sentence, p.token) for p in predicates}
    unseen = [p for s in page.sentences.values() for p in _unseen(page, s.index, known)]
    places = {(p.sentence, p.token): p for p in predicates}
    judged = (_judged(page, p, places) for p in (*predicates, *unseen))
    return tuple(sorted((_repair(page, p) for p in judged), key=lambda p: (p.sentence, p.token)))


def _judged(page: Page, predicate: Predicate, places: dict[tuple[int, int], Predicate]) -> Predicate:
    """分散は歓迎すべき動きだ: what is to be welcomed is the subject of the noun that the verb describes."""
    doc = page.sentences[predicate.sentence].doc
    above = places.get((predicate.sentence, doc[predicate.token].head.i))
    if above is None or above.kind != "copula":
        return predicate
    if predicate.kind == "adjective" and doc[above.token].text in DEEDS:  # 分散は妥当な判断だ
        return replace(predicate, arguments=tuple(a for a in above.arguments if a.case is Case.GA))
    if predicate.kind != "event" or predicate.arguments:
        return predicate
    if not page.text.startswith(("すべき", "できる", "に値する"), predicate.end):
        return predicate
    return replace(predicate, kind="verb", arguments=tuple(replace(a, case=Case.WO) for a in above.arguments if a.case is Case.GA))


def _unseen(page: Page, index: int, known: set[tuple[int, int]]) -> Iterator[Predicate]:
    """What a frame knows and the parse has as no predicate: 疑問視した, 慎重だ, 協働する; 踏み切る in 利上げに踏み切るとの見方."""
    sentence = page.sentences[index]
    for token in sentence.doc[:-1]:
        if (index, token.i) in known or token.lemma_ not in frames() or not _verbal(sentence.doc, token.i):
            continue
        begin, end = sentence.span(token.i, token.i)
        bare = Predicate(begin, end, token.lemma_, "verb", (), index, token.i)
        yield replace(bare, arguments=tuple(_argument(page, bare, case, at) for case, at in _before(sentence.doc, token.i)))


def _verbal(doc: Doc, token: int) -> bool:
    if doc[token].lemma_ == "する":  # 値上げはしない
        return token > 1 and doc[token - 1].text in ("は", "も") and doc[token - 2].pos_ in _NOUNS and doc[token + 1].text in ("ない", "ませ")
    if doc[token].tag_.startswith("動詞-一般"):
        return doc[token].dep_ in ("nmod", "obl", "nsubj", "obj", "conj", "dep")
    follows = doc[token + 1]
    copular = follows.lemma_ in ("する", "だ", "です") and follows.head.i in (token, doc[token].head.i)
    return copular and doc[token].tag_.startswith("名詞")


def _before(doc: Doc, token: int) -> list[tuple[Case, int]]:
    """The nearest noun of each particle in the same clause."""
    found: dict[Case, int] = {}
    for at in range(token - 1, max(0, token - REACH), -1):
        if doc[at].pos_ == "VERB" or doc[at].text == "。":
            break
        case = _PARTICLES.get(doc[at].text)
        if case is not None and doc[at].pos_ == "ADP" and doc[at - 1].pos_ in _NOUNS and doc[at - 1].text not in ("年内", "月", "日", "年"):
            found.setdefault(case, at - 1)
    return list(found.items())


def _repair(page: Page, predicate: Predicate) -> Predicate:
    return _with_partner(
        page, _caused(_extended(page, _contrasted(page, _stopped(page, _compounded(page, _prefixed(page, _unpossessed(page, predicate)))))))
    )


def _contrasted(page: Page, predicate: Predicate) -> Predicate:
    """Aは、Bは続ける: of two topics the one right before a verb without an object is acted on."""
    doc, first = page.sentences[predicate.sentence].doc, _first(page.sentences[predicate.sentence].doc, predicate.token)
    acted = any(a.case is Case.WO and not a.inferred for a in predicate.arguments)
    verb = predicate.kind == "verb" and not predicate.passive and doc[predicate.token].pos_ == "VERB"
    if not verb or acted or first < 3 or doc[first - 1].text not in ("は", "も") or doc[first - 2].pos_ not in _NOUNS:
        return predicate
    start = _first(doc, first - 2)
    if not any(t.text in ("は", "が") and t.pos_ == "ADP" and doc[t.i - 1].pos_ in (*_NOUNS, "PUNCT") for t in doc[1:start]):
        return predicate
    thing = _argument(page, predicate, Case.WO, first - 2)
    kept = tuple(a for a in predicate.arguments if a.head != thing.head)
    return replace(predicate, arguments=(*kept, thing))


def _stopped(page: Page, predicate: Predicate) -> Predicate:
    """地図を提供、: a noun that ends its clause without する."""
    doc, first = page.sentences[predicate.sentence].doc, _first(page.sentences[predicate.sentence].doc, predicate.token)
    ends = predicate.token + 1 < len(doc) and doc[predicate.token + 1].text == "、"
    if predicate.kind != "event" or not ends or first < 2 or doc[first - 1].text != "を" or any(a.case is Case.WO for a in predicate.arguments):
        return predicate
    noun = first - 2
    while noun > 0 and doc[noun].pos_ == "PUNCT":
        noun -= 1
    return replace(predicate, kind="verb", arguments=(*predicate.arguments, _argument(page, predicate, Case.WO, noun)))


def _compounded(page: Page, predicate: Predicate) -> Predicate:
    """「X」の公開延期, in a headline: the event right before one that a frame asks for is acted on, it does not act."""
    title = page.sentences[predicate.sentence].kind is not Kind.PROSE
    if not title or predicate.kind not in ("event", "light") or any(a.case is Case.WO for a in predicate.arguments):
        return predicate
    wanted = {word for frame in frames().get(predicate.lemma, ()) for case, words in frame.needs if case is Case.WO for word in words}
    events = [a for a in predicate.arguments if a.case is Case.GA and a.end == predicate.begin and page.text[a.begin : a.end] in wanted]
    if not events or page.text[events[0].begin : events[0].end] + predicate.lemma in frames():
        return predicate
    return replace(predicate, arguments=tuple(replace(a, case=Case.WO) if a in events else a for a in predicate.arguments))


def _prefixed(page: Page, predicate: Predicate) -> Predicate:
    """「X」を本格導入へ: what only says how far it goes is no argument, and hides the one before it."""
    how = [a for a in predicate.arguments if a.end == predicate.begin and page.text[a.begin : a.end] in _HOW]
    if predicate.kind not in ("event", "light") or not how:
        return predicate
    kept = tuple(a for a in predicate.arguments if a not in how)
    doc, first = page.sentences[predicate.sentence].doc, _first(page.sentences[predicate.sentence].doc, predicate.token)
    thing = _free_object(doc, first) if first > 1 and doc[first - 1].text == "を" else None
    if thing is None or any(a.case is Case.WO for a in kept):
        return replace(predicate, arguments=kept)
    return replace(predicate, kind="verb", arguments=(*kept, _argument(page, predicate, Case.WO, thing)))


def _unpossessed(page: Page, predicate: Predicate) -> Predicate:
    """株式を取得し子会社化する: the second verb, taken for a noun that the first describes, is not who acts."""
    kept = tuple(a for a in predicate.arguments if not (a.case is Case.GA and a.begin <= predicate.begin < a.end and page.text[a.end - 1] == "化"))
    return replace(predicate, arguments=kept) if len(kept) < len(predicate.arguments) else predicate


def _caused(predicate: Predicate) -> Predicate:
    """Xが新型を完成させた: X acts, and what it completes is acted on."""
    causers = [a for a in predicate.arguments if a.case is Case.CAUSER]
    if not causers:
        return predicate
    acted = any(a.case is Case.WO for a in predicate.arguments)
    kept = [a for a in predicate.arguments if a.case is not Case.GA]
    moved = [] if acted else [replace(a, case=Case.WO) for a in predicate.arguments if a.case is Case.GA]
    return replace(predicate, arguments=(*kept, *moved, *(replace(a, case=Case.GA) for a in causers)))


def _with_partner(page: Page, predicate: Predicate) -> Predicate:
    """X社としのぎを削る, X社と契約を結ぶ: a name and what is no name are no list."""
    acted = [a for a in predicate.arguments if a.case is Case.WO]
    if len(acted) < 2 or any(a.case is Case.TO for a in predicate.arguments):
        return predicate
    partners = [a for a in acted[:-1] if page.over(a.head) and page.text[a.end : a.end + 1] == "と"]
    if not partners or page.over(acted[-1].head):
        return predicate
    return replace(predicate, arguments=tuple(replace(a, case=Case.TO) if a in partners else a for a in predicate.arguments))


def _extended(page: Page, predicate: Predicate) -> Predicate:
    sentence = page.sentences[predicate.sentence]
    doc, first = sentence.doc, _first(sentence.doc, predicate.token)
    cases = {a.case for a in predicate.arguments if not a.inferred}
    found: list[tuple[Case, int]] = []
    if predicate.kind in ("event", "light"):
        found += [(case, at) for case, at in _before_no(doc, first) if case not in cases]
    elif predicate.kind == "verb":
        if Case.WO not in cases and not predicate.passive and (at := _free_object(doc, first)) is not None:
            found.append((Case.WO, at))
        found += [(case, at) for case, at in (*_before_phrases(page, predicate), *_within_phrases(page, predicate)) if case not in cases]
        at = _past_manner(doc, first)
        if at >= 2 and (case := _DIRECT.get(doc[at - 1].text)) and case not in cases and doc[at - 2].pos_ in _NOUNS:
            found.append((case, at - 2))
    elif predicate.kind == "copula" and first >= 2 and doc[first - 1].text == "の" and Case.NO not in cases and doc[first - 2].pos_ in _NOUNS:
        found.append((Case.NO, first - 2))
    extra = tuple(_argument(page, predicate, case, at) for case, at in found)
    return replace(predicate, arguments=(*predicate.arguments, *extra)) if extra else predicate


def _past_manner(doc: Doc, first: int) -> int:
    """Where a verb begins with the words that say how it is done: 一貫して, 強く, 真っ向から in 制度に一貫して反対する."""
    at = first
    while at >= 3:
        before = doc[at - 1]
        if before.text == "て" and doc[at - 2].text == "し" and doc[at - 3].text in _MANNER:
            at -= 3
        elif before.tag_.startswith(("副詞", "形容詞")) or before.text in _MANNER:
            at -= 1
        elif before.text in ("に", "から") and doc[at - 2].text in _MANNER:
            at -= 2
        else:
            break
    return at


def _argument(page: Page, predicate: Predicate, case: Case, at: int) -> Argument:
    sentence = page.sentences[predicate.sentence]
    start = _first(sentence.doc, at)
    begin, end = sentence.span(start, at)
    return Argument(case, begin, end, sentence.offset(at), False, 0.6, "repair")


def _first(doc: Doc, token: int) -> int:
    while token > 0 and doc[token - 1].dep_ == "compound" and token - 1 < doc[token - 1].head.i <= token + 2:
        token -= 1
    return token


def _before_no(doc: Doc, first: int) -> list[tuple[Case, int]]:
    """Xからの, Xへの, Xとの right before an event noun."""
    if first < 3 or doc[first - 1].text != "の":
        return []
    case = _ADNOMINAL.get(doc[first - 2].text)
    if case is None or doc[first - 3].pos_ not in _NOUNS:
        return []
    source = _first(doc, first - 3) - 1  # 終身雇用からジョブ型雇用への転換
    left = source > 0 and case is Case.HE and doc[source].text == "から" and doc[source - 1].pos_ in _NOUNS
    return [(case, first - 3), *([(Case.KARA, source - 1)] if left else [])]


def _before_phrases(page: Page, predicate: Predicate) -> list[tuple[Case, int]]:
    """海外展開から手を引く, X社に3億円を投じる: the noun whose particle stands right before another argument."""
    sentence = page.sentences[predicate.sentence]
    found = []
    for argument in predicate.arguments:
        span = sentence.tokens(argument.begin, argument.begin + 1) if argument.case is Case.WO and not argument.inferred else None
        if span is None or span.start < 2:
            continue
        case = _DIRECT.get(sentence.doc[span.start - 1].text)
        if case is not None and sentence.doc[span.start - 2].pos_ in _NOUNS:
            found.append((case, span.start - 2))
    return found


def _within_phrases(page: Page, predicate: Predicate) -> list[tuple[Case, int]]:
    """集約に強い不満を示した: the noun that the parse hung on the adjective within what is shown."""
    sentence = page.sentences[predicate.sentence]
    for argument in predicate.arguments:
        span = sentence.tokens(argument.begin, argument.head + 1) if argument.case is Case.WO and not argument.inferred else None
        for at in range(span.start + 1, span.end - 1) if span is not None else ():
            doc = sentence.doc
            if doc[at].text == "に" and doc[at].pos_ == "ADP" and doc[at - 1].pos_ in _NOUNS and doc[at + 1].tag_.startswith(_QUALITIES):
                return [(Case.NI, at - 1)]
    return []


def _free_object(doc: Doc, first: int) -> int | None:
    for at in range(first - 1, max(0, first - REACH), -1):
        token = doc[at]
        if token.pos_ == "VERB" or (token.pos_ == "PUNCT" and token.text in "、。"):
            return None
        if token.text == "を" and doc[at - 1].pos_ in (*_NOUNS, "PUNCT"):
            noun = at - 1
            while noun > 0 and doc[noun].pos_ == "PUNCT":
                noun -= 1
            return noun
    return None
