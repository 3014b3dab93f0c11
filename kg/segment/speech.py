"""Which brackets hold words that somebody said, rather than a name, a title or an emphasis."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.segment.pairing import QUOTES

JAPANESE = re.compile(r"[぀-ヿ一-鿿々]")
_KANA = re.compile(r"[぀-ゟ]")
_QUOTATIVE = re.compile(r"(?:など|等)?(?:だ|である)?(?:と|って|との|とか|というような|という)")
_VOICED = re.compile(  # 「…」など、怒りの声
    r"(?:(?:など|等)(?:の|という|といった)?|といった|という)、?[^。、「『」』]{0,12}?"
    r"(?:声|意見|批判|投稿|コメント|反応|書き込み|感想|つぶやき|ツイート|ツッコミ|暴言|罵詈雑言|本音|苦情|不満|悲鳴|反論|異論)"
)
_JOINED = re.compile(r"(?:など|等)?と(?=[「『A-Za-z0-9０-９ァ-ヿ一-鿿]{1,12}(?:の|が|を|は|に|で|も)[^べ])")
_PREDICATE_END = re.compile(r"(?:[るうくすつぬむぶぐいただねよかなわぞぜせんてけしずっまりれめえろさら]|[。．！？!?…ｗw♪☆]|\(?笑\)?|です|ます)$")
_ANSWERED = re.compile(r"と(?:コメント|回答|説明|述べ|話し|話す|語|答え|主張|反論|返答)")  # 「検討中」とコメントした
_OPEN_END = re.compile(r"(?:ので|のでは|から|けれ?ど|ながら|ものの|だけ|つもり|はず)$")
_CLAUSE_LENGTH = 8  # from which on words that end as a clause does are one even where と can join two names


def is_speech(text: str, b: int, e: int, begin: int, end: int) -> bool:
    """Whether brackets hold words said rather than a name, a title or an emphasis."""
    if text[b] not in QUOTES:
        return False
    inside, after = text[b + 1 : e].strip(), text[e + 1 : end]
    if not inside or not JAPANESE.search(inside):
        return False
    if (b == begin and e + 1 >= end) or "。" in inside:
        return True
    quoted = bool(_QUOTATIVE.match(after)) and (not _JOINED.match(after) or _is_clause(inside))
    if not _KANA.search(inside):
        return quoted and (len(inside) > 12 or bool(_ANSWERED.match(after)))
    if begin_only := (after[:1] in ("", " ", "　") and b > begin):
        begin_only = len(inside) >= 6 and bool(re.search(r"[はがを、]", inside)) and not re.search(r"[のをにへとがは、]$", text[begin:b])
    if begin_only:
        return True
    predicate = bool(_PREDICATE_END.search(inside))
    voiced = len(inside) < 5 and _VOICED.match(after) is not None
    return quoted or (predicate and (voiced or len(inside) >= 5) and not re.match(r"[のをにへ]", after))


def _is_clause(inside: str) -> bool:
    """Whether words in brackets are no name: 「住民の選択なので」と言葉を濁す, not 「つや姫」と新種を."""
    return bool(re.search(r"[はがを]", inside)) or (len(inside) >= _CLAUSE_LENGTH and bool(_PREDICATE_END.search(inside) or _OPEN_END.search(inside)))


def side_by_side(text: str, spans: list[tuple[int, int]], speech: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """「…」「…」: what stands beside a quotation without a word between is one too."""
    found = set(speech)
    neighbours = list(pairwise(spans))
    for one, other in (*reversed(neighbours), *((b, a) for a, b in neighbours)):
        b, e = one
        beside = abs(other[0] - e) == 1 or abs(b - other[1]) == 1
        full = e - b > 6 or (e - b > 4 and _KANA.search(text[e - 1]))
        if beside and other in found and full and _KANA.search(text, b, e) and text[b] in QUOTES:
            found.add(one)
    return sorted(found)
