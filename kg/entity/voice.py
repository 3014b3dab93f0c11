"""Whether 彼 or 彼女 may mean a person: words before and behind a name, its last character, a foreign given name."""

from __future__ import annotations

import re
from functools import cache

from kg.entity.keys import script
from kg.entity.scene import Scene
from kg.entity.thing import Thing
from kg.lexicon import rows
from kg.model import Form, Mention

_OF_WOMEN = "美奈菜花愛桜莉彩香"  # 美誠 and 菜央 are women, whatever comes last


def voice(scene: Scene, thing: Thing) -> str:
    """Return 彼 or 彼女 where the words before a name settle it: 兄のピーター, 女優の樹木希林さん."""
    for mention in (m for m in thing.mentions if m.form is Form.NAME):
        words = scene.text[max(0, mention.begin - 8) : mention.begin].rstrip("の、")
        after, kin = scene.text[mention.end : mention.end + 4], _kin(scene, mention)
        for row in rows("genders.tsv"):
            if row["place"] == "given":
                continue
            here = {
                "before": words.endswith(row["word"]) or kin == row["word"],
                "after": after.startswith(row["word"]),
                "end": _ends_full(mention.text, row["word"]) and not (row["pronoun"] == "彼" and mention.text[-2] in _OF_WOMEN),
            }
            if here[row["place"]]:
                return row["pronoun"]
        if side := re.search(r"(女子|男子)[一-龥ァ-ヺー]*の$", scene.text[max(0, mention.begin - 12) : mention.begin]):
            return "彼女" if side[1] == "女子" else "彼"  # 女子マラソンの高橋選手
        if (given := _given(mention.text)) and (pronoun := _given_names().get(given)):
            return pronoun
    return ""


def _kin(scene: Scene, mention: Mention) -> str:
    """The kinship that the sentence's topic gives who is named at its end: 父は音楽プロデューサーのX氏。"""
    begin = scene.text.rfind("。", 0, mention.begin) + 1
    found = re.search(r"(?:^|\s|の|、)([一-龥]{1,3})は[^。はが]{0,24}$", scene.text[begin : mention.begin])
    return found[1] if found and re.match(r"(?:氏|さん)?(?:。|だ|です|で、|である)", scene.text[mention.end : mention.end + 6]) else ""


def _given(name: str) -> str:
    """The given name of a name that is not in kanji: ケイト of ケイト・ボーン, and of ケイト alone."""
    return re.split(r"[・＝\s]", name)[0] if script(name) in ("katakana", "latin", "mixed") and script(name[0]) in ("katakana", "latin") else ""


@cache
def _given_names() -> dict[str, str]:
    return {row["word"]: row["pronoun"] for row in rows("genders.tsv") if row["place"] == "given"}


def _ends_full(name: str, ending: str) -> bool:
    return len(name) > 3 and name.endswith(ending) and script(name) == "kanji"
