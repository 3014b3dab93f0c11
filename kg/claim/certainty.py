"""How firmly a statement stands: the stance of its last main predicate, and the future acts that are plans."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from kg.claim.order import ordered, potential
from kg.claim.patterns import patterns
from kg.claim.site import Site
from kg.claim.verbs import disclosed, opinions
from kg.context import modal_nouns, stance
from kg.lexicon import rows
from kg.model import Cue, Modality, Stance
from kg.parse import Sentence

_FINAL = {"よ", "ね", "わ", "さ", "ぞ", "な", "と", "の", "ん", "です", "から", "し"}
_NOMINAL_ACT = re.compile(
    r"(?:する|(?:し|いたし|させ)(?:続け|始め)?(?:る|ます|ませ(?:ん)?|ない)|せず(?:に)?|させる|し(?:て|ていき|ておき)(?:いく|いきます|ます|おく))"
)
_ACT = re.compile(
    r"(?:続け(?:る|ます|ません|ない)|始め(?:る|ます)|て(?:いき|おき|まいり|もらい|いただき)ます|て(?:もらう|いただく)|ない|ます|ません|ませ|ぬ|ず"
    r"|させる|せる|させない|せない|ていく|ておく|に?する|ことは?(?:ない|ありません?))?"
)
_TAIL, _REST = 24, 6  # characters of a clause's end, and those that may follow the words that decide
_TIME = re.compile(r"[今来昨毎次翌先][年期月週度春夏秋冬日回季後]|次$|これから|最後|最初|まず|以後|以降")
_COMING = re.compile(r"来[年月週春夏秋冬季期]|今[夏秋冬春]|年内|年度内|\d[日月年]?(?:から|より|に)|[日月年]から|近く|今後")
_ASKED = re.compile(r"(?<!っ)((?:て|(?<=[んい])で))[！!♪☆ね]*$")  # もっと増やして, 早く出して！
_BEGGED = re.compile(r"(?<=っ)(て)[！!♪☆ね]*$")  # 守ってやって
_WISHED = re.compile(r"(?<=[一-龥ァ-ヺー])(を)[！!]*$")  # 子どもに新鮮な野菜を
_EXPLAINS = re.compile(  # 来るんです, するのですか？, 捨てるのか
    r"(?:の|ん)(?:だ|です|である)(?:よ|ね|から)*[。！!]*$|(?:です|ます|ません)か[？?]?$|のか$"
)
_SUFFERED = re.compile(r"(?:さ|[かがさたなばまわ])?れ(?:る|ます)$|られ(?:る|ます)$")  # 来月から配布される
_DATED = re.compile(r"来[年月週春夏秋冬季期]|今[夏秋冬春]|年内|年度内|\d[日月年](?:から|より|に|中)|近く|今後")
_OFFERED = re.compile(r"(?:搭載|販売|発売|配布|提供|公開|開催|配信|導入|追加|廃止|実施|支給)され(?:る|ます)$")
_GUESSED = re.compile(
    r"(?:だろ|だろう[なねよ]|かも(?:な|ね|よ)?|でしょ|はず|んじゃ(?:ね|ない)(?:の|か)?|ん?じゃないか)[…。！!？?w\s]*$"
)  # of talk: 混むだろ
_FORBIDDEN = re.compile(  # 騒ぐなよ, なめるな！, お前が言うな, 載せんなw; not 気になるな
    r"(?<=[うくぐすつぬぶむる])(な)(?:よ|って)[！!。…]*$|(?:(?<=[くぐすつぬぶむる])|(?<=[言使買払追]う))(?<![いあな]る)(な)[！!。…wｗ]*$"
    r"|(?<=[せけてねべめれえげぜ])(んな)[！!。…wｗ]*$"
)
_GREETS = re.compile(r"(?:ごめん|おやすみ|お帰り|おかえり)なさい[。！!…]*$")  # no orders
_NOBODY = re.compile(r"(?:誰が|だれが|どこの誰が|誰に)[^。]*(?:の|のか|んだよ?|んです(?:か|よ)?|ますか)[？?！!]*$")  # 誰が得をするのか
_TOPICAL_CLAUSE = re.compile(r"[ぁ-ゖ]{0,6}のは")  # 説明しなかったのは会社の責任だ
_DENIED_NOUN = re.compile(r"(?:段階|時期|責任|義務|方針|計画|予定|狙い|見通し)では(?:ない|ありません)[。！!]*$")
_PARTIAL = re.compile(r"(?:わけ|訳)(?:では|でも|じゃ)|とは(?:限ら|言え|いえ|言い切れ)")
_QUANTIFIER = re.compile(r"すべて|全て|全員|全部|全店|全社|全国|必ずしも|いつも|常に|みな|誰もが|どれも|すぐに|完全に|一律")
_JUDGES = re.compile(  # 山に入るのは危険だ; 使うなと言っているのではない
    r"(?<=のは)危険|(?:言|い)って(?:い)?る(?:わけ|の|ん)(?:では|じゃ)(?:な[いくか]|ありませ)"
)
_SUCH = re.compile(
    r"(?:ような|といった)(?:話|もの|こと|問題|性質|類い?)(?:のもの)?(?:では|じゃ)(?:ない|ありません|なかった)"
)  # 返還を求めるような話ではない
_FEARS = {"懸念", "心配", "危惧", "予想", "予測", "推測"}
_TALKS = {"検討", "協議", "交渉", "議論", "調整", "話し合い", "準備"}
_BLEACHED = {"こと", "もの", "の", "わけ", "話", "段階"}
_EXISTENCE = {"ない", "無い", "ある", "有る"}
_FIRST_PERSON = {"我々", "われわれ", "私", "わたし", "私たち", "私達", "当社", "弊社", "自社", "僕", "俺", "当行", "当方", "うち", "我が社", "わが社"}


def quoted_stance(sentence: Sentence, site: Site | None) -> Stance:
    """Return the stance of a quoted sentence: of its root, a volitional act to come being a Plan."""
    last = next((t for t in sentence.doc if t.head.i == t.i), sentence.doc[0])
    root = main_predicate(sentence, last)
    found = _denied_noun(sentence, len(sentence.text), _partial(sentence, len(sentence.doc), stance(sentence, root.i)))
    found = _affirmed(sentence, len(sentence.text), _tailed(sentence, len(sentence.text), found))
    if found == Stance() and (nobody := _NOBODY.search(sentence.text)) is not None:
        return Stance(Modality.FACT, True, (Cue(*sentence_span(sentence, nobody, 0), nobody.group(), "rhetorical"),))
    if found.modality is Modality.CONDITION and _GUESSED.search(sentence.text):
        found = replace(found, modality=Modality.POSSIBILITY)  # 優先席なんか作ったら混むだろ
    if (forbidden := _FORBIDDEN.search(sentence.text)) is not None:
        words = forbidden.lastindex or 1
        cue = Cue(*sentence_span(sentence, forbidden, words), forbidden.group(words), "prohibition")
        return Stance(Modality.NEED, True, (cue,))
    if site is not None and site.form == "to" and site.row is not None and site.row["lemma"] in _FEARS:
        found = replace(found, modality=Modality.POSSIBILITY) if found.modality is Modality.FACT else found
    plain = found.modality in (Modality.FACT, Modality.CONDITION) and not _GREETS.search(sentence.text)  # 名乗れないなら書くな
    if plain and (order := ordered(root, len(sentence.doc))) is not None:
        return _order(sentence, order, found)
    asked = _ASKED.search(sentence.text) if root.pos_ == "VERB" else None
    asked = asked or (_BEGGED.search(sentence.text) if _ends_in_te(sentence) else None)
    asked = asked or _WISHED.search(sentence.text)
    if plain and asked is not None:
        return Stance(Modality.NEED, found.negated, (*found.cues, Cue(*sentence_span(sentence, asked), asked.group(1), "imperative")))
    return planned(sentence, last if root.text in _TALKS else root, found, announced=False)


def sentence_span(sentence: Sentence, found: re.Match[str], group: int = 1) -> tuple[int, int]:
    """Return where a group of a match in a sentence's words stands in the article."""
    return sentence.offsets[found.start(group)], sentence.offsets[found.end(group) - 1] + 1


