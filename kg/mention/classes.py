"""The class of a name: every occurrence in the article votes, and what stands around it. One name, one class."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from kg.lexicon import alternatives
from kg.mention.deeds import airs, deeds, trade
from kg.mention.form import WHOLE_PERSON, form, tagged
from kg.mention.page import Page, Span, Votes, key
from kg.mention.units import script
from kg.mention.words import (
    class_word_after,
    class_word_before,
    class_words,
    contexts,
    countries,
    given_names,
    suffix_begin,
    suffix_end,
    suffixes,
)
from kg.model import EntityClass

Said = tuple[str, EntityClass, float]  # by which rule, for which class, how much
_TAGGER_SHARE = 3.0  # votes that the tagger has at most over all occurrences of a name
_CITING = re.compile(
    r"^[」』]?(?:によ|の(?:報道(?!官|担当|陣)|取材|記事|単独|インタビュー|電話取材|世論調査)|に(?:対|明|語|証|話|寄稿)"
    r"|[はがも].*(?:報じ|伝え|報道|取材|記事|入手|掲載|独占|インタビュー)|の[^、。「」の]{2,14}(?:記者|特派員|編集長|論説委員))"
)
REPORTS = re.compile(
    r"^[」』]?(?:[（(][^（）()]{1,20}[）)])?(?:は|も|が(?:[\d０-９]+(?:日|月)|、|これまで))"
    r".*?(?:と(?:報じ|伝え)(?!られ)|を報じ|伝えた(?:ところ|$)|の報道として)"
)
_TRADES = re.compile(r"^(?:は|が|も|と|や|、|（|を(?:買収|提訴|傘下|子会社)|に(?:出資|投資|発注|委託|売却)|の[^、。]{0,12}(?:社長|会長|社|CEO|広報))")
_OFFICER = re.compile(  # Xの石橋隆文社長
    r"^の[一-龥々ぁ-ゖァ-ヺー・]{2,12}?(?:代表取締役|副?社長|副?会長|最高[一-龥]{2,4}責任者|CEO|CFO|COO|CTO|頭取|専務|常務|執行役員)(?:[はがもにを]|$)"
)
_FIRST = re.compile(r"(?:^|[。\n　「])(?:一方、?|ただ、?|また、?|[^。、\n]{1,9}(?:紙|誌|メディア|サイト|新聞|局)の?|[米英仏独伊露韓中]紙?)?$")
_OPENING = re.compile(r"[」』]?[（(](?:以下、?|旧|現)?$")
_SETTLED = re.compile(r"[都道府県市区町村州国]$")
_JOINED = re.compile(r"[」』]?(?:、|や|・|および|及び)[「『]?|」「|』『")
_FIELD = 3.0  # weight of what a firm deals in (造船のX)
_SQUAD = "代表"  # before a name in brackets a team's (日本代表「X」), not a person's post
_COUNTRY = 1.3  # what a country of one kanji weighs for a company more than the contexts say, where Sudachi knows no place (独X)
_LIST_TAIL = re.compile(r"[」』]?(?:(?:、|や|・|および|及び)[^、。や・]{1,24}?){1,5}(?=など)")  # the rest of a list: what its など says holds for all
_COMPANY = 0.7  # what the class of its neighbour in a list weighs for a name
_CREATOR = re.compile(r"(?:監督|さん|氏|作家|先生|原作|主演|脚本|著|作)の$")  # X監督の『Y』: a work
_SEAT = re.compile(r"^[」』]?[（(][^（）()\n]*?(?:本社|本店|[都道府県市区町村州])[）)、：:]")
RUN = re.compile(r"を(?:運営|提供|開発|販売|配信|手がけ|手掛け)(?:する|した|している|る|ている)(?![、。])")  # 「X」を運営するY: X is what Y offers
_CHAIN = re.compile(  # コンビニチェーン「X」を運営するY: X is a body of Y
    r"(?:(?:チェーン|量販店|百貨店|居酒屋|(?<!ネット)(?<!無人)スーパー|コンビニ(?:エンスストア)?|ホームセンター|ドラッグストア"
    r"|ファミレス|ファミリーレストラン|学習塾|予備校)(?:大手|最大手)?)の?[「『]?$"
)
PROGRAMME = re.compile(
    r"(?:放送(?:された|開始)?の(?:[^「」、。ド]{0,10}番組)?|[一-龥ァ-ヺーA-Z]{2,6}(?:テレビ|放送)の?|テレビ(?:東京|朝日|大阪)の?)[「『]?$"
)
STATION = re.compile(r"[」』]?[（(][^（）()、]{0,8}(?:テレビ|放送|ラジオ|NHK|TBS|ＴＢＳ|ＮＨＫ)[^（）()、]{0,4}[）)]")
_SURNAME = 3.0  # weight of a full name for its surname alone
_PLAYER = re.compile(r"(?<![A-Za-z])(?:FW|MF|DF|GK|CB|PG|SO|SH)$")  # MF早瀬拓海
_GIVEN = 1.5  # weight of a foreign given name at a name's beginning
_BUSINESS = re.compile(
    r"^[」』]?(?:は|が|も)(?:[^「」。]{0,20}、)?[^「」。、]{0,24}(?:工場|社名|人員|全店|店舗|生産|発売|出荷|増産|減産|値上げ|値下げ|株式|株|上場|本社|決算|赤字|黒字|業績|事業"
    r"|新製品|新商品|新型車|子会社|資本|営業利益|売上高)(?:を|の|に|から|へ|化|と(?:なっ|な))"
)
_OFFERS = re.compile(
    r"^[」』]?(?:は|が)、?[^。「」]{0,24}[「『][^「」『』]{1,24}[」』]を(?:発売|値下げ|値上げ|販売|投入|刷新|回収|リコール|売り出|出荷|全面改良)"
)
_CERTAIN = 4.0  # weight of a context that makes a person of what looks like a place: 氏, さん
_ACTS = 2.0  # weight of a context that makes a company of a newspaper: の社長, を買収
_ONCE = 2  # times that one kind of context counts for a name


def classify(page: Page, spans: Iterable[Span]) -> dict[str, EntityClass]:
    """Return the class of each name (by key) of the article."""
    groups: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[key(page.text[span.begin : span.end])].append(span)
    votes = {name: _votes(page, group) for name, group in groups.items()}
    for name, alias in _aliases(page, groups):
        votes[name] = votes[alias] = {kind: votes[name].get(kind, 0.0) + votes[alias].get(kind, 0.0) for kind in EntityClass}
    for name in _surnames(page, groups, votes):
        votes[name][EntityClass.PERSON] = votes[name].get(EntityClass.PERSON, 0.0) + _SURNAME
    listed = {name: dict(total) for name, total in votes.items()}
    for name, other in _listed(page, groups):
        for kind, weight in votes[other].items():
            listed[name][kind] = listed[name].get(kind, 0.0) + _COMPANY * weight / max(1.0, sum(votes[other].values()))
    return {name: _winner(total) for name, total in listed.items()}


def _surnames(page: Page, groups: dict[str, list[Span]], votes: dict[str, Votes]) -> Iterator[str]:
    """Yield the names that are the surname of a person whom the article names in full, and the beginning of no body's name."""
    for name, group in groups.items():
        span = group[0]
        units = page.inside(span.begin, span.end)
        if [unit.tag for unit in units] != WHOLE_PERSON or _winner(votes[name]) is not EntityClass.PERSON:
            continue
        surname = key(units[0].surface)
        bodies = (other for other in groups if other.startswith(surname) and other not in (name, surname))
        if surname in groups and all(_winner(votes[other]) is EntityClass.PERSON for other in bodies):
            yield surname


