"""Graphs to show: a small hand-made one in three articles that disagree, and big ones of any size, made by counting."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from kg.iri import segment
from kg.vocab import KG, NIF

BASE = "https://w3id.org/kg-ja/id/"


class Author:
    """Writes a graph in the ontology's words, article by article, with offsets found by the words."""

    def __init__(self) -> None:
        self.graph = Graph()
        for prefix, space in (("kg", KG._NS), ("nif", NIF._NS), ("prov", PROV._NS), ("skos", SKOS._NS), ("dcterms", DCTERMS._NS)):
            self.graph.bind(prefix, space)
        self.run = URIRef(BASE + "run/0")
        self._add(self.run, RDF.type, PROV.Activity)
        self._add(self.run, RDFS.label, Literal("kg 0.1.0, ja_ginza 5.2.0, ontology 1.0.0", "ja"))
        self.texts: dict[URIRef, str] = {}

    def _add(self, s: URIRef, p: URIRef, o: object) -> None:
        self.graph.add((s, p, o))

    def thing(self, cls: str, label: str, english: str | None = None, *aliases: str) -> URIRef:
        iri = URIRef(f"{BASE}{cls.lower()}/{segment(label)}")
        self._add(iri, RDF.type, KG[cls])
        for predicate in (RDFS.label, SKOS.prefLabel):
            self._add(iri, predicate, Literal(label.split("~")[0], "ja"))
            if english:
                self._add(iri, predicate, Literal(english, "en"))
        for alias in aliases:
            self._add(iri, SKOS.altLabel, Literal(alias, "ja"))
        return iri

    def article(self, title: str, source: str, date: str, text: str, cites: tuple[URIRef, ...] = (), publisher: URIRef | None = None) -> URIRef:
        iri = URIRef(BASE + "article/" + hashlib.sha256(text.encode()).hexdigest())
        self.texts[iri] = text
        self._add(iri, RDF.type, KG.Article)
        self._add(iri, RDFS.label, Literal(title, "ja"))
        self._add(iri, DCTERMS.title, Literal(title, "ja"))
        self._add(iri, DCTERMS.source, Literal(source))
        self._add(iri, DCTERMS.issued, Literal(date))
        self._add(iri, NIF.isString, Literal(text))
        for outlet in cites:
            self._add(iri, KG.cites, outlet)
        if publisher:
            self._add(iri, KG.publisher, publisher)
        return iri

    def mentions(self, article: URIRef, thing: URIRef, *words: str) -> None:
        """Mark every place where the article has these words."""
        text = self.texts[article]
        for word in words:
            at = text.find(word)
            while at >= 0:
                self.mention(article, thing, at, at + len(word))
                at = text.find(word, at + len(word))
        self._add(thing, KG.mentionedIn, article)

    def mention(self, article: URIRef, thing: URIRef, begin: int, end: int) -> None:
        iri = URIRef(f"{article}#char={begin},{end}")
        self._add(iri, RDF.type, KG.Mention)
        self._add(iri, KG.refersTo, thing)
        self._add(iri, KG.inArticle, article)
        self._add(iri, KG.text, Literal(self.texts[article][begin:end], "ja"))
        self._offsets(iri, begin, end)

    def claim(
        self,
        article: URIRef,
        words: str | tuple[int, int],
        attribution: str = "Narration",
        modality: str = "Fact",
        negated: bool = False,
        *,
        triple: tuple[URIRef, str, URIRef] | None = None,
        statement: URIRef | None = None,
        speaker: URIRef | None = None,
        source: URIRef | None = None,
        about: tuple[URIRef, ...] = (),
        cues: tuple[str, ...] = (),
        rule: str = "hand",
        when: str | None = None,
        date: str | None = None,
        confidence: float = 0.9,
    ) -> URIRef:
        text = self.texts[article]
        begin, end = words if isinstance(words, tuple) else (text.index(words), text.index(words) + len(words))
        key = repr((article, begin, end, triple, modality, negated, attribution))
        iri = URIRef(BASE + "claim/" + hashlib.sha256(key.encode()).hexdigest())
        self._add(iri, RDF.type, KG.Claim)
        self._add(iri, RDFS.label, Literal(text[begin:end][:40], "ja"))
        self._add(iri, KG.text, Literal(text[begin:end], "ja"))
        self._offsets(iri, begin, end)
        self._add(iri, KG.statedIn, article)
        self._add(iri, KG.attribution, KG[attribution])
        self._add(iri, KG.modality, KG[modality])
        self._add(iri, KG.negated, Literal(negated))
        self._add(iri, KG.rule, Literal(rule))
        self._add(iri, KG.confidence, Literal(confidence, datatype=XSD.double))
        self._add(iri, PROV.wasGeneratedBy, self.run)
        if triple:
            for predicate, value in zip((RDF.subject, RDF.predicate, RDF.object), (triple[0], KG[triple[1]], triple[2]), strict=True):
                self._add(iri, predicate, value)
        for predicate, value in ((KG.partOfStatement, statement), (KG.speaker, speaker), (KG.accordingTo, source)):
            if value:
                self._add(iri, predicate, value)
        for thing in about:
            self._add(iri, KG.about, thing)
        for cue in cues:
            self._add(iri, KG.cue, Literal(cue, "ja"))
        if when:
            self._add(iri, KG.when, Literal(when, "ja"))
        if date:
            self._add(iri, KG.date, Literal(date))
        return iri

    def link(self, one: URIRef, kind: str, other: URIRef) -> None:
        self._add(one, KG[kind], other)

    def _offsets(self, iri: URIRef, begin: int, end: int) -> None:
        self._add(iri, KG.beginOffset, Literal(begin, datatype=XSD.nonNegativeInteger))
        self._add(iri, KG.endOffset, Literal(end, datatype=XSD.nonNegativeInteger))


