"""Whether one name is a short form of another: by its parts, its letters, its characters. Whether it is one in an article is for `cluster`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.entity.ending import heads_katakana, initials, keeps_end
from kg.entity.keys import affixes, core, digits, is_latin, key, legal_free, script, spelling, without_country
from kg.lexicon import rows
from kg.model import EntityClass

_PARENTS = ("県警", "府警", "道警", "警視庁", "省", "庁", "大学", "大学院", "機構", "研究所", "県", "市", "法人", "大学校")
_PREFECTURE = re.compile(r".{2,4}[都道府県]")
_WIDE = re.compile(r"^(?:国際|全国|全日本|日本|国立|公立|独立行政法人|国立研究開発法人)")
_JOINT = re.compile(r"[\s・･＝=‐‑‒–—―-]")
_NUMBERED = re.compile(r"(.{3,}?)[\s・]+([A-Z]{1,4}(?:-?\d{2,5}|-[A-Z]{1,3}\d{1,5})[A-Z]{0,3}|\d{3}[A-Z]{2})")
_WORD = re.compile(r"[A-Za-z][a-z'’]*|\d+")
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "de", "a"})


@cache
def acronym(letters: str, name: str) -> bool:
    """Whether capitals are the initials of a Latin name: EFF of Electronic Frontier Foundation."""
    caps = unicodedata.normalize("NFKC", letters).replace(".", "")
    if not re.fullmatch(r"[A-Z][A-Za-z&]{1,6}", caps) or not is_latin(name):
        return False
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", unicodedata.normalize("NFKC", name))
    if len(words) < 2:
        return False
    initials = "".join(word[0] for word in words)
    serious = "".join(word[0] for word in words if word.lower() not in _SMALL_WORDS)
    return caps.upper() in (initials.upper(), serious.upper())


@cache
def shortens(short: str, full: str) -> bool:
    """Whether a body's name is an affix shorter, or an abbreviation by its characters: ロルダンHD, 公取委 of 公正取引委員会."""
    if core(short) == core(full) and key(short) != key(full) and len(key(short)) < len(key(full)):
        return True
    return abbreviates(short, full)


@cache
def abbreviates(short: str, full: str) -> bool:
    """Whether characters picked in order out of a name in kanji shorten it: 経産省 of 経済産業省, Tsukuba研 of Tsukuba数理研究所.

    The first characters must agree, and what the short form ends in must be in the last word of the full one.
    """
    if (latin := re.match(r"[A-Za-z]{2,}", short)) and len(tail := short[latin.end() :]) > 1 and not full.startswith(short):
        return latin.group() in full and full.endswith(tail)  # iPS財団
    ending = next((affix for affix in affixes("short") if short.endswith(affix)), "")
    if short[:1] != full[:1]:
        full = _WIDE.sub("", full)
    if not ending or len(short) < 3 or len(short) + 1 >= len(full) or short[0] != full[0] or script(short) not in ("kanji", "mixed"):
        return False
    if ending not in full[-max(4, len(ending)) :]:
        return False
    rest = iter(full)
    return all(char in rest for char in short)


@cache
def picks(short: str, full: str) -> bool:
    """Whether a short form in kanji is made of characters of the full name in their order: what brackets need (監理委 of 施設監理委員会)."""
    rest = iter(full)
    return 2 <= len(short) <= len(full) // 2 + 1 and script(short) == "kanji" and all(char in rest for char in short)


@cache
def clips(short: str, full: str) -> bool:
    """Whether characters out of a company's name in their order clip it, the first among them: 東エレク of 東京エレクトロン."""
    if len(short) < 2 or len(full) - len(short) < 2 or short[0] != full[0] or not any(script(char) == "kanji" for char in short):
        return False
    if full.startswith(short) and (any(short.endswith(ending) for ending in _body_ends()) or script(short) == "latin"):
        return False
    rest = iter(full)
    return script(short) in ("kanji", "mixed") and all(char in rest for char in short)


@cache
def _body_ends() -> tuple[str, ...]:
    """What a name of its own ends in: 東京大学 does not clip 東京大学病院."""
    return tuple(row["suffix"] for row in rows("suffixes.tsv") if row["part"] == "yes")


def _without_japan(name: str) -> str:
    """日本郵船 is 郵船 when said again, and so is a foreign company's Japanese one if nothing else was called so before."""
    bare = legal_free(name).removeprefix("日本")
    return bare if bare != name and len(bare) > 1 and script(bare) in ("kanji", "katakana") else ""