def _ends_in_te(sentence: Sentence) -> bool:
    """Whether a verb with て ends a sentence, not って."""
    words = [t for t in sentence.doc if t.pos_ != "PUNCT" and t.text not in ("！", "!", "♪", "☆", "ね")]
    return len(words) > 1 and words[-1].text == "て" and words[-1].tag_ == "助詞-接続助詞" and words[-2].tag_.startswith("動詞")


def _order(sentence: Sentence, order: Token, found: Stance) -> Stance:
    begin, end = sentence.span(order.i, order.i)
    return Stance(Modality.NEED, found.negated or order.text == "な", (*found.cues, Cue(begin, end, order.text, "imperative")))


def clause_stance(sentence: Sentence, end: int, site: Site | None, *, hearsay: bool = False) -> Stance:
    """Return the stance of the clause whose last token is before `end`; what somebody announces that he will do is a Plan."""
    head = main_predicate(sentence, last_predicate(sentence, end))
    found = _partial(sentence, end, stance(sentence, head.i, end))
    close = len(sentence.before(end))
    found = _affirmed(sentence, close, _tailed(sentence, close, _denied_noun(sentence, close, found)))
    if site is not None and (guess := _guessed(sentence, site, found)) is not None:
        return guess
    if site is not None and site.form in ("noun", "koto") and _denied(sentence, site):
        return _denial(sentence, site, found)
    if site is not None and site.form == "you":
        cue = Cue(sentence.offset(site.particle), sentence.span(site.particle, site.particle)[1], "よう", "requests.tsv")
        return Stance(Modality.NEED, found.negated, (*found.cues, cue))
    if site is not None and site.form == "koto":
        return _disclosed(sentence, site, found, head)
    if found.modality is Modality.FACT and site is not None and site.form == "to" and (order := ordered(head, end)) is not None:
        return _order(sentence, order, found)
    kinds = ("announce", "hold", "report")
    announced = (site is None and not hearsay) or (site is not None and site.row is not None and site.row.fields.get("kind") in kinds)
    announced = announced or (hearsay and _COMING.search(sentence.before(end)) is not None)
    return planned(sentence, head, found, announced, end)


