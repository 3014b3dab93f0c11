"""On whose word a clause stands that によると and the like open: a medium, its source, the agent named last, or what was cited before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.claim.patterns import patterns
from kg.claim.scene import Scene, Voice, skip_plain, token_at, voices_of
from kg.model import Cue, Entity, EntityClass
from kg.parse import Sentence

_ITS_PAPER = re.compile(
    r"(?:発表|説明|話|リリース|ブログ|資料|サイト|広報|それ|これ|調査|結果|統計|集計|まとめ|[レリ]ポート|報告書?|アンケート|分析|試算)$"
)


@dataclass(frozen=True, slots=True)
class Via:
    """によると: the voice, and where in the Doc's text the words begin."""

    voice: Voice
    begin: int
    cue: Cue


def via_of(scene: Scene, s: Sentence) -> Via | None:
    """Return the によると of a sentence, or None."""
    text = s.text
    for row, pattern in patterns("via.tsv"):
        m = pattern.search(text)
        if m is None:
            continue
        phrase = phrase_begin(scene, s, m.start())
        if row["name"] == "入手":  # A社が入手したB県の資料では: A社's word
            agents = [e for e, _ in scene.who.within(s.begin, s.offsets[m.end("who") - 1] + 1)]
            if not agents:
                continue
            cue = Cue(s.offsets[m.start()], s.offsets[m.end() - 1] + 1, m.group(), row.rule)
            return Via(voices_of(scene, [agents[-1]], "via"), skip_plain(scene, text, m.end()), cue)
        agents = [e for e, _ in scene.who.within(s.offsets[phrase], s.offsets[m.end() - 1])]
        agents = agents or [e for e, _ in scene.who.within(s.begin, s.offsets[m.end() - 1])]
        voice = via_voice(scene, text[phrase : m.start()], agents, s.begin)
        begin = skip_plain(scene, text, m.end())
        cue = Cue(s.offsets[m.start()], s.offsets[m.end() - 1] + 1, m.group(), row.rule)
        return Via(voice, begin, cue)
    return None


def via_voice(scene: Scene, phrase: str, agents: list[Entity], begin: int) -> Voice:
    """Return whose word によると names: a medium with its unnamed source, the agent named last, else what the article cited last."""
    outlets = [a for a in agents if a.type is EntityClass.OUTLET]
    unnamed = [a for a in agents if a.type is EntityClass.UNNAMED_SOURCE]
    if (unnamed and outlets) or len(outlets) > 1:
        return voices_of(scene, [*outlets, *unnamed], "via")
    if agents:
        return voices_of(scene, [agents[-1]], "via")
    if re.search(r"(?:記事|報道|同紙|同誌|同局)$", phrase) and scene.outlet is not None:
        return Voice(None, scene.outlet, "via-article", 0.85)
    if re.search(r"(?:判決|判決理由|決定|判決文)$", phrase) and (court := _court_before(scene, begin)) is not None:
        return Voice(court, None, "via-court", 0.8)
    if scene.last is not None and _ITS_PAPER.search(phrase):
        return Voice(scene.last.speaker, scene.last.source, "via-carried", 0.6)
    if scene.last is None and scene.subject is not None and scene.subject.type is EntityClass.ORGANIZATION and _ITS_PAPER.search(phrase):
        return Voice(scene.subject, None, "via-subject", 0.6)  # A社が調査を行った。これによると
    return Voice(rule="via-nobody", confidence=0.5)


def _court_before(scene: Scene, begin: int) -> Entity | None:
    """The court that the text named last before an offset: whose 判決によると it is."""
    named = [e for e, _ in scene.who.within(0, begin) if e.name.endswith(("地裁", "高裁", "最高裁", "裁判所"))]
    return named[-1] if named else None


def phrase_begin(scene: Scene, s: Sentence, end: int) -> int:
    """Where the noun phrase before によると begins."""
    token = s.doc[token_at(scene, s, max(end - 1, 0))]
    left: int = token.left_edge.idx
    comma = s.text.rfind("、", 0, end)
    return left if left <= comma or comma < 0 else min(left, comma + 1)
