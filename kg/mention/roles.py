"""Roles that speak (広報担当者) and sources without a name (情報筋, 関係者)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import Row, alternatives, rows
from kg.mention.page import Origin, Page, Span, Taken
from kg.mention.units import Unit, script
from kg.mention.words import suffixes
from kg.model import EntityClass, Form

_PASSED_ON = re.compile(
    r"^(?:ら|たち)?(?:\d+人|[一二三]人)?(?:の(?:話|証言|説明|情報|発言|コメント|書き込み|口コミ|レビュー|調べ|捜査)|への取材|(?:いわく|曰く)"
    r"|からの(?:情報|証言|話)として|に(?:よると|よれば|よりますと|よりますれば|取材|(?:話を)?(?:聞く|聞け|尋ね))|(?:が|は)(?:本紙|本誌|取材|匿名))"
)
_ASIDE = re.compile(r"[（(][^（）()\n]{1,30}[）)]")
_TOPIC = re.compile(r"^(?:\d+人)?(?:は(?!、?(?:どう|何|なぜ|いったい))|が|も|から(?:は|も|(?=[「『]))|に(?:は|も))")
_POST_HEAD = re.compile("[一-龥]{1,8}")  # 国対 in 佐伯国対委員長
_GROUP = re.compile(r"^(?:ら|たち|(の1人|の一人|のひとり))(?:は|が|も)")
_ALWAYS = re.compile(r"^(?:ら|たち)?(?:の|へ|に|から|は|が|も|で|など|上|、|と)")
_COUNT = r"(?:複数|[0-9０-９一二三四五数]+人)"
_KNOWING = re.compile(
    r"(?:[一-龥ァ-ヺーA-Za-z]{1,8}の)?[一-龥ァ-ヺー・A-Za-z]{1,20}"
    r"(?:を(?:直接|よく)?知る|に(?:詳しい|近い|通じた|精通する|関わった|携わる|関与した))(?:立場にある|立場の)?"
    rf"(?:(?:{_COUNT}の)?(?P<who>人物|関係者|者|元?(?:幹部|社員|従業員|職員|役員|高官|議員|メンバー)|人(?!物))(?:{_COUNT})?|{_COUNT})"
)
_PUT_IN = re.compile(r"^[（(][^（）()\n]{1,12}[)）]")  # 女性（42）は
_ADVISED = re.compile(r"^(?:に|から)(?!対し)[^。「」]{0,15}「[^」]*」(?:など)?と[^。、]{0,8}(?:られ|われ|され)")  # 友人に尋ねると、「…」と教えられた
_QUOTES = re.compile(
    r"^(?:は|が|も)[^。「」]{0,24}「[^「」]*」(?:など)?と(?!い[うっ]|され|の|は|も|した[^。、]{0,3}の)[^。、「」]{1,12}[、。]"
)  # 幹部は「…。…」と憤り、
_AMONG = re.compile(r"^の間(?:で|に)(?:は|も)[^。]*(?:声|書き込み|意見|批判|不満|疑問|懸念|見方|観測|期待|憶測|不安|警戒|話題|評判|騒ぎ)")
_LEADS = re.compile(
    r"(?:ら|たち)?(?:から(?:は|も)?|の間(?:で|に)(?:は|も)?|は|が|も)[、：:]?[ 　]*\n[ 　]*[・\-＞>]?[「『]"
)  # above a list of quotations
_LISTED = re.compile(r"の(?:意見|声|感想|反応|コメント|投稿|つぶやき|ツイート|書き込み)[^。「」\n]{0,20}。?[ 　]*\n[ 　]*[・\-＞>]?[「『]")
_COUNTED = re.compile(r"[0-9０-９万億][人件台社店割%％]")
_HEARD_FROM = re.compile(r"(?:ら|たち|側)?(?:から(?:は|も|の)?|(?:上)?(?:で|に)(?:は|も))、?(?:[^。、「」]{1,8}に)?[「『]")
_RAISED = re.compile(r"^(?:ら|たち|側)?(?:の間(?:で|に)|から|内で)(?:も|は)?[^。、「」]{2,20}")
_ASKS = re.compile(r"^(?:ら|たち|側)?からの")
_CREDITED = re.compile(r"」[（(][^（）()「」\n]{0,20}$")  # 「…」（証券会社のアナリスト）
_QUOTED_END = re.compile(r"[」』](?:など)?(?:と[^」』。]{1,10})?$")
_TELLS = re.compile(  # 「…」と語る店主, 「…」と店主は
    r"[」』](?:など)?と(?:(?!い[うっ]|呼ば|され|書かれ|思|感じ|考え|願)[^。、「」]{1,8}[るすうくむぶただ](?:のは)?|、)?(?:[^。、「」]{0,20}の)?$"
)
_SAYS = re.compile(r"[」』](?:など)?と、?(?:[一-龥ァ-ヺー]{0,10}の)?$")  # 「…」と店長。
_ACTS = re.compile(  # but not 国が豊かになる, 国が違えば
    r"(?:は|が|も|側は|側が)(?!ない|なく|なかった|あ[るりっ]|豊か|貧し|違[いうえっ]|[滅亡]び|栄え|衰え|傾[いくけ]|変わ[らりるっれ])"
)
_NO_BODY = re.compile(r"(?:この|その|あの|どの|わが|我が|が|[るたい])$")  # この国は, 優勝した県は
_NAMED_FIRST = re.compile(r"(?:の(?:コメント|話|談話))?[—―─:：＝=]{0,3}「[^」\n]*」(?:$|\n)")  # 署長「来年度に増やす」
_AFTER_QUOTE = re.compile(r"」(?:。\n?|\n)[^。「」\n]{0,30}$")  # 「もう限界だ」。店主はため息をつく
_ANAPHORS = {"本人", "同社長", "同氏", "両者", "両親", "記者", "筆者", "各社", "前者", "後者", "同者", "一同", "相手", "彼女", "同業者", "第三者"}
_BEFORE_KANJI = re.compile(r".(?=[一-龥])")
_COMPOUND = ("名詞-普通名詞-一般", "名詞-普通名詞-助数詞可能", "名詞-普通名詞-サ変可能", "名詞-普通名詞-形状詞可能", "接頭辞", "接尾辞-名詞的")
_REACH = 60  # code points before a role within which what makes one word with it begins
_SOON = 30  # code points at a sentence's end in which its verb stands


def roles(page: Page, names: Sequence[Span], persons: Sequence[Span]) -> Iterator[Span]:
    """Yield roles, where they speak; none within a name, and no title after a person's name."""
    named, people, surnames = Taken(names), Taken(persons), Taken(_surnames(page, persons))
    described = Taken(_described(page, named))
    yield from described
    for match in _pattern().finditer(page.text):
        begin, end = match.span()
        row = _rows()[match.group()]
        near, heads = named.touching(begin - _REACH, end + 1), people.touching(begin - _REACH, end + 2)
        crowd = _crowd(page, match, row, near)
        whole = _of_government(match, near)
        if whole is not None and _ALWAYS.match(page.text[end : end + 8]):
            described.add(Span(whole, end, Origin.ROLE, row.rule, {EntityClass(row["class"]): 5.0}, Form.ROLE))
            yield from described.touching(whole, end)
            continue
        around = [name for name in (*near, *described.touching(begin, end)) if not (begin <= name.begin and name.end < end)]  # 日本 in 日本法人
        if not crowd and (_taken(around, begin, end) or not _bordered(page, begin, end)):
            continue
        wide = crowd.begin if crowd else _widened(page, begin, [*near, *surnames.touching(begin - _REACH, end)])
        if not _stands(page, begin, end, row) and not (wide < begin and _headed(page, end, row, heads)):
            continue
        begin = wide
        if page.text[begin] == "同" and begin + 1 == match.start():
            continue  # 同議員
        if any(_bears(page, person, begin) or page.text[person.end : begin] in ("・前", "・元", "前", "元") for person in heads):
            continue
        found = Span(begin, end, Origin.ROLE, row.rule, {_kind(page, begin, end, row["class"]): 5.0}, Form.ROLE)
        described.add(found)
        yield found
    yield from _unlisted(page, Taken([*names, *described, *persons]))