def _listed(page: Page, groups: dict[str, list[Span]]) -> Iterable[tuple[str, str]]:
    """Yield each two names that stand side by side in a list, either way round: what one is, the other may be."""
    spans = sorted((span.begin, span.end, name) for name, group in groups.items() for span in group)
    for (_, end, name), (begin, _, other) in pairwise(spans):
        if name != other and _JOINED.fullmatch(page.text[end:begin]):
            yield name, other
            yield other, name


def _aliases(page: Page, groups: dict[str, list[Span]]) -> Iterable[tuple[str, str]]:
    """Yield the names of which one stands in brackets right behind the other in another script: Sambridge（サムブリッジ）."""
    ends = {span.end: name for name, group in groups.items() for span in group}
    for alias, group in groups.items():
        for span in group:
            opening = _OPENING.search(page.text, max(0, span.begin - 6), span.begin)
            name = ends.get(opening.start()) if opening else None
            closes = page.text[span.end : span.end + 1] in ("）", ")", "、")
            if not (name and name != alias and closes) or _scripts(page.text[span.begin]) == _scripts(page.text[groups[name][0].begin]):
                continue
            if EntityClass.PLACE not in dict(tagged(page, span)) and not list(form(page.text[span.begin : span.end])):
                yield name, alias


def _scripts(text: str) -> str:
    return "latin" if script(text[0]) in "aA" else script(text[0])