def _disclosed(sentence: Sentence, site: Site, found: Stance, head: Token) -> Stance:
    token = sentence.doc[site.end]
    modality = Modality(disclosed()[token.text]["modality"])
    if modality is Modality.FACT:
        return planned(sentence, head, found, announced=True, limit=site.end)
    if modality is Modality.PLAN and found.modality is Modality.CONDITION:  # 成立しなければ離脱する考えを示した
        return found
    begin, end = sentence.span(token.i, token.i)
    return Stance(modality, found.negated, (*found.cues, Cue(begin, end, token.text, "disclosed.tsv")))


def _denied(sentence: Sentence, site: Site) -> bool:
    return site.verb is not None and sentence.doc[site.verb].lemma_ in denials()


def _denial(sentence: Sentence, site: Site, found: Stance) -> Stance:
    """「売却するとの報道を否定した」: what was reported, negated."""
    assert site.verb is not None
    begin, end = sentence.span(site.verb, site.verb)
    return Stance(found.modality, not found.negated, (*found.cues, Cue(begin, end, sentence.doc[site.verb].text, "denials.tsv")))


@cache
def denials() -> frozenset[str]:
    """Verbs that negate what a noun before them reports: 否定, 否認."""
    return frozenset(r["lemma"] for r in rows("denials.tsv"))


def _partial(sentence: Sentence, end: int, found: Stance) -> Stance:
    """「すべての店を閉めるわけではない」: a denied すべて leaves the rest standing, so the statement is not negated."""
    text = sentence.before(end)
    if not found.negated or not _PARTIAL.search(text[-24:]) or not _QUANTIFIER.search(text):
        return found
    return Stance(found.modality, False, tuple(c for c in found.cues if not c.rule.startswith("negation")))


def _denied_noun(sentence: Sentence, end: int, found: Stance) -> Stance:
    """「決めつける段階ではない」: the noun that qualifies the predicate is denied, and the predicate with it."""
    if (such := _SUCH.search(sentence.text, max(0, end - _TAIL), end)) is not None:
        return Stance(negated=True, cues=(Cue(sentence.offsets[such.start()], sentence.offsets[such.end() - 1] + 1, such.group(), "denied-noun"),))
    m = _DENIED_NOUN.search(sentence.text, max(0, end - _TAIL), end)
    if found.negated or m is None:
        return found
    cue = Cue(sentence.offsets[m.start()], sentence.offsets[m.end() - 1] + 1, m.group(), "denied-noun")
    return Stance(found.modality, True, (*found.cues, cue))


