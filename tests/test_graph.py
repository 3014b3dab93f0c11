"""The article's graph says what the reading says, and never a rumour as a fact."""

import random
from dataclasses import replace

import pytest
from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, BNode, Literal, URIRef
from sample import CONSIDERS, DENIES, DEVELOPS, INSIDER, KURODA, PARTNERS, QUOTE, READING, SAMPLE, TEXT, mention

from kg.graph import to_graph, union
from kg.model import Attribution, Claim, Entity, EntityClass, Modality, Reading
from kg.provenance import Run
from kg.vocab import BETWEEN_ENTITIES, KG, NIF, SCHEMA

BASE = "https://w3id.org/kg-ja/id/"
META, KURODA_IRI = URIRef(f"{BASE}organization/サンプル社"), URIRef(f"{BASE}organization/クロダ工業")
MODEL = URIRef(f"{BASE}model/𠮷野Ⅱ")


def reading(*claims: Claim, **changes) -> Reading:
    return replace(READING, claims=claims, **changes)


def plain(graph) -> set:
    return {(s, p, o) for s, p, o in graph if p in BETWEEN_ENTITIES}


def test_only_the_articles_own_undenied_fact_is_a_plain_triple():
    assert plain(to_graph(READING)) == {(META, KG.develops, MODEL), (META, KG.partnersWith, KURODA_IRI)}


@pytest.mark.parametrize(
    "change",
    [
        {"attribution": Attribution.INDIRECT_SPEECH},
        {"attribution": Attribution.DIRECT_QUOTE},
        {"negated": True},
        *({"modality": modality} for modality in Modality if modality is not Modality.FACT),
    ],
)
def test_what_is_said_denied_or_unsure_is_no_plain_triple(change):
    assert not plain(to_graph(reading(replace(DEVELOPS, **change))))


@pytest.mark.parametrize("modality", list(Modality))
def test_a_denial_in_the_same_article_contests_the_fact(modality):
    fact = replace(DENIES, attribution=Attribution.NARRATION, negated=False, speaker=None, statement=None, contradicts=())
    assert plain(to_graph(reading(fact)))
    assert not plain(to_graph(reading(fact, replace(DENIES, modality=modality))))


def test_a_denial_in_the_other_direction_contests_a_symmetric_fact():
    denial = replace(PARTNERS, subject=KURODA, object=SAMPLE, negated=True)
    assert not plain(to_graph(reading(PARTNERS, denial)))


def test_of_two_claims_with_one_iri_the_attributed_one_stands():
    said = replace(DEVELOPS, attribution=Attribution.INDIRECT_SPEECH, source=INSIDER, confidence=0.1)
    graph = to_graph(reading(DEVELOPS, said))
    assert not plain(graph)
    assert list(graph.objects(None, KG.attribution)) == [KG.IndirectSpeech]


def test_an_entity_has_one_japanese_label_and_its_other_forms():
    graph = to_graph(READING)
    assert set(graph.objects(META, RDFS.label)) == {Literal("サンプル社", lang="ja"), Literal("Sample Inc.", lang="en")}
    assert set(graph.objects(META, SKOS.prefLabel)) == set(graph.objects(META, RDFS.label))
    assert set(graph.objects(META, SKOS.altLabel)) == {Literal("サンプル", lang="ja")}


@pytest.mark.parametrize(
    ("name", "english"),
    [("Meta", "Meta"), ("GPT-4.5", "GPT-4.5"), ("Société Générale", "Société Générale"), ("三菱UFJ", None), ("1234", None), ("ЯНДЕКС", None)],
)
def test_a_latin_name_is_its_own_english_label(name, english):
    graph = to_graph(reading(entities=(replace(SAMPLE, name=name, english=None),), cites=()))
    (node,) = graph.subjects(RDF.type, KG.Organization)
    assert [str(o) for o in graph.objects(node, RDFS.label) if o.language == "en"] == ([english] if english else [])


def test_offsets_count_code_points_and_the_words_stand_there():
    graph = to_graph(READING)
    spans = set(graph.subjects(KG.beginOffset))
    assert len(spans) == 14
    for node in spans:
        begin, end = (graph.value(node, term).toPython() for term in (KG.beginOffset, KG.endOffset))
        assert TEXT[begin:end] == str(graph.value(node, KG.text))


def test_a_mention_refers_to_its_entity_at_its_place():
    graph = to_graph(READING)
    (article,) = graph.subjects(RDF.type, KG.Article)
    begin = TEXT.index("同社")
    node = URIRef(f"{article}#char={begin},{begin + 2}")
    assert graph.value(node, KG.refersTo) == META
    assert graph.value(node, KG.inArticle) == article
    assert graph.value(node, KG.text) == Literal("同社", lang="ja")


