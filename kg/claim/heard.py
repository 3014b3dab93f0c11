"""Words that reach the text by way of another: asked for, sent in, held by a paper, put on a page."""

from __future__ import annotations

import re
from functools import cache

from kg.claim.scene import Scene, Voice, char_at, same_sentence, voices_of
from kg.claim.site import Site
from kg.claim.topic import papers
from kg.lexicon import rows
from kg.model import Entity, EntityClass
from kg.parse import Sentence

_ANSWERED_TO = re.compile(  # 「…」とブログに書いたところ、「…」「…」と盛り上がった: the crowd's
    r"(?:書い|書き込ん|つぶやい|投稿し|返信し|発言し|発信し|ツイートし|コメントし|告白し|報告し|明かし|返し|呼びかけ)た(?:ところ|ら)、?$"
)
_SENT = re.compile(r"(?:と|って)(?:いう|いった|の)、?(?P<who>[^、。「」]{1,24})からの(?!帰)")
_SENDS = re.compile(r"(?P<who>[^、。「」]{1,24})からの$")
_PAGE = re.compile(  # 同社の公式サイト上では「…」
    r"(?:^|[、。])(?:[0-9０-９月日年今昨先週夜朝、]{0,8}、)?(?P<who>[^、。「」]{0,24}?)の?(?:公式)?(?:(?:ウェブ|WEB|Web)?サイト|ホームページ|HP|ＨＰ|ブログ|ツイッター|Twitter|アカウント|リリース)"
    r"(?:上|内|の冒頭)?[でに](?:は|も)?、?$"
)
_BODIES = ("球団", "クラブ", "事務所", "所属事務所", "チーム", "メーカー", "運営会社")
_ITS_OWN = ("公式", "自身", "自身の", "自らの", "自ら")


@cache
def written() -> frozenset[str]:
    """Verbs of what stands in a paper: 記す, 明記."""
    return frozenset(r["lemma"] for r in rows("written.tsv"))


@cache
def pressing() -> frozenset[str]:
    """Verbs whose passive has the words of whoever spoke before: 詰め寄られる."""
    return frozenset(r["lemma"] for r in rows("pressing.tsv"))


def answers_others(scene: Scene, s: Sentence, begin: int) -> bool:
    """「…」と返信したところ、「…」「…」と広まった: others answer what the same sentence quotes first."""
    return _ANSWERED_TO.search(s.text[: char_at(scene, s, begin)]) is not None and same_sentence(scene, s) is not None


def asked(scene: Scene, s: Sentence, begin: int) -> Entity | None:
    """永井監督から「…」と言われ, 同社に尋ねたところ、「…」: who is the source of words that another one hears."""
    ahead = s.text[: char_at(scene, s, begin)]
    m = re.search(
        r"(?P<who>[^、。「」]{2,30})(?:から(?:は|も)?、?(?:[^。「」]{1,20}(?:や|と|、))?|に(?:電話で|メールで|書面で)?(?:問い合わせ|尋ね|聞い|取材し|確認し)た(?:ところ|ら)、?)$",
        ahead,
    )
    return scene.who.last(s.offsets[m.start("who")], s.offsets[m.end("who") - 1] + 1) if m else None


def sender_of(scene: Scene, s: Sentence, site: Site, begin: int) -> Entity | None:
    """「…」というファンからの質問に, ファンからの「…」という質問に: from whom the words come that somebody then answers."""
    m = _SENT.match(s.text, s.starts[site.particle]) or _SENDS.search(s.text[: char_at(scene, s, begin)])
    return scene.who.last(s.offsets[m.start("who")], s.offsets[m.end("who")]) if m is not None else None


def asker_of(scene: Scene, s: Sentence, site: Site) -> Voice | None:
    """「…」と詰め寄られると: whoever it was that spoke before the one who hears it."""
    pressed = site.verb is not None and s.doc[site.verb].lemma_ in pressing()
    return Voice(scene.other.speaker, scene.other.source, "asker", 0.6) if pressed and scene.other is not None else None


def document_voice(scene: Scene, s: Sentence, site: Site) -> Voice | None:
    """「資料には「…」と記されている」: a paper's words stand on the word of the medium that cited it, or of nobody."""
    ahead = s.text[: s.starts[site.end - 1]]
    holds = re.search(rf"(?:{'|'.join(papers('holds'))})(?:に|で)は", ahead) is not None
    if site.verb is None or not holds or s.doc[site.verb].lemma_ not in written():
        return None
    return Voice(None, scene.outlet, "document", 0.75)


def published(scene: Scene, s: Sentence, begin: int) -> Voice | None:
    """「球団の公式サイト上では「…」と発表され」: whose the page is on which the words stand."""
    m = _PAGE.search(s.text[: char_at(scene, s, begin)])
    if m is None:
        return None
    end = s.offsets[m.end("who") - 1] + 1 if m.end("who") > m.start("who") else s.begin
    found = scene.who.within(s.offsets[m.start("who")], end)
    house = scene.maker if m["who"] in _BODIES else scene.subject if not m["who"] or m["who"] in _ITS_OWN else None
    owner = found[-1][0] if found and found[-1][1].end == end else house
    agents = (EntityClass.PERSON, EntityClass.ORGANIZATION)
    return voices_of(scene, [owner], "page", 0.8) if owner is not None and owner.type in agents else None
