"""Which product is one of which series: 「Atlas」シリーズの「Atlas Mini」, 有料の「コトノハプラス」, by the longer name and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.model import Entity, EntityClass, Form, Proposition, Stance
from kg.relation.page import Page, Spot

_SERIES = re.compile(r"[」』]?(?:シリーズ|ファミリー|ブランド|系列)")
_IS_SERIES = re.compile(r"[」』]?は、?[^。\n]{0,60}(?:シリーズ|ファミリー)(?:。|だ|です|で、|である)")
_GRADE = re.compile(
    r"(?:有料|無料|最上位|上位|下位|小型|軽量|廉価|普及|高級|限定|派生|改良|新|最新|次期|後継|商用|業務用|法人向け|家庭用|対応|非対応)(?:版|型|モデル|機種|プラン|機)?(?:である|となる|の|、)?[「『]?$"
)
_EDITION = re.compile(
    r"[ 　・-]?(?:改|改良型|改二|[0-9]+\.[0-9]+|[0-9]{3,4}|[A-Z]{1,3}-?[0-9]{2,4}[A-Z]?|for [A-Za-z][A-Za-z ]+|LTE|HSPA|[345]G|Wi-?Fi"
    r"|ミニ|プロ|プラス|ライト|ネオ|エアー?|マックス|ウルトラ|ターボ|スリム|ベーシック|プレミアム"
    r"|[Mm]ini|Pro|Plus|Lite|Air|Max|Ultra|Turbo|Slim)|・[^、。]{1,12}"
)
# Atlas 5 succeeds Atlas 4, or Atlas, and is no part of it
_NUMBER = re.compile(r"[ 　・-]?[0-9]{1,2}")
_TAIL = re.compile(r"[ 　・-]?(?:[A-Za-zァ-ヶー一-龥々][^、。]{0,20}|[A-Z]?[0-9]+[A-Za-z]+)")


def propositions(page: Page, found: Iterable[Proposition]) -> Iterator[Proposition]:
    """Yield partOf, where nothing else found it, for each product whose name begins with that of a series that the article names as one."""
    known = {(id(p.subject), id(p.object)) for p in found if p.property == "partOf"}
    models = [e for e in page.entities if e.type is EntityClass.MODEL]
    for part in models:
        wholes = [whole for whole in models if whole is not part and _extends(part, whole)]
        whole = max(wholes, key=lambda e: len(e.name), default=None)
        if (
            whole is None
            or (id(part), id(whole)) in known
            or not (_told(page, whole, _SERIES) or _told(page, whole, _IS_SERIES) or _says_itself(page, part, whole))
        ):
            continue
        first = next(iter(_spots(page, part)), None)
        if first is not None:
            yield Proposition(part, "partOf", whole, first.begin, first.end, Stance(), "series", 0.8)


def _extends(part: Entity, whole: Entity) -> bool:
    tail = part.name[len(whole.name) :]
    return part.name.startswith(whole.name) and (_TAIL.fullmatch(tail) is not None or _NUMBER.fullmatch(tail) is not None or _edition(part, whole))


def _says_itself(page: Page, part: Entity, whole: Entity) -> bool:
    """Whether the longer name, or what stands before it, says that it is of the other, more than by a number."""
    if _edition(part, whole):
        return True
    return _NUMBER.fullmatch(part.name[len(whole.name) :]) is None and _told(page, part, _GRADE, True)


def _edition(part: Entity, whole: Entity) -> bool:
    """Whether the longer name says by itself that it is an edition of the other: Atlas Mini, ハヤテ・改."""
    return _EDITION.fullmatch(part.name[len(whole.name) :]) is not None


def _spots(page: Page, entity: Entity) -> list[Spot]:
    return [s for s in page.spots if s.form is Form.NAME and entity in s.entities]


def _told(page: Page, entity: Entity, pattern: re.Pattern[str], before: bool = False) -> bool:
    if before:
        return any(pattern.search(page.text[max(0, s.begin - 12) : s.begin]) for s in _spots(page, entity))
    return any(pattern.match(page.text, s.end) for s in _spots(page, entity))