def test_one_stretch_may_speak_of_two():
    """両社: one mention, two entities."""
    both = mention("同社", EntityClass.ORGANIZATION)
    those = (replace(SAMPLE, mentions=(both,)), replace(KURODA, mentions=(replace(both, confidence=0.95, rule="pair:1"),)))
    graph = to_graph(reading(entities=those, cites=()))
    (node,) = graph.subjects(RDF.type, KG.Mention)
    assert set(graph.objects(node, KG.refersTo)) == {META, KURODA_IRI}
    assert list(graph.objects(node, KG.rule)) == [Literal("pair:1")]


def test_the_article_says_what_it_is_and_whom_it_cites():
    graph = to_graph(READING)
    (article,) = graph.subjects(RDF.type, KG.Article)
    assert graph.value(article, DCTERMS.title) == Literal("見出し", lang="ja")
    assert graph.value(article, DCTERMS.source) == Literal("news/sample.txt")
    assert graph.value(article, DCTERMS.issued) == Literal("2025-07-14")
    assert graph.value(article, SCHEMA.url) == Literal("https://example.org/1")
    assert article == URIRef(f"{BASE}article/{graph.value(article, SCHEMA.sha256)}")
    assert str(graph.value(article, NIF.isString)) == TEXT
    assert graph.value(article, KG.publisher) == URIRef(f"{BASE}outlet/サンプル新聞")
    assert [str(node).split("~")[0] for node in graph.objects(article, KG.cites)] == [f"{BASE}unnamedsource/関係者"]


def test_the_publisher_is_the_outlet_that_the_article_names_so():
    outlet = Entity(EntityClass.OUTLET, "サンプル新聞社", ("サンプル新聞",), (mention("サンプル", EntityClass.OUTLET),))
    graph = to_graph(reading(entities=(outlet,), cites=()))
    assert set(graph.objects(None, KG.publisher)) == {URIRef(f"{BASE}outlet/サンプル新聞社")}


def test_a_company_that_publishes_is_an_outlet_beside():
    graph = to_graph(replace(READING, publisher=KURODA))
    assert set(graph.objects(None, KG.publisher)) == {URIRef(f"{BASE}outlet/クロダ工業")}


def test_a_publisher_that_the_text_does_not_name_is_not_mentioned_in_it():
    graph = to_graph(READING)
    assert not list(graph.objects(URIRef(f"{BASE}outlet/サンプル新聞"), KG.mentionedIn))


def test_an_article_without_a_title_bears_its_files_name():
    graph = to_graph(replace(READING, document=replace(READING.document, title=None)))
    assert set(graph.objects(None, DCTERMS.title)) == {Literal("sample.txt", lang="ja")}


def test_without_text_the_article_keeps_its_hash_only():
    graph = to_graph(READING, with_text=False)
    assert not list(graph.objects(None, NIF.isString))
    assert len(graph) == len(to_graph(READING)) - 1


def claim_node(graph, label: str) -> URIRef:
    (node,) = graph.subjects(RDFS.label, Literal(label, lang="ja"))
    return node


def test_a_proposition_bears_its_statements_speaker_and_its_own_reading():
    graph = to_graph(READING)
    node = claim_node(graph, "サンプル社 → 買収する → クロダ工業(検討)")
    statement = claim_node(graph, "「同社はクロダ工業の買収を検討している」")
    assert graph.value(node, KG.partOfStatement) == statement
    assert graph.value(node, RDF.subject) == META
    assert graph.value(node, RDF.predicate) == KG.acquires
    assert graph.value(node, RDF.object) == KURODA_IRI
    assert graph.value(node, KG.when) == Literal("昨夏", lang="ja")
    assert str(graph.value(node, KG.confidence)) == "0.67"
    assert str(graph.value(node, KG.accordingTo)).startswith(f"{BASE}unnamedsource/関係者~")
    assert set(graph.objects(node, KG.about)) == {META, KURODA_IRI}
    assert graph.value(statement, RDF.predicate) is None
    assert graph.value(statement, KG.cue) == Literal("によると", lang="ja")


def test_claims_are_linked_and_neither_overwritten():
    graph = to_graph(READING)
    denial = claim_node(graph, "サンプル社 → 買収する → クロダ工業(否定)")
    assert graph.value(denial, KG.contradicts) == claim_node(graph, "サンプル社 → 買収する → クロダ工業(検討)")
    assert str(graph.value(denial, KG.speaker)).startswith(f"{BASE}person/広報担当者~")


def test_a_long_statement_has_a_short_label():
    graph = to_graph(reading(replace(QUOTE, text="長い話。\n" * 20)))
    (label,) = (str(o) for node in graph.subjects(RDF.type, KG.Claim) for o in graph.objects(node, RDFS.label))
    assert label.startswith("「長い話。 長い話。") and label.endswith("…」") and len(label) == 42