@cache
def first_part(short: str, full: str) -> bool:
    """Whether a name is what a longer one begins with, up to a joint, a change of script or a word for what the body does.

    Morrigan of Morrigan Systems, 浜口 of 浜口システムズ. Names of one letter or kanji never.
    """
    here, there = _bare(short), _bare(full)
    if len(here) < 2 or len(here) >= len(there) or not there.casefold().startswith(here.casefold()):
        return False
    tail = there[len(here) :]
    if script(here) == "hiragana" and len(here) < 3:
        return False
    if _JOINT.match(tail):
        return True
    if script(here[-1]) != script(tail[0]) and not tail[0].isdigit():
        return True
    return any(tail == word or tail.startswith(word) for word in affixes("head"))


@cache
def _bare(name: str) -> str:
    """The name without 株式会社 before and behind it."""
    plain = without_country(unicodedata.normalize("NFKC", name).strip())
    for affix in affixes("legal"):
        if len(affix) > 2 and script(affix) == "kanji":
            plain = plain.removeprefix(affix).removesuffix(affix).strip()
    return plain


@cache
def is_branch(full: str, short: str) -> bool:
    """Whether the longer name is a unit in a country: グレイモア・ジャパン is not グレイモア."""
    tail = _JOINT.sub("", _bare(full)[len(_bare(short)) :])
    return any(tail.casefold() == word.casefold() for word in affixes("branch"))


@cache
def without_version(short: str, full: str) -> bool:
    """Whether a product's name lacks only the number of the other: Vexa of Vexa 9, ころころ of ころころ2."""
    return bool(digits(full)) and not digits(short) and _no_version(full) == key(short)


@cache
def _no_version(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).strip()
    return key(re.sub(r"[\s-]*v?\d+(?:\.\d+)*[A-Za-z]?$", "", plain))


@cache
def model_number(short: str, full: str) -> bool:
    """Whether a name is a product's without the maker's number, or that number alone: Arrows Z, ISW11F of Arrows Z ISW11F."""
    match = _NUMBERED.fullmatch(unicodedata.normalize("NFKC", full).strip())
    return match is not None and key(short) in (key(match.group(1)), key(match.group(2)))


@cache
def last_part(short: str, full: str) -> bool:
    """Whether a name is a longer one without its first Latin word: Core i7 of Intel Core i7."""
    plain = unicodedata.normalize("NFKC", full)
    first, joint, rest = plain.partition(" ")
    return bool(joint) and is_latin(first) and key(rest) == key(short) and len(key(short)) > 2


@cache
def place_shortens(short: str, full: str) -> bool:
    """Whether a place is part of the other's full form: 豊橋市 of 愛知県豊橋市, 高松 of 高松市, ボストン of 米ボストン."""
    if key(short) == key(full) or len(short) < 2 or len(short) >= len(full):
        return False
    if without_country(full) == short or (full.startswith(short) and full[len(short) :] in tuple("市県町村区州国圏府都")):
        return True
    whole = full if full.endswith(short) or full[-1] not in "市区町村" else full[:-1]
    return whole.endswith(short) and _PREFECTURE.match(whole[: -len(short)]) is not None


@cache
def person_shortens(short: str, full: str) -> bool:
    """Whether a name is the surname, or in the West the given name, of a full one: Sandoval, 大河内 of 大河内俊."""
    here, there = _person_parts(short), _person_parts(full)
    if len(here) != 1 or spelling(short) == spelling(full):
        return False
    if len(there) > 1:
        return here[0] in there and (len(here[0]) > 1 or (here[0] == there[0] and script(here[0]) == "kanji"))
    left = len(full) - len(short)
    foreign = script(short) == "kanji" and script(full[len(short) :]) == "katakana"  # 李 of 李ハンナ
    if len(short) == 1 and left > 2 and not foreign:
        return False  # 森 is no 森川達也
    longest = 7 if foreign else 4
    if script(short[-1]) == "katakana" and script(short[0]) == "kanji" and full.startswith(short):
        return 1 <= left <= 3 and script(full[len(short) :]) == "kanji" and len(short) <= 9  # 三村クラーク of 三村クラーク澄
    return script(full) in ("kanji", "mixed") and full.startswith(short) and 1 <= left <= longest and len(short) <= 4 and not is_latin(short)


@cache
def ends_person(short: str, full: str) -> bool:
    """Whether a name in kanji or kana is the given name of a full one: 善斗 of 渡部善斗, カナデ of 小日向カナデ."""
    left = full[: -len(short)]
    if not full.endswith(short) or not (1 <= len(left) <= 3 or stage_name(short, full)):
        return False
    if script(short) in ("katakana", "hiragana"):
        return 2 <= len(short) <= 4 and script(left) == "kanji"
    return script(short) == "kanji" and 2 <= len(short) <= 3