FIRST = """ミナト電機、対話AI「しおかぜ」の公開を延期へ
東西経済新聞の報道によると、ミナト電機は対話AI「しおかぜ」の公開を延期することを検討している。関係者によると、同社は𠮷田研究所の買収を計画しているという。
ミナト電機の広報担当者は「しおかぜの公開は延期しない」と述べた。同社は横浜市に本社を置く。
ミナト電機は、ソラリス社やハルカ技研などの競合他社と市場を争っている。佐伯遥社長はオープン戦略を推進してきた。
"""
SECOND = """「しおかぜ」は予定通り公開 ミナト電機社長
ミナト電機の佐伯遥社長は3日、「しおかぜは7月に公開する予定だ」と語った。延期の見方については「事実ではない」と否定した。
佐伯氏はオープン戦略を続ける方針を示した。ソラリス社は同戦略を批判している。
"""
THIRD = """ミナト電機、「しおかぜ」公開を10月に延期
ミナト電機は8日、「しおかぜ」の公開を10月に延期すると発表した。𠮷田研究所の買収は見送った。🚢
アナリストは、ソラリス社が優位に立つ可能性があるとみている。ハルカ技研は「しおかぜ」を採用すべきだと関係者は話す。
"""


def sample() -> Graph:
    """Three invented articles about one postponed model: rumour, denial, announcement."""
    a = Author()
    minato = a.thing("Organization", "ミナト電機", "Minato Electric", "ミナト")
    solaris = a.thing("Organization", "ソラリス社", "Solaris")
    haruka = a.thing("Organization", "ハルカ技研")
    lab = a.thing("Organization", "𠮷田研究所", "Yoshida Laboratory")
    model = a.thing("Model", "しおかぜ", "Shiokaze", "シオカゼ")
    opening = a.thing("Strategy", "オープン戦略", "open strategy", "オープン化")
    president = a.thing("Person", "佐伯遥", "Haruka Saeki", "佐伯")
    spokesperson = a.thing("Person", "広報担当者~1a2b3c4d")
    analyst = a.thing("UnnamedSource", "アナリスト")
    insider = a.thing("UnnamedSource", "関係者")
    paper = a.thing("Outlet", "東西経済新聞", "Tozai Keizai Shimbun")
    port = a.thing("Outlet", "みなと通信", "Minato Tsushin")
    city = a.thing("Place", "横浜市", "Yokohama")

    one = a.article("ミナト電機、対話AI「しおかぜ」の公開を延期へ", "1.txt", "2025-06-02", FIRST, (paper, insider), port)
    for thing, words in (
        (minato, ("ミナト電機", "同社")),
        (model, ("しおかぜ",)),
        (lab, ("𠮷田研究所",)),
        (paper, ("東西経済新聞",)),
        (insider, ("関係者",)),
        (spokesperson, ("広報担当者",)),
        (city, ("横浜市",)),
        (solaris, ("ソラリス社",)),
        (haruka, ("ハルカ技研",)),
        (president, ("佐伯遥",)),
        (opening, ("オープン戦略",)),
    ):
        a.mentions(one, thing, *words)
    rumour = "ミナト電機は対話AI「しおかぜ」の公開を延期することを検討している"
    s1 = a.claim(
        one,
        rumour,
        "IndirectSpeech",
        "Consideration",
        source=paper,
        about=(minato, model),
        cues=("によると", "検討している"),
        rule="reporting.tsv:3",
        confidence=0.93,
    )
    p1 = a.claim(
        one,
        rumour,
        "IndirectSpeech",
        "Consideration",
        triple=(minato, "suspends", model),
        statement=s1,
        source=paper,
        cues=("検討している",),
        rule="frames.tsv:41",
        confidence=0.88,
    )
    bid = "同社は𠮷田研究所の買収を計画している"
    s2 = a.claim(
        one, bid, "IndirectSpeech", "Plan", source=insider, about=(minato, lab), cues=("によると", "計画している", "という"), rule="reporting.tsv:3"
    )
    a.claim(
        one,
        bid,
        "IndirectSpeech",
        "Plan",
        triple=(minato, "acquires", lab),
        statement=s2,
        source=insider,
        cues=("計画している",),
        rule="frames.tsv:12",
    )
    denial = "しおかぜの公開は延期しない"
    s3 = a.claim(
        one,
        denial,
        "DirectQuote",
        "Fact",
        True,
        speaker=spokesperson,
        about=(model, minato),
        cues=("と述べた", "しない"),
        rule="reporting.tsv:1",
        confidence=0.97,
    )
    p3 = a.claim(
        one,
        denial,
        "DirectQuote",
        "Fact",
        True,
        triple=(minato, "suspends", model),
        statement=s3,
        speaker=spokesperson,
        cues=("しない",),
        rule="frames.tsv:41",
    )
    a.claim(one, "同社は横浜市に本社を置く。", triple=(minato, "basedIn", city), rule="frames.tsv:60")
    a.graph.add((minato, KG.basedIn, city))
    rivals = "ミナト電機は、ソラリス社やハルカ技研などの競合他社と市場を争っている。"
    for rival in (solaris, haruka):
        a.claim(one, rivals, triple=(minato, "competesWith", rival), rule="frames.tsv:33")
        a.graph.add((minato, KG.competesWith, rival))
    a.claim(one, "佐伯遥社長はオープン戦略を推進してきた。", triple=(president, "pursues", opening), rule="frames.tsv:20")
    a.claim(one, "ミナト電機の広報担当者は「しおかぜの公開は延期しない」と述べた。", triple=(spokesperson, "memberOf", minato), rule="roles:1")

    two = a.article("「しおかぜ」は予定通り公開 ミナト電機社長", "2.txt", "2025-06-03", SECOND, (), port)
    for thing, words in (
        (minato, ("ミナト電機",)),
        (president, ("佐伯遥", "佐伯氏")),
        (model, ("しおかぜ",)),
        (opening, ("オープン戦略", "同戦略")),
        (solaris, ("ソラリス社",)),
    ):
        a.mentions(two, thing, *words)
    plan = "しおかぜは7月に公開する予定だ"
    s4 = a.claim(
        two,
        plan,
        "DirectQuote",
        "Plan",
        speaker=president,
        about=(model,),
        cues=("と語った", "予定だ"),
        rule="reporting.tsv:1",
        when="7月",
        date="2025-07",
        confidence=0.95,
    )
    p4 = a.claim(
        two,
        plan,
        "DirectQuote",
        "Plan",
        triple=(minato, "releases", model),
        statement=s4,
        speaker=president,
        cues=("予定だ",),
        rule="frames.tsv:8",
        when="7月",
        date="2025-07",
    )
    s5 = a.claim(
        two, "事実ではない", "DirectQuote", "Fact", True, speaker=president, cues=("と否定した", "ではない"), rule="reporting.tsv:9", confidence=0.81
    )
    a.claim(
        two,
        "佐伯氏はオープン戦略を続ける方針を示した。",
        modality="Plan",
        triple=(president, "pursues", opening),
        cues=("方針",),
        rule="frames.tsv:20",
    )
    a.claim(two, "ソラリス社は同戦略を批判している。", triple=(solaris, "criticizes", opening), rule="frames.tsv:27")
    a.claim(two, "ミナト電機の佐伯遥社長は3日、「しおかぜは7月に公開する予定だ」と語った。", triple=(president, "leads", minato), rule="roles:2")

    three = a.article("ミナト電機、「しおかぜ」公開を10月に延期", "3.txt", "2025-07-08", THIRD, (analyst,), paper)
    for thing, words in (
        (minato, ("ミナト電機",)),
        (model, ("しおかぜ",)),
        (lab, ("𠮷田研究所",)),
        (analyst, ("アナリスト",)),
        (solaris, ("ソラリス社",)),
        (haruka, ("ハルカ技研",)),
        (insider, ("関係者",)),
    ):
        a.mentions(three, thing, *words)
    news = "「しおかぜ」の公開を10月に延期する"
    s6 = a.claim(
        three,
        news,
        "IndirectSpeech",
        "Plan",
        speaker=minato,
        about=(model,),
        cues=("と発表した",),
        rule="reporting.tsv:5",
        when="10月",
        date="2025-10",
        confidence=0.96,
    )
    p6 = a.claim(
        three,
        news,
        "IndirectSpeech",
        "Plan",
        triple=(minato, "suspends", model),
        statement=s6,
        speaker=minato,
        cues=("と発表した",),
        rule="frames.tsv:41",
    )
    a.claim(three, "𠮷田研究所の買収は見送った。", negated=True, triple=(minato, "acquires", lab), cues=("見送った",), rule="frames.tsv:12")
    edge = "ソラリス社が優位に立つ可能性がある"
    s7 = a.claim(
        three,
        edge,
        "IndirectSpeech",
        "Possibility",
        source=analyst,
        about=(solaris,),
        cues=("可能性がある", "とみている"),
        rule="reporting.tsv:7",
        confidence=0.74,
    )
    need = "ハルカ技研は「しおかぜ」を採用すべきだ"
    s8 = a.claim(
        three, need, "IndirectSpeech", "Need", source=insider, about=(haruka, model), cues=("べき", "と関係者は話す"), rule="reporting.tsv:3"
    )
    a.claim(three, need, "IndirectSpeech", "Need", triple=(haruka, "uses", model), statement=s8, source=insider, cues=("べき",), rule="frames.tsv:15")
    a.link(s3, "contradicts", s1)
    a.link(p3, "contradicts", p1)
    a.link(s5, "restates", s3)
    a.link(p6, "supersedes", p1)
    a.link(s6, "supersedes", s4)
    a.link(p6, "contradicts", p4)
    assert s7
    return a.graph