def _kind(page: Page, begin: int, end: int, kind: str) -> EntityClass:
    """The class of a role; several, or those among whom a view goes round, are an unnamed source: 複数の行員によると, アナリストの間では."""
    several = (page.text.endswith("複数の", 0, begin) and not page.text[begin:end].endswith(("幹部", "首脳", "議員"))) or _AMONG.match(
        _sentence(page.text[end : end + 200])
    )
    return EntityClass.UNNAMED_SOURCE if kind == EntityClass.PERSON and several else EntityClass(kind)


def _of_government(match: re.Match[str], names: Sequence[Span]) -> int | None:
    """Return where a country's government begins whose insiders are meant: 日本政府関係者."""
    if not match.group().startswith("政府") or match.group() == "政府":
        return None
    return next((name.begin for name in names if name.begin < match.start() and name.end == match.start() + 2), None)


def _stands(page: Page, begin: int, end: int, row: Row) -> bool:
    """Whether it stands where a row says that its word is one: anywhere, as what acts in the article's own words, or as what speaks."""
    if row["when"] == "always":
        return bool(_ALWAYS.match(page.text[end : end + 8]))
    if row["when"] == "acts" and not _goes_on(page, begin) and not _NO_BODY.search(page.text, max(0, begin - 4), begin):
        line, _ = page.line(begin, begin)
        told = page.text.count("「", line, begin) == page.text.count("」", line, begin)
        if told and _ACTS.match(page.text, end) and "。" in page.text[slice(*page.line(begin, begin))]:
            return True
    return _speaks(page, begin, end, row)


