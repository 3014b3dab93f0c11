"""The statements themselves: a quotation sentence by sentence, or a reported clause."""

from __future__ import annotations

from kg.claim.certainty import clause_stance, quoted_stance
from kg.claim.scene import SKIPPED, Scene, Voice
from kg.claim.site import Site
from kg.model import Attribution, Cue, Stance, Statement
from kg.parse import Sentence
from kg.segment import Quote


def add_direct(scene: Scene, quote: Quote, voice: Voice, cues: tuple[Cue, ...], site: Site | None) -> None:
    """One statement a sentence of the quotation."""
    full = scene.article.document.text[quote.end - 1 : quote.end] in "。．"
    for index in quote.inside:
        inside = scene.by_index.get(index)
        if inside is None:
            continue
        begin, end = inside.begin, inside.end
        if not full:
            while end > begin + 1 and scene.article.document.text[end - 1] in "。．":
                end -= 1
        stance = quoted_stance(inside, site)
        rule = f"quote-{voice.rule}"
        scene.found.append(Statement(begin, end, Attribution.DIRECT_QUOTE, voice.speaker, voice.source, stance, cues, rule, voice.confidence))


def add_clause(scene: Scene, s: Sentence, start: int, site: Site, voice: Voice, cue: Cue, quotes: list[Quote]) -> None:
    """A reported clause, a quotation in it or not."""
    last = site.end if quotes and site.end < len(s.doc) and s.doc[site.end].text in ("だ", "である") else site.end - 1
    end = s.ends[last]
    if start >= end:
        return
    stance = partial_stance(scene, quotes[-1], site) if quotes else clause_stance(s, site.end, site)
    add(scene, s, start, end, voice, stance, (cue,), f"{site.form}-{voice.rule}")


def partial_stance(scene: Scene, quote: Quote, site: Site | None) -> Stance:
    """Return the stance of a clause that ends with a quotation: that of the quotation."""
    inside = [scene.by_index[i] for i in quote.inside if i in scene.by_index]
    return quoted_stance(inside[-1], site) if inside else Stance()


def add(scene: Scene, s: Sentence, start: int, end: int, voice: Voice, stance: Stance, cues: tuple[Cue, ...], rule: str) -> None:
    """Keep a reported clause, unless it overlaps another."""
    begin, stop = s.offsets[start], s.offsets[end - 1] + 1
    text = scene.article.document.text
    while stop > begin and text[stop - 1] in "。、" + SKIPPED:
        stop -= 1
    if stop - begin < 2 or any(f.begin < stop and begin < f.end and f.attribution is Attribution.INDIRECT_SPEECH for f in scene.found):
        return
    scene.found.append(Statement(begin, stop, Attribution.INDIRECT_SPEECH, voice.speaker, voice.source, stance, cues, rule, voice.confidence))