def _tailed(sentence: Sentence, end: int, found: Stance) -> Stance:
    """「新設を視野に入れている」, 「更新が急務だ」: what the words at a clause's end say of it, which its predicate alone does not."""
    if found.modality is not Modality.FACT:
        return found
    begin = max(sentence.text.rfind("、", 0, end), end - _TAIL)
    for row, pattern in patterns("tails.tsv"):
        m = pattern.search(sentence.text, max(begin, 0), end)
        if m is not None and end - m.end() <= _REST:
            cue = Cue(sentence.offsets[m.start()], sentence.offsets[m.end() - 1] + 1, m.group(), row.rule)
            return Stance(Modality(row["modality"]), found.negated, (*found.cues, cue))
    return found


def _affirmed(sentence: Sentence, end: int, found: Stance) -> Stance:
    """「痛みがなくはない」, 「動かないといけない」: what a clause's end affirms though it has a ない."""
    if not found.negated:
        return found
    for row, pattern in patterns("affirmed.tsv"):
        m = pattern.search(sentence.text, max(0, end - _TAIL), end)
        if m is not None and end - m.end() <= 2:
            cue = Cue(sentence.offsets[m.start()], sentence.offsets[m.end() - 1] + 1, m.group(), row.rule)
            return Stance(Modality(row["modality"]), False, (cue,))
    return found


def _guessed(sentence: Sentence, site: Site, found: Stance) -> Stance | None:
    """「上がると予想した」, 「上がるとの見方」: what somebody only expects is a Possibility."""
    if found.modality not in (Modality.FACT, Modality.PLAN) or site.row is None or site.row.fields.get("kind") != "guess" or _denied(sentence, site):
        return None
    token = sentence.doc[site.noun if site.noun is not None else site.verb or site.particle]
    begin, end = sentence.span(token.i, token.i)
    return Stance(Modality.POSSIBILITY, found.negated, (*found.cues, Cue(begin, end, token.text, site.row.rule)))


def main_predicate(sentence: Sentence, token: Token) -> Token:
    """Return the predicate under the words that only qualify it: 廃止 in 廃止する方針を固めた, 進める in 進めるべきだと思う."""
    for _ in range(4):
        inner = _qualified(sentence, token)
        if inner is None:
            return token
        token = inner
    return token


def _qualified(sentence: Sentence, token: Token) -> Token | None:
    if _JUDGES.match(sentence.text, token.idx):
        return None
    used_as_verb = token.i + 1 < len(token.doc) and token.doc[token.i + 1].lemma_ in ("する", "できる")
    if token.tag_.startswith("名詞") and not used_as_verb and (token.text in modal_nouns() or token.lemma_ in modal_nouns()):
        clauses = [c for c in token.lefts if c.dep_ in ("acl", "csubj", "advcl", "nmod") and c.pos_ in ("VERB", "ADJ")]
        clauses = clauses or [c for c in token.lefts if c.dep_ in ("acl", "csubj", "advcl") and c.pos_ == "NOUN"]
        if clauses and not _TOPICAL_CLAUSE.match(sentence.text, clauses[-1].idx + len(clauses[-1].text)):
            return clauses[-1]
    children = [c for c in token.lefts if c.dep_ not in ("punct", "advmod", "cc", "compound")]
    if not children:
        return None
    while len(children) > 1 and token.lemma_ in _EXISTENCE and re.match("これ|[一1]度|[一1]回|一切", children[-1].text):
        children.pop()  # 検討したことはこれまで一度もない
    last = children[-1]
    words = "".join(c.text for c in last.rights if c.dep_ in ("case", "mark", "fixed", "aux"))
    if token.lemma_ in ("いける", "なる", "だめ", "駄目") and words.endswith(("ては", "では", "ちゃ")):
        return last
    if token.lemma_ in ("いい", "良い", "よい") and words.endswith(("ば", "たら")):
        return last
    if token.lemma_ in ("なる", "成る") and last.dep_ == "advcl" and words == "なく":  # 届かなくなる
        return last
    if token.lemma_ in ("いい", "良い", "よい", "よろしい", "構う", "かまう", "大丈夫", "結構") and words.endswith(("なくて", "なくても")):
        return last
    if token.lemma_ == "ない" and token.i - 1 <= last.i + len(words) and last.dep_ == "advcl" and "そう" in words:
        return last
    if (
        token.lemma_ in opinions()
        and token.head.text != "こと"
        and (words.endswith(("と", "とは", "って", "とも")) or (last.text == "こと" and words == "を"))
    ):
        return last
    known = last.text in modal_nouns() and token.lemma_ in qualifying() and (last.text not in _BLEACHED or token.lemma_ in _EXISTENCE)
    known = known and (last.text in _TALKS or any(c.dep_ in ("acl", "nmod", "compound", "det") for c in last.lefts) or token.lemma_ in _EXISTENCE)
    return last if known and last.dep_ in ("nsubj", "obj", "obl", "iobj", "ccomp", "csubj") else None