def _headed(page: Page, end: int, row: Row, persons: Sequence[Span]) -> bool:
    """Whether somebody with a name is a body's: 従業員組合の相馬隆之委員長."""
    body = row["class"] == EntityClass.ORGANIZATION and len(row["word"]) > 1
    return body and page.text[end : end + 1] == "の" and any(person.begin == end + 1 for person in persons)


def is_role(word: str) -> bool:
    """Whether a word by itself is one of those that name who speaks, and so no name."""
    return word in _rows()


def _unlisted(page: Page, names: Taken) -> Iterator[Span]:
    """Yield common nouns for who can speak that roles.tsv does not list, where they do: 女将は「…」と話した, 環境団体によると."""
    for match in _speaking().finditer(page.text):
        end = match.end("ending")
        begin = page.back(end, _is_common)
        noun = page.text[begin:end]
        if not _is_unlisted(noun, page.units[page.unit_ending(end)]) or names.touching(begin, end) or _goes_on(page, begin):
            continue
        if any(name.end == begin for name in names.touching(begin - 1, begin)):  # 野上さやか参院議員
            continue
        if any(_ASIDE.fullmatch(page.text, name.end, begin) for name in names.touching(begin - _REACH, begin)) and noun in suffixes("no"):
            continue  # Anna Weiss（アンナ・ワイス）教授
        if _speaks(page, begin, end, None) or _TELLS.search(page.text, max(0, begin - 40), begin):
            yield Span(begin, end, Origin.ROLE, "unlisted-speaker", {_kind(page, begin, end, _kinds()[match["ending"]]): 5.0}, Form.ROLE)


def _is_unlisted(noun: str, last: Unit) -> bool:
    event = last.tag.endswith("サ変可能") and last.surface not in _kinds()  # 成長
    known = noun in _rows() or noun in _ANAPHORS or noun[:1] in ("同", "両", "各")
    return not event and not known and _kinds().get(noun, EntityClass.PERSON) == EntityClass.PERSON


def _is_common(unit: Unit) -> bool:
    return unit.tag.startswith(("名詞-普通名詞", "接尾辞-名詞的", "接頭辞")) or (unit.tag == "名詞-固有名詞-地名-国" and len(unit.surface) == 1)


def _goes_on(page: Page, begin: int) -> bool:
    """Whether a name, a number or another word of kanji or katakana stands right before: the noun is its title or its end."""
    return begin > 0 and script(page.text[begin - 1]) in "ktaA9"


@cache
def _speaking() -> re.Pattern[str]:
    return re.compile(rf"(?P<ending>{alternatives(list(_kinds()))})(?:ら|たち)?(?:は|が|も|に|の|から|。|、|（|）|「|[—―─:：＝=]|$)", re.M)


@cache
def _kinds() -> dict[str, str]:
    return {row["ending"]: row["class"] for row in rows("speakernouns.tsv")}


