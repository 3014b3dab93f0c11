"""What a name does, or who is its officer, that says it is a body: a service that decides, a station that sends, 元X監督のY, X大教授."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.mention.page import Page, Span
from kg.mention.words import any_title
from kg.model import EntityClass

_DECIDES = re.compile(  # Facebookは…を買収した, Twitterが反対を表明: a service that acts is the body that runs it
    r"^[」』]?(?:や[^、。がは]{1,12}|など)?(?:は|が|も)、?[^「」。が]{0,40}?(?:(?:を|に|と)(?:[\d０-９]+日)?(?:に)?)"
    r"(?:発表|表明|明らかに|買収|提携|抗議|反対|反発|謝罪|提訴|検討|公表|閉鎖|買い取|改め|始め)(?:し|す|を|る|た|て)"
)
_ACADEMIC = re.compile(r"(?:大学院)?(?:名誉|特任|客員|准)?(?:教授|助教|講師|研究員)|学長|総長")
_FORMER_OF = re.compile(r"(?:^|[、。はがのをにで「（　\s])[元前現]$")
_SOLD = r"(?:発売|販売|投入|公開|配信|リリース|発表|刊行|放送|開催|売り出|提供|開発|運営|展開|始め|開始)"
_SELLS = re.compile(  # Xは27日、…タブレット「Y」を発売した; in a headline X、…「Y」を発表; Xが開発した会計ソフト「Y」; Xから先週発売された
    r"^(?:(?:(?:は|が)(?:[0-9０-９]{1,2}(?:月[0-9０-９]{1,2})?日(?:に|、)?)?|(?P<headed>)、)、?[^。「」『』\n]{0,48}[「『][^「」『』\n]{1,24}[」』]"
    rf"(?:(?:と|、|や)?[「『][^「」『』\n]{{1,24}}[」』])*(?:の[^、。「」を]{{1,8}})?を[^、。「」を]{{0,10}}?{_SOLD}(?!され)"
    rf"|が[^。「」『』をがは]{{0,12}}{_SOLD}(?:した|する|している)[^、。「」『』はがを]{{0,16}}[「『]|から[^、。「」『』をがは]{{0,10}}(?:(?:発売|リリース|刊行|配信|書籍化)され|登場))"
)
_OWNS = re.compile(  # Xの学習アプリ「Y」
    r"^の(?![^「」『』]*?(?:機能|プラン|モード|オプション|版|キャラクター|続編|後継機?|シリーズ|公式|専用|向け)[「『])[^、。「」『』はがをにで\n]{0,16}[「『]"
)
_SORT = re.compile("(?:タイプ|グレード|モデル|シリーズ|クラス|レンジ|サイズ|カラー|[風系型版用])$")  # ワゴンタイプの「X」 is no firm's
_SELLER = 4.0  # weight of what sells something named
_OWNER = 1.6  # weight of what has a thing named behind its の
_DECIDED = 5.0  # weight of what only a body does
_LISTED = 3.0  # what the list of names weighs for a class
_SCHOLAR = 3.0  # weight of X大教授
_OF_OFFICER = 8.0  # weight of 元X監督のY, in which X is the body
_SPORT = re.compile(r"プロ野球|球団|選手|投手|打者|Jリーグ|Ｊリーグ|サッカー|野球|ラグビー|バスケ")
_STATION_NAME = re.compile(r"(?:テレビ|テレビ東京|テレビ朝日|TV|放送|NHK|ＮＨＫ|TBS|ＴＢＳ)$")
_AIRS = re.compile(r"系?(?:列)?(?:の?[^、。「」『』はがを]{0,14})?[「『]")


def airs(page: Page, span: Span) -> bool:
    """Return whether a station stands before one of its programmes: 日本テレビ「X」, テレビ朝日系の番組「X」."""
    return _STATION_NAME.search(page.text[span.begin : span.end]) is not None and _AIRS.match(page.text, span.end) is not None


def _has_player(page: Page, span: Span) -> bool:
    """Whether a player stands behind a name as behind his club's, in an article on sport: 広島・大塚健."""
    if not page.text.startswith("・", span.end) or _SPORT.search(page.text) is None:
        return False
    behind = page.inside(span.end + 1, span.end + 6)[:2]
    return len(behind) == 2 and all(unit.tag.startswith("名詞-固有名詞-人名") for unit in behind)


def deeds(page: Page, span: Span) -> Iterable[tuple[str, EntityClass, float]]:
    """Yield (rule, class, weight) for what one occurrence does, a listed service as the body that runs it, and for who is its officer."""
    service = (
        span.rule.startswith("names.tsv:")
        and span.votes.get(EntityClass.MODEL, 0.0) >= _LISTED
        and not re.search(r"[\d０-９]", page.text[span.begin : span.end])
    )
    if service and _DECIDES.match(page.rest(span.end)):
        yield "decides", EntityClass.ORGANIZATION, _DECIDED
    if _has_player(page, span):
        yield "its-player", EntityClass.ORGANIZATION, _OF_OFFICER
    yield from _officers(page, span)


def sells(page: Page, begin: int, end: int) -> bool:
    """Whether a name is said to make or offer something that stands in brackets."""
    found = _SELLS.match(page.rest(end)) if page.text[end : end + 1] in ("は", "が", "、", "か") else None
    return found is not None and (found["headed"] is None or page.line(begin, end)[0] == begin)


def trade(page: Page, span: Span) -> Iterable[tuple[str, EntityClass, float]]:
    """Yield (rule, class, weight) for what one occurrence, not in brackets itself, offers that is named there."""
    if page.quoted(span.begin, span.end) or _SORT.search(page.text, span.begin, span.end):
        return
    if sells(page, span.begin, span.end):
        yield "sells", EntityClass.ORGANIZATION, _SELLER
    elif _OWNS.match(page.rest(span.end)):
        yield "owns-product", EntityClass.ORGANIZATION, _OWNER


def _officers(page: Page, span: Span) -> Iterable[tuple[str, EntityClass, float]]:
    """Yield what a post beside a name says of it: 元X監督のY, X大教授."""
    before, after = page.before(span.begin), page.after(span.end)
    if _FORMER_OF.search(before) and (post := any_title().match(after)) and after.startswith("の", post.end()):
        yield "its-former-officer", EntityClass.ORGANIZATION, _OF_OFFICER
    if page.text[span.end - 1 : span.end] == "大" and _ACADEMIC.match(after):
        yield "its-scholar", EntityClass.ORGANIZATION, _SCHOLAR