def _winner(votes: Votes) -> EntityClass:
    return max(EntityClass, key=lambda kind: votes.get(kind, 0.0))


def _votes(page: Page, group: list[Span]) -> Votes:
    """Sum what the tagger, the name's own form and its contexts say."""
    total: Votes = defaultdict(float)
    share = min(1.0, _TAGGER_SHARE / len(group))
    counted: dict[tuple[str, EntityClass], int] = defaultdict(int)
    company = acts = False
    for span in group:
        for kind, weight in span.votes.items():
            total[kind] += weight * share
        for rule, kind, weight in (*evidence(page, span), *deeds(page, span)):
            counted[rule, kind] += 1
            company = company or (kind == EntityClass.ORGANIZATION and weight >= _ACTS)
            acts = acts or kind == EntityClass.ORGANIZATION
            if counted[rule, kind] <= _ONCE:
                total[kind] += weight
    name = page.text[group[0].begin : group[0].end]
    if re.split("[・ ]", name)[0] in given_names() and script(name[-1]) in "ta":
        total[EntityClass.PERSON] += _GIVEN
    ends = dict(form(name))
    bracketed = all(page.quoted(span.begin, span.end) for span in group)
    for kind, weight in (*ends.items(), *tagged(page, group[0])):
        if bracketed and kind == EntityClass.PLACE and kind not in ends:
            continue  # 「クルリ」, which is a town as well
        if kind != EntityClass.PLACE or EntityClass.ORGANIZATION not in ends:
            total[kind] += weight
    cited = any(rule.startswith("cited") for rule, _ in counted)
    company = company or (acts and name.endswith("社") and not cited)  # X新聞社は発表した
    listed = any(EntityClass.OUTLET in span.votes for span in group)  # only the lexicon votes so for a span
    sends = not cited and any(airs(page, span) for span in group)
    medium = (listed or suffix_end("medium").search(name) or suffix_begin("issue").match(name)) and not company and not sends
    if medium:
        total[EntityClass.OUTLET] += 3.0 if listed else 1.0
    if total[EntityClass.OUTLET] and not medium and not cited:
        total[EntityClass.ORGANIZATION] += total[EntityClass.OUTLET]
        total[EntityClass.OUTLET] = 0.0
    return total


def evidence(page: Page, span: Span) -> tuple[Said, ...]:
    """Return (rule, class, weight) for what stands before and after one occurrence."""
    known, place = _known(page), (span.begin, span.end)
    if place not in known:
        known[place] = tuple(_evidence(page, span))
    return known[place]


@lru_cache(maxsize=1)
def _known(page: Page) -> dict[tuple[int, int], tuple[Said, ...]]:
    """What was found around the stretches of an article so far: every rule that finds names asks for most of them anew."""
    return {}