def last_predicate(sentence: Sentence, end: int) -> Token:
    """Return the predicate that a clause ends with: the content word whose function words reach up to `end`."""
    doc = sentence.doc
    token = doc[max(end - 1, 0)]
    while token.i > 0 and (token.pos_ in ("AUX", "PART", "SCONJ", "ADP", "PUNCT") or token.dep_ in ("fixed", "aux", "mark", "case", "punct", "cop")):
        token = token.head if token.head.i < token.i else doc[token.i - 1]
    return token


def planned(sentence: Sentence, predicate: Token, found: Stance, announced: bool, limit: int | None = None) -> Stance:
    """Return a stance in which a plain act to come, of the one who speaks or announces, is a Plan."""
    whole = sentence.before(len(sentence.doc) if limit is None else limit)
    suffered = announced and limit is not None and _SUFFERED.search(whole) is not None and bool(_DATED.search(whole) or _OFFERED.search(whole))
    if found.modality is not Modality.FACT or not (is_future_act(predicate, limit) or suffered):
        return found
    if _EXPLAINS.search(whole) and not _COMING.search(whole) and not any(t.text in _FIRST_PERSON for t in predicate.doc[:limit]):
        return found
    if not announced and _others_act(predicate):
        return found
    if found.negated and predicate.lemma_ in unwilled() and not any(t.text in _FIRST_PERSON for t in predicate.doc[:limit]):
        return found
    begin, end = sentence.span(predicate.i, predicate.i)
    return replace(found, modality=Modality.PLAN, cues=(*found.cues, Cue(begin, end, predicate.text, "future-act")))


def is_future_act(predicate: Token, limit: int | None = None) -> bool:
    """Whether a predicate ends its clause as a volitional act in the non-past: 発売する, 残します, 認めない; not 発売している, できる."""
    if (
        predicate.lemma_ in states()
        or potential(predicate)
        or not (predicate.pos_ == "VERB" or predicate.tag_.startswith("動詞") or "サ変可能" in predicate.tag_)
    ):
        return False
    ending = ""
    for token in predicate.doc[predicate.i + 1 : limit]:
        denied = token.text == "ん" and ending.endswith("ませ")  # ませんでした
        if token.pos_ == "PUNCT" or (not denied and token.text in _FINAL and token.tag_.startswith(("助詞", "助動詞"))):
            break
        ending += token.text
    if predicate.tag_.startswith("名詞"):
        return bool(_NOMINAL_ACT.fullmatch(ending))
    if not ending and not re.search(r"終止形|連体形", "".join(predicate.morph.get("Inflection", []))):
        return False
    return bool(_ACT.fullmatch(ending))


def _others_act(predicate: Token) -> bool:
    """Whether somebody else than the one who speaks acts: a subject with が, or a は that is no object."""
    for child in predicate.lefts:
        particles = "".join(c.text for c in child.rights if c.dep_ == "case")
        if particles in ("が", "は", "も") and child.text not in _FIRST_PERSON and child.dep_ in ("nsubj", "dislocated"):
            if "副詞可能" in child.tag_ or child.pos_ == "NUM" or _TIME.match(child.text):
                continue
            has_object = any("を" in "".join(c.text for c in o.rights if c.dep_ == "case") for o in predicate.lefts)
            if particles == "が" or has_object or predicate.lemma_ in intransitive():
                return True
    return False


@cache
def qualifying() -> frozenset[str]:
    """Verbs and adjectives that only say how a modal noun stands: 固める of 方針, 高い of 可能性."""
    return frozenset(r["lemma"] for r in rows("qualifying.tsv"))


@cache
def states() -> frozenset[str]:
    """Verbs whose non-past says how things are: ある, 分かる, 必要とする."""
    return frozenset(r["lemma"] for r in rows("states.tsv"))


@cache
def unwilled() -> frozenset[str]:
    """Verbs whose present with ない is how things are: 進む, コメント."""
    return frozenset(r["lemma"] for r in rows("unwilled.tsv"))


@cache
def intransitive() -> frozenset[str]:
    """Verbs whose は phrase can only be the one that changes: 始まる, 続く."""
    return frozenset(r["lemma"] for r in rows("intransitive.tsv"))