def _crowd(page: Page, match: re.Match[str], row: Row, names: Sequence[Span]) -> Span | None:
    """Return the name that makes one word with a crowd's noun behind it: Folnarユーザー, ノルダファン."""
    begin, end = match.span()
    joined = "taA9k" if match.group() == "関係者" else "taA9"  # 東宝関係者
    if row["class"] != EntityClass.UNNAMED_SOURCE or row["when"] == "always" or script(page.text[begin - 1 : begin] or " ") not in joined:
        return None
    return next((name for name in names if name.begin < begin and name.end in (begin, end)), None)


def _described(page: Page, names: Taken) -> Iterator[Span]:
    """Sources described by what they know: 事情に詳しい人物, 交渉を知る立場にある2人."""
    for match in _KNOWING.finditer(page.text):
        if _PASSED_ON.match(page.text[match.end() : match.end() + 20]) or _speaks(page, *match.span(), None):
            short = match["who"] == "関係者" or (match["who"] and bool(names.touching(*match.span())))
            begin, end = match.span("who") if short else match.span()
            yield Span(begin, end, Origin.ROLE, "described-source", {EntityClass.UNNAMED_SOURCE: 5.0}, Form.ROLE)


def _bordered(page: Page, begin: int, end: int) -> bool:
    """On token borders; the tokenizer reads ネット掲示板上 as 掲示 and 板上."""
    return page.on_borders(begin, end) or (page.text[end : end + 1] == "上" and page.on_borders(begin, end + 1))


def _bears(page: Page, person: Span, begin: int) -> bool:
    """Whether a title that begins there stands behind a person's name."""
    joint = person.end == begin - 1 and page.text[person.end] in " 　)）・"
    aside = _ASIDE.fullmatch(page.text, person.end, begin) is not None  # Anna Weiss（アンナ・ワイス）教授
    return (
        person.end == begin
        or joint
        or aside
        or _POST_HEAD.fullmatch(page.text, person.end, begin) is not None
        or _of_his_town(page, person.end, begin)
    )


def _of_his_town(page: Page, end: int, begin: int) -> bool:
    """Whether only a place stands between a person's name and a title: 岸本泰輔長崎市長."""
    return end < begin <= end + 6 and all(unit.tag.startswith("名詞-固有名詞-地名") for unit in page.inside(end, begin))


def _surnames(page: Page, persons: Sequence[Span]) -> Iterator[Span]:
    """Where one kanji before a title is the surname of a person that the article names in full (孫社長)."""
    heads = {page.text[person.begin] for person in persons}
    for match in _BEFORE_KANJI.finditer(page.text):
        if match.group() in heads:
            yield Span(match.start(), match.end(), Origin.ROLE, "surname")


def _taken(spans: Sequence[Span], begin: int, end: int) -> bool:
    return any(span.begin < end and begin < span.end for span in spans)


def _speaks(page: Page, begin: int, end: int, row: Row | None) -> bool:
    """Whether what follows makes it the source or the subject of speech; a headline's role is left to the body."""
    rest = _PUT_IN.sub("", _sentence(page.text[end : end + 500]))
    crowd = row is not None and row["class"] == EntityClass.UNNAMED_SOURCE
    if crowd and (_LEADS.match(page.text, end) or _LISTED.match(page.text, end) or _HEARD_FROM.match(rest)):
        return True
    credited = page.text[end : end + 1] in ("）", ")") and _CREDITED.search(page.text, max(0, begin - 24), begin)
    if _PASSED_ON.match(rest) or _ADVISED.match(rest) or _QUOTES.match(rest) or _AMONG.match(rest) or credited:
        return True
    if row and row["when"] == "speaks" and _TOPIC.match(rest) and _TELLS.search(page.text, max(0, begin - 40), begin):
        return True
    if not rest and _SAYS.search(page.text, max(0, begin - 16), begin):
        return True
    if _RAISED.match(rest) and _view_of().search(page.text, max(0, begin - 20), begin):
        return True
    if (asks := _ASKS.match(rest)) and page.text.endswith(("」という", "」との", "」といった"), 0, begin) and _view().match(rest, asks.end()):
        return True
    if row and row["class"] == EntityClass.ORGANIZATION and (member := _member().match(rest)):  # 市教育委員会の担当者は
        return _speaks(page, begin, end + member.end(), None)
    if _NAMED_FIRST.match(page.text, end) and page.text[begin - 1 : begin] in ("", "\n", "　", "。"):
        return True
    if _AFTER_QUOTE.search(page.text, max(0, begin - 40), begin) and re.match("は[^。「」]{2,24}$", rest):
        return True
    line = page.text[page.text.rfind("\n", 0, begin) + 1 : end] + rest
    headline = begin < page.text.find("\n") and "。" not in page.text[: page.text.find("\n")]
    if headline or not line:
        return False
    quoted = _QUOTED_END.search(rest)
    told_of = row["when"] == "speaks" if row else _COUNTED.search(rest) is not None  # 会員は4万人を超えたという
    if told_of:  # 社員は名札を付けるという: hearsay about them; of 広報担当者 it is what they say
        rest = rest.removesuffix("という")
    if group := _GROUP.match(rest):
        return bool((quoted and (group[1] or _speech().search(rest[-_SOON:]))) or _reported().search(rest))
    return bool(_TOPIC.match(rest) and (_speech().search(rest[-_SOON:]) or quoted or (row is None and _reported().search(rest))))