def _evidence(page: Page, span: Span) -> Iterator[Said]:
    before, after, rest = page.before(span.begin), page.after(span.end), page.rest(span.end)
    place = EntityClass.PLACE in dict(tagged(page, span))
    behind = page.unit_ending(span.begin)
    glued = behind >= 0 and page.units[behind].tag.startswith("名詞-固有名詞-人名")  # 岸本泰輔長崎市長
    place = place and (glued or bool(_SETTLED.search(page.text[span.begin : span.end])))
    company = any(kind == EntityClass.ORGANIZATION for kind, _ in form(page.text[span.begin : span.end]))
    for side, near in (("before", before), ("after", after)):
        for context in contexts(side):
            if context.type == EntityClass.PERSON and place and context.weight < _CERTAIN:
                continue
            if (found := context.pattern.search(near)) and not (company and found.group().startswith("さん")):
                rule = "cited" if context.type == EntityClass.OUTLET else context.rule
                yield rule, context.type, context.weight
    if tail := _LIST_TAIL.match(rest):
        near = rest[tail.end() :]
        yield from ((c.rule, c.type, c.weight) for c in contexts("after") if c.type != EntityClass.OUTLET and c.pattern.search(near))
    at = page.unit_ending(span.begin)
    if at > 0 and page.units[at].surface == "の" and page.units[at - 1].tag.startswith("名詞-固有名詞-地名"):
        yield "place-of", EntityClass.ORGANIZATION, 1.5
    if page.quoted(span.begin, span.end):
        yield from _made(before, after)
        yield from _aired(page, span, before, rest)
    if _SEAT.match(page.text[span.end : span.end + 30]):
        yield "seat", EntityClass.ORGANIZATION, 2.0
    foreign = before[-1:] in countries() and script(page.text[span.begin]) in "tAa"
    if foreign and not suffix_begin("no").match(after) and not dict(tagged(page, span)):
        yield "country-before", EntityClass.ORGANIZATION, _COUNTRY
    if match := _copula().match(rest):
        yield "copula", class_words()[match.group("made") or match.group("plain")], 2.5
    if not company and not place and suffix_begin("no").match(after):
        yield "title-after", EntityClass.PERSON, 1.5
    yield from _class_words(before, after, page.quoted(span.begin, span.end))
    yield from _business(page, span, before, rest, place)
    if REPORTS.match(rest) and _FIRST.search(page.text[max(0, span.begin - 12) : span.begin]):
        yield "cited-subject", EntityClass.OUTLET, 4.0 if foreign and script(page.text[span.begin]) in "Aa" else 2.5
    ending = suffix_end("yes").search(page.text[span.begin : span.end])
    if ending and suffixes("yes")[ending.group(1)] == EntityClass.OUTLET and _CITING.search(rest):
        yield "cited", EntityClass.OUTLET, 2.0


def _aired(page: Page, span: Span, before: str, rest: str) -> Iterator[tuple[str, EntityClass, float]]:
    """Yield what says that a name in brackets is a site's that tells something, or a programme's."""
    if _SITE.search(before) and _TELLS.match(rest):
        yield "cited-site", EntityClass.OUTLET, 6.0
    if PROGRAMME.search(before) or STATION.match(page.text, span.end + 1):
        yield "cited-programme", EntityClass.OUTLET, 5.0


@cache
def paper_of() -> re.Pattern[str]:
    """Return a pattern for what says whose or which paper a name is: ベルギー紙, 経済誌の, 独経済紙."""
    nations = alternatives([*countries(), *countries().values()])
    kinds = "有力|経済|大衆|高級|夕刊|日刊|地元|業界|専門|週刊|月刊|総合|写真|女性|男性|科学|技術|音楽|映画|ゲーム|ビジネス"
    return re.compile(f"(?:{nations}|{kinds})(?:{kinds})?[紙誌]の?[「『]?$")


_SITE = re.compile(r"(?:サイト|ブログ|メディア|マガジン)[「『]$")
_TELLS = re.compile(  # ゲーム攻略サイト「X」は、…と指摘した; 価格比較サイト「X」の口コミ
    r"[」』](?:の(?:調べ|調査|アンケート|口コミ|クチコミ|レビュー|ランキング|記事|報道)|に(?:よると|よれば)"
    r"|(?:は|が)、?[^。]{4,80}?と(?:報じ|伝え|指摘|分析|批判|評価|評し|書い|まとめ)(?:た|て|し|る))"
)