@cache
def stage_name(short: str, full: str) -> bool:
    """Whether a name is the kanji that a stage name in kana ends in: 花田 of どんぐり花田."""
    left = full[: -len(short)]
    return full.endswith(short) and script(left) in ("katakana", "hiragana") and script(short) == "kanji" and 2 <= len(left) <= 5


@cache
def given_name(short: str, full: str) -> bool:
    """Whether a one-part name is the given name of a full one: ノラ of ノラ・ベルフォード."""
    there = _person_parts(full)
    return len(there) > 1 and script(full) in ("latin", "katakana") and spelling(short) == there[0]


@cache
def _person_parts(name: str) -> tuple[str, ...]:
    """Parts at spaces and dots only: Okafor-Lane is one."""
    pieces = re.split(r"[\s・･＝=]+", unicodedata.normalize("NFKC", name).strip())
    return tuple(spelling(piece) for piece in pieces if piece)


@cache
def is_full_person(name: str, *, surname: bool = False) -> bool:
    """Whether a person's name has more than a surname; `surname` says that the tokenizer reads it as one."""
    if len(_person_parts(name)) > 1:
        return True
    return script(name) in ("kanji", "mixed", "hiragana") and not is_latin(name) and len(name) > 2 and not surname


@cache
def may_shorten(kind: EntityClass, short: str, full: str) -> str:
    """Return the rule by which a name of a class may be a short form of another, or nothing."""
    if kind is EntityClass.PERSON:
        return "surname" if person_shortens(short, full) else ""
    if kind is EntityClass.PLACE:
        return "place" if place_shortens(short, full) else ""
    if kind is EntityClass.MODEL:
        tests = (("model number", model_number), ("without version", without_version), ("last part", last_part))
        return next((rule for rule, test in tests if test(short, full)), "")
    if short in _countries():
        return ""
    if core(short) == core(full) or _is_team(short, full) or _is_unit(short, full):
        return "without affix"
    if abbreviates(short, full) or acronym(short, full):
        return "abbreviation"
    if any(abbreviates(short, full[at:]) for at in range(2, len(full)) if full[at] == short[0] and script(full[at - 1]) != "kanji"):
        return "last words"  # 公正委 of デジタル公正取引委員会
    if is_latin(short) and is_latin(full) and len(short) > 4 and short in full.split():
        return "clipped"
    if keeps_end(short, full):
        return "last words"
    if initials(short, full):
        return "abbreviation"
    if heads_katakana(short.removesuffix("社"), legal_free(full)) and not is_branch(full, short):
        return "clipped"
    if _is_run_on(short, full) or clips(short, full) or _is_club(short, full) or _without_japan(full) in (short, legal_free(short)):
        return "clipped"
    return "first part" if first_part(short, full) and not is_branch(full, short) else ""


@cache
def _countries() -> frozenset[str]:
    """日本 is no short form of 日本海図サービス."""
    return frozenset({"日本", "米国", "英国", "中国", "韓国", *(row["name"] for row in rows("countries.tsv"))})


def _is_run_on(short: str, full: str) -> bool:
    """パナHD is パナソニック ホールディングス."""
    return short.endswith("HD") and "ホールディングス" in full and len(short) > 3 and full.startswith(short.removesuffix("HD"))


def _is_club(short: str, full: str) -> bool:
    """フェニックス is 東北フェニックス."""
    return (
        script(short) == "katakana"
        and len(short) > 2
        and full.endswith(short)
        and 2 <= len(full) - len(short) <= 4
        and script(full[: -len(short)]) == "kanji"
    )


def _is_unit(short: str, full: str) -> bool:
    """浜北署 is 静岡県警浜北署, 県立博物館 is 高知県立博物館, and 鳥羽大 is 鳥羽大学."""
    if short.endswith("大") and full == short + "学":
        return True
    parent = full.removesuffix(short)
    if parent in ("県立", "市立", "町立", "村立", "区立", "都立", "府立", "道立", "国立", "私立") and len(short) > 2:
        return True  # みなと高校 is 県立みなと高校
    if short.endswith("党") and len(short) > 2 and len(parent) == 2:
        return True  # 改進党 is 自由改進党
    return (
        len(short) > 2 and parent != full and (parent.endswith(_PARENTS) or (short.startswith(("県立", "市立", "町立", "区立")) and len(parent) < 4))
    )


def _is_team(short: str, full: str) -> bool:
    """チリ代表 is サッカーチリ代表."""
    return short.endswith("代表") and len(short) > 3 and full.endswith(short)


@cache
def is_incorporated(name: str) -> bool:
    """Whether a legal form stands in the name: 株式会社, GmbH."""
    plain = unicodedata.normalize("NFKC", name)
    return any(affix in plain for affix in affixes("legal") if len(affix) > 3 and (script(affix) == "kanji" or is_latin(affix)))