def _sentence(text: str) -> str:
    """Up to the full stop that stands in no bracket."""
    depth = 0
    for i, character in enumerate(text):
        if character in "「『（":
            depth += 1
        elif character in "」』）":
            depth -= 1
            if depth < 0:
                return text[:i]
        elif character == "\n" or (character == "。" and depth <= 0):
            return text[:i]
    return text


def _widened(page: Page, begin: int, names: Sequence[Span]) -> int:
    """Take in the common nouns directly before a role that make one word with it (上級幹部, not 同社幹部)."""
    i = bisect_left(page.begins, begin)
    while i and (page.units[i - 1].tag.startswith(_COMPOUND) or page.units[i - 1].surface == "先"):
        if _anaphors().search(page.text, max(0, page.ends[i - 1] - 4), page.ends[i - 1]):
            break
        if _taken(names, page.begins[i - 1], page.ends[i - 1]) or page.ends[i - 1] != page.begins[i]:
            break
        i -= 1
    return min(begin, page.begins[i]) if i < len(page.begins) else begin


@cache
def _view() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(['質問', *(row['noun'] for row in rows('report_nouns.tsv'))])})")


@cache
def _view_of() -> re.Pattern[str]:
    """What is raised before the words that say by whom: との不満が社員から出た."""
    return re.compile(f"(?:と(?:の|いう|いった|する)|などの)[^。、「」]{{0,6}}{_view().pattern}[がもは、]$")


@cache
def _anaphors() -> re.Pattern[str]:
    bodies = [row["word"] for row in rows("anaphors.tsv") if row["class"] in ("Organization", "Place") and row["word"][0] in "同両"]
    return re.compile(f"(?:{alternatives(bodies)})$")


@cache
def _rows() -> dict[str, Row]:
    return {row["word"]: row for row in rows("roles.tsv")}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(alternatives(list(_rows())))


@cache
def _member() -> re.Pattern[str]:
    return re.compile(f"の(?:{alternatives([row['word'] for row in rows('roles.tsv') if row['class'] == EntityClass.PERSON])})")


@cache
def _speech() -> re.Pattern[str]:
    return re.compile(alternatives([row["word"] for row in rows("speech.tsv")]))


@cache
def _reported() -> re.Pattern[str]:
    """A clause or quotation with its verb of reporting at the sentence's end: と試算した, ことを認めた, よう求めている."""
    lemmas = [row["lemma"] for row in rows("reporting.tsv") if row["takes"] == "any" and row["kind"] != "hold"]
    verbs = [lemma[:-1] for lemma in lemmas if script(lemma[0]) == "k" and script(lemma[-1]) == "h"]
    nouns = [lemma for lemma in lemmas if len(lemma) > 1 and script(lemma[-1]) in "kt"]
    return re.compile(rf"(?:と|ことを|よう(?:に)?)、?[^、。「」]{{0,12}}?(?:{alternatives(verbs + nouns)})[^、。「」]{{0,12}}$")
