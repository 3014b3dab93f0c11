"""A reading made by hand: one article with a fact, a rumour, a quotation and a denial, for the rooms below the waist."""

from __future__ import annotations

from kg.model import Attribution, Claim, Cue, Document, Entity, EntityClass, Form, Mention, Modality, Reading

TEXT = (
    "サンプル社は新型モデル「𠮷野Ⅱ」を開発した。関係者によると、同社はクロダ工業の買収を検討している。\n"
    "広報担当者は「当社は買収していない」と語った。サンプル社はクロダ工業と提携した。\n"
)


def mention(words: str, kind: EntityClass, *, form: Form = Form.NAME, nth: int = 0, text: str = TEXT) -> Mention:
    """The nth place where the words stand in the text."""
    begin = -1
    for _ in range(nth + 1):
        begin = text.index(words, begin + 1)
    return Mention(begin, begin + len(words), words, kind, form, "test:1", 0.9)


def span(words: str, text: str = TEXT) -> dict[str, object]:
    begin = text.index(words)
    return {"begin": begin, "end": begin + len(words), "text": words}


ORG, PERSON = EntityClass.ORGANIZATION, EntityClass.PERSON
SAMPLE = Entity(
    ORG,
    "サンプル社",
    ("サンプル",),
    (mention("サンプル社", ORG), mention("同社", ORG, form=Form.ANAPHOR), mention("サンプル社", ORG, nth=1)),
    english="Sample Inc.",
)
KURODA = Entity(ORG, "クロダ工業", (), (mention("クロダ工業", ORG), mention("クロダ工業", ORG, nth=1)))
YOSHINO = Entity(EntityClass.MODEL, "𠮷野Ⅱ", (), (mention("𠮷野Ⅱ", EntityClass.MODEL),))
INSIDER = Entity(EntityClass.UNNAMED_SOURCE, "関係者", (), (mention("関係者", EntityClass.UNNAMED_SOURCE, form=Form.ROLE),), local=True)
SPOKESPERSON = Entity(PERSON, "広報担当者", (), (mention("広報担当者", PERSON, form=Form.ROLE),), local=True)

DEVELOPS = Claim(
    **span("サンプル社は新型モデル「𠮷野Ⅱ」を開発した。"),
    attribution=Attribution.NARRATION,
    modality=Modality.FACT,
    negated=False,
    rule="frames.tsv:2",
    confidence=0.8,
    about=(SAMPLE, YOSHINO),
    subject=SAMPLE,
    property="develops",
    object=YOSHINO,
)
RUMOUR = Claim(
    **span("同社はクロダ工業の買収を検討している"),
    attribution=Attribution.INDIRECT_SPEECH,
    modality=Modality.CONSIDERATION,
    negated=False,
    rule="attribution.tsv:3",
    confidence=0.7,
    source=INSIDER,
    about=(SAMPLE, KURODA),
    cues=(Cue(TEXT.index("によると"), TEXT.index("によると") + 4, "によると", "attribution.tsv:3"),),
)
CONSIDERS = Claim(
    **span("同社はクロダ工業の買収を検討している"),
    attribution=Attribution.INDIRECT_SPEECH,
    modality=Modality.CONSIDERATION,
    negated=False,
    rule="frames.tsv:9",
    confidence=0.666,
    source=INSIDER,
    subject=SAMPLE,
    property="acquires",
    object=KURODA,
    statement=RUMOUR,
    when="昨夏",
)
QUOTE = Claim(
    **span("当社は買収していない"),
    attribution=Attribution.DIRECT_QUOTE,
    modality=Modality.FACT,
    negated=True,
    rule="quote:1",
    confidence=1,
    speaker=SPOKESPERSON,
    about=(SAMPLE,),
)
DENIES = Claim(
    **span("当社は買収していない"),
    attribution=Attribution.DIRECT_QUOTE,
    modality=Modality.FACT,
    negated=True,
    rule="frames.tsv:9",
    confidence=0.6,
    speaker=SPOKESPERSON,
    subject=SAMPLE,
    property="acquires",
    object=KURODA,
    statement=QUOTE,
    contradicts=(CONSIDERS,),
)
PARTNERS = Claim(
    **span("サンプル社はクロダ工業と提携した。"),
    attribution=Attribution.NARRATION,
    modality=Modality.FACT,
    negated=False,
    rule="frames.tsv:12",
    confidence=0.8,
    subject=SAMPLE,
    property="partnersWith",
    object=KURODA,
    date="2025-07",
)

READING = Reading(
    Document("news/sample.txt", TEXT, title="見出し", url="https://example.org/1", date="2025-07-14", publisher="サンプル新聞"),
    (SAMPLE, KURODA, YOSHINO, INSIDER, SPOKESPERSON),
    (DEVELOPS, RUMOUR, CONSIDERS, QUOTE, DENIES, PARTNERS),
    cites=(INSIDER,),
)