def big(nodes: int, articles: int = 5, seed: int = 1) -> Graph:
    """A graph of about `nodes` nodes in the picture, 62 of 100 of them claims, on articles of generated sentences."""
    roll = random.Random(seed)
    a = Author()
    classes = ("Organization", "Organization", "Person", "Model", "Strategy", "Place")
    things = [
        a.thing(classes[i % len(classes)], f"{'東西南北中'[i % 5]}{'海山川田野'[i // 5 % 5]}{'電機重工製薬商事物産'[i // 25 % 10]}{i}")
        for i in range(nodes - nodes * 62 // 100)
    ]
    verbs = (("develops", "開発した"), ("uses", "採用した"), ("supports", "支持した"), ("criticizes", "批判した"), ("acquires", "買収した"))
    forms = (("Fact", ""), ("Plan", "方針だ"), ("Consideration", "ことを検討している"), ("Possibility", "可能性がある"))
    total = nodes * 62 // 100
    made = 0
    for n in range(articles):
        share = total // articles + (n < total % articles)
        lines, rows, at = [f"記事{n}:業界の動き"], [], len(f"記事{n}:業界の動き") + 1
        each = len(things) / articles
        hubs = [things[int(roll.paretovariate(0.8)) * 11 % len(things)] for _ in range(3)]
        local = [*things[int(n * each) : int((n + 1) * each) + 1], *hubs] if articles > 20 else things
        for _ in range(share):
            s, o = roll.sample(local, 2) if len(set(local)) > 2 else (things[0], things[1])
            (verb, word), (modality, tail) = roll.choice(verbs), roll.choice(forms)
            names = [str(a.graph.value(x, RDFS.label)) for x in (s, o)]
            body = f"{names[0]}は{names[1]}を{word}{tail}"
            sentence = f"関係者によると、{body}という。"
            rows.append((at, s, o, verb, modality, names, len(body)))
            lines.append(sentence)
            at += len(sentence) + 1
            made += 1
        article = a.article(lines[0], f"{n:03}.txt", f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}", "\n".join(lines))
        for at, s, o, verb, modality, names, length in rows:
            begin = at + len("関係者によると、")
            a.claim(
                article,
                (begin, begin + length),
                "IndirectSpeech",
                modality,
                made % 9 == 0,
                triple=(s, verb, o),
                source=None,
                speaker=s if at % 3 == 0 else None,
                rule="frames.tsv:1",
            )
            a.mention(article, s, begin, begin + len(names[0]))
            a.mention(article, o, begin + len(names[0]) + 1, begin + len(names[0]) + 1 + len(names[1]))
    return a.graph


if __name__ == "__main__":
    Path(__file__).with_name("sample.ttl").write_bytes(sample().serialize(format="turtle", encoding="utf-8"))