def is_chain(text: str, begin: int) -> bool:
    """Whether a name in brackets is a chain's of shops, by what stands before it: コンビニ「X」."""
    return text[begin - 1 : begin] in ("「", "『") and _CHAIN.search(text, max(0, begin - 16), begin) is not None


def _made(before: str, after: str) -> Iterable[tuple[str, EntityClass, float]]:
    """Yield what says that a name in brackets is somebody's work or product."""
    if before.endswith("の") and _of_company(before):
        yield "company-of", EntityClass.MODEL, 2.0
    if _CREATOR.search(before.removesuffix("『").removesuffix("「")):
        yield "creator-of", EntityClass.MODEL, 2.5
    if _CHAIN.search(before):
        yield "chain", EntityClass.ORGANIZATION, 4.0
    elif RUN.match(after):
        yield "run-by", EntityClass.MODEL, 6.0


def _of_company(before: str) -> bool:
    """Whether a company stands before the の of X社の「Y」, 大洋電機の「Y」."""
    return before.endswith("社の") or EntityClass.ORGANIZATION in dict(form(before[-13:-1]))


def _business(page: Page, span: Span, before: str, rest: str, place: bool) -> Iterable[tuple[str, EntityClass, float]]:
    """Yield what says that a name deals: its officers, its trade, what it sells."""
    if not place and script(page.text[span.begin]) in "tAa" and _OFFICER.match(rest):
        yield "its-officer", EntityClass.ORGANIZATION, 4.0
    if (
        "の" in before[-3:]
        and _field_before().search(before)
        and not (before.endswith("の") and _of_company(before))
        and _TRADES.match(page.text[span.end : span.end + 24].lstrip("」』"))
    ):
        yield "field-before", EntityClass.ORGANIZATION, _FIELD
    if _BUSINESS.match(rest) or _OFFERS.match(rest):
        yield "does-business", EntityClass.ORGANIZATION, 1.5
    yield from trade(page, span)


def _class_words(before: str, after: str, quoted: bool) -> Iterable[tuple[str, EntityClass, float]]:
    """Yield what the nouns of kinds beside a name say: アプリ「X」, Xという会社."""
    if _PLAYER.search(before):
        yield "player", EntityClass.PERSON, _CERTAIN
    if paper_of().search(before):
        yield "cited", EntityClass.OUTLET, 4.0
    if match := class_word_before().search(before):
        kind = EntityClass.ORGANIZATION if quoted and match.group() == _SQUAD else class_words()[match.group(1)]
        if quoted and match.group(1) in suffixes("rival"):  # products stand in brackets, companies do not
            kind = EntityClass.MODEL
        yield "cited-class" if kind == EntityClass.OUTLET else "class-word-before", kind, 4.0 if quoted and not match.group(2) else 2.0
    if match := class_word_after().search(after):
        yield "class-word-after", class_words()[match.group(2)], 3.0 if match.group(1) else 1.0


@cache
def _field_before() -> re.Pattern[str]:
    """Matches what a firm deals in before its name: 造船の, 人材サービスの米."""
    fields = alternatives([*suffixes("field"), *suffixes("firm")])
    kanji = "".join(countries())
    return re.compile(rf"(?:^[{kanji}]?|[^一-龥ァ-ヺー]|[一-龥ァ-ヺー]{{2}})(?:{fields})の[{kanji}]?[「『]?$")


@cache
def _copula() -> re.Pattern[str]:
    """Matches what says of a name before it what it is: Xは、Yが運営するサービスで, Xは掃除機のシリーズだ."""
    kinds = (EntityClass.MODEL, EntityClass.ORGANIZATION)
    words = alternatives([word for word, kind in class_words().items() if kind in kinds and len(word) > 1])
    made = rf"[^。「」]{{0,40}}?(?:する|した|ている)[^、。「」はがをに]{{0,8}}?(?P<made>{words})で、"
    plain = rf"[^。「」]{{0,60}}?(?P<plain>{words})(?:の[^、。]{{1,4}})?(?:です|だ|である|$)"
    return re.compile(rf"^[」』]?は、?(?:{made}|{plain})")