@pytest.mark.parametrize("change", [{"object": None}, {"property": "developes"}, {"property": "text"}])
def test_half_a_proposition_is_refused_with_its_place(change):
    with pytest.raises(ValueError, match=r"claim at 0-\d+ by frames\.tsv:2: "):
        to_graph(reading(replace(DEVELOPS, **change)))


def test_strategies_are_related_within_the_article():
    wide = Entity(EntityClass.STRATEGY, "オープンソース戦略", ("オープンソース",), (mention("買収", EntityClass.STRATEGY),))
    narrow = Entity(EntityClass.STRATEGY, "モデル公開", (), (mention("モデル", EntityClass.STRATEGY),), broader=("オープンソース", "無いもの"))
    graph = to_graph(reading(entities=(narrow, wide), cites=()))
    assert [(s, o) for s, _, o in graph.triples((None, SKOS.broader, None))] == [
        (URIRef(f"{BASE}strategy/モデル公開"), URIRef(f"{BASE}strategy/オープンソース戦略"))
    ]


def test_every_node_has_a_type_and_one_japanese_label_and_none_is_blank():
    graph = to_graph(READING)
    for node in set(graph.subjects()):
        assert len(list(graph.objects(node, RDF.type))) == 1
        assert [o.language for o in graph.objects(node, RDFS.label)].count("ja") == 1, node
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


def test_one_datatype_a_predicate():
    kinds: dict = {}
    for _, predicate, value in to_graph(READING):
        if isinstance(value, Literal):
            kinds.setdefault(predicate, set()).add("lang" if value.language else value.datatype)
    assert all(len(found) == 1 for found in kinds.values()), kinds


def test_the_run_is_versions_and_no_clock():
    graph = to_graph(READING, run=Run("1", "2", "3"))
    (run,) = set(graph.objects(None, PROV.wasGeneratedBy))
    ran_with = (*graph.objects(run, PROV.used), *graph.objects(run, PROV.wasAssociatedWith))
    assert {str(graph.value(node, SCHEMA.softwareVersion)) for node in ran_with} == {"1", "2", "3"}
    assert to_graph(READING, run=Run("1", "2", "4")).value(None, RDF.type, PROV.Activity) != run


def test_the_order_of_the_reading_changes_nothing():
    entities, claims = list(READING.entities), list(READING.claims)
    expected = set(to_graph(READING))
    for seed in range(5):
        random.Random(seed).shuffle(entities)
        random.Random(seed).shuffle(claims)
        assert set(to_graph(replace(READING, entities=tuple(entities), claims=tuple(claims)))) == expected


def test_a_base_of_ones_own_changes_names_and_no_hashes():
    ours, theirs = to_graph(READING), to_graph(READING, base="https://example.org/x")
    assert {str(s).replace("https://example.org/x/", BASE) for s in theirs.subjects()} == {str(s) for s in ours.subjects()}


@pytest.mark.parametrize("base", ["", "here", "https://example.org/#", "https://example.org/a b", "https://example.org/<"])
def test_a_base_that_is_none_is_refused(base):
    with pytest.raises(ValueError, match="wanted as the base"):
        to_graph(READING, base=base)


def test_hostile_names_give_a_graph():
    name = 'Q"uo>te\\s <b>\n\t{|}^`𠮷😀%20\u202e'
    hostile = replace(SAMPLE, name=name, aliases=(name, name + "'"), english=name)
    graph = to_graph(reading(entities=(hostile,), cites=()))
    (node,) = graph.subjects(RDF.type, KG.Organization)
    assert Literal(name, lang="ja") in set(graph.objects(node, RDFS.label))
    assert not set(str(node)) & set('<>"{}|\\^` \n\t')


def test_a_corpus_is_the_union_and_keeps_one_label_a_language():
    one = to_graph(READING)
    document, entity = replace(READING.document, text=TEXT + "。"), replace(SAMPLE, english="Sample Incorporated")
    other = to_graph(Reading(document, (entity,), ()))
    whole = union([one, other])
    english = [o for o in whole.objects(META, RDFS.label) if o.language == "en"]
    assert english == [Literal("Sample Incorporated", lang="en")]
    assert Literal("Sample Inc.", lang="en") in set(whole.objects(META, SKOS.altLabel))
    assert len(set(whole.objects(META, KG.mentionedIn))) == 2
    assert set(whole) == set(union([other, one]))


def test_a_statement_that_is_not_listed_is_written_all_the_same():
    assert claim_node(to_graph(reading(CONSIDERS)), "「同社はクロダ工業の買収を検討している」")
