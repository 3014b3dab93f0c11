"""What takes the place of parts of ja_ginza and spaCy for speed: it gives what they give."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
import spacy
from spacy.language import Language

from kg import encode, parse
from kg.arcs import parsed
from kg.encode import faster
from kg.words import Words

TEXTS = (
    "港。",
    "北浜の港で新しい船が走り始めた。",
    "「来る」",
    "",
    "同社は10月に北浜へ船を出し、乗客は3倍に増えると社長の森川さんは見ている。",
    "船船船。",
)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def stock() -> Language:
    """ja_ginza as it ships, without what nothing here reads."""
    return spacy.load("ja_ginza", exclude=["ner", "compound_splitter"])


@pytest.mark.parametrize("first", range(len(TEXTS)))
def test_the_vectors_are_those_of_the_model(stock: Language, first: int) -> None:
    model = stock.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    docs = [stock.make_doc(text) for text in TEXTS[first:]]
    if any(map(len, docs)):
        for found, wanted in zip(faster(model).predict(docs), model.predict(docs), strict=True):
            assert found.shape == wanted.shape
            np.testing.assert_allclose(found, wanted, atol=1e-5)


def test_a_text_does_not_see_its_neighbours(stock: Language) -> None:
    encode = faster(stock.get_pipe("tok2vec").model).predict  # type: ignore[attr-defined]
    docs = [stock.make_doc(text) for text in TEXTS]
    for alone, among in zip(docs, encode(docs), strict=True):
        if len(alone):
            np.testing.assert_allclose(encode([alone])[0], among, atol=1e-5)


def test_more_words_than_are_kept(stock: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "_KEPT", 4)
    model = stock.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    found, docs = faster(model), [stock.make_doc(text) for text in TEXTS if text]
    for doc in [*docs, *docs]:
        np.testing.assert_allclose(found.predict([doc])[0], model.predict([doc])[0], atol=1e-5)


@pytest.mark.parametrize("text", [*TEXTS, "…港…", "第 3 の船 ", "㈱北浜と２０２５年の𠮷川市", "「港」 と述べた"])
def test_words_and_parses_are_those_of_the_model(stock: Language, nlp: Language, text: str) -> None:
    made, wanted = next(parse._docs(nlp, iter([Words(nlp)(text)]))), stock(text)
    assert made.text == wanted.text
    assert [t.is_sent_start for t in made] == [t.i == 0 for t in made]
    for ours, theirs in zip(made, wanted, strict=True):
        assert (ours.text, ours.tag_, ours.lemma_, ours.norm_, ours.pos_) == (theirs.text, theirs.tag_, theirs.lemma_, theirs.norm_, theirs.pos_)
        assert ours.morph.get("Inflection") == theirs.morph.get("Inflection")
        assert (ours.head.i, ours.dep_) == (theirs.head.i, theirs.dep_)


def test_steps_taken_from_python_lead_to_the_same_parses(nlp: Language) -> None:
    """All texts at once, so that some are at their end while others go on."""
    vectors, parser = nlp.get_pipe("tok2vec"), nlp.get_pipe("parser")
    found, wanted = ([nlp.make_doc(text) for text in TEXTS if text] for _ in range(2))
    for docs, predict in ((found, partial(parsed, parser)), (wanted, parser.predict)):  # type: ignore[attr-defined]
        vectors.set_annotations(docs, vectors.predict(docs))  # type: ignore[attr-defined]
        parser.set_annotations(docs, predict(docs))  # type: ignore[attr-defined]

    assert [[(t.head.i, t.dep_) for t in doc] for doc in found] == [[(t.head.i, t.dep_) for t in doc] for doc in wanted]
    assert len({t.dep_ for doc in found for t in doc}) > 3


def test_a_latin_name_is_one_word(nlp: Language) -> None:
    assert [(t.text, t.tag_) for t in Words(nlp)("Moonshot AIは")] == [("Moonshot AI", "名詞-固有名詞-一般"), ("は", "助詞-係助詞")]


def test_another_architecture_is_refused() -> None:
    other = spacy.blank("ja")
    shape = {"width": 8, "depth": 2, "embed_size": 20, "window_size": 1, "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None}
    made = other.add_pipe("tok2vec", config={"model": {"@architectures": "spacy.HashEmbedCNN.v2", **shape}})
    other.initialize()
    with pytest.raises(ValueError, match="a maxout of 2 pieces"):
        faster(made.model)  # type: ignore[attr-defined]
