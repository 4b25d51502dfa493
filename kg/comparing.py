"""Answers over several guidelines: what each of them says, side by side, and whether they agree.

Nothing is interpreted: agreement is said of typed values (durations) and of the strength of the wording, and a guideline that
the question names and that says nothing near it is said to be silent.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.books import Library
from kg.evidence import Evidence
from kg.model import Language, Metadata, Position, Question
from kg.values import asked_value
from kg.wording import strength_name

_NEAR = 5.0  # logits behind the best sentence of all at which a guideline is still heard
_BESIDE = 0.5  # the same for one that is not named where others are: a name may go unrecognised
_VALUE_WITHIN = 2.0  # logits behind a guideline's best sentence at which one that states the value asked for is said
_CITATIONS = 5


def positions(question: Question, evidence: Sequence[Evidence], library: Library) -> tuple[Position, ...]:
    """What each guideline says first, in order of the citations: those that the question names, or else those that come
    close; none where fewer than two speak. Where a value is asked for, a sentence that states one comes before a better one
    that states none.
    """
    heard: dict[str, list[Evidence]] = {}
    near = _BESIDE if len(question.documents) > 1 else _NEAR
    for item in evidence[:_CITATIONS]:
        slug = item.citation.document
        if slug in question.documents or item.score >= evidence[0].score - near:
            heard.setdefault(slug, []).append(item)
    found = tuple(_position(question, items, library) for items in heard.values())
    return found if len(found) > 1 else ()


def summary(question: Question, found: Sequence[Position], library: Library) -> str:
    """Whether the guidelines agree in their values or in their strength, or which of them speak, in one line."""
    zh = question.lang == "zh"
    names = [short_name(library.book(p.document).document.metadata, question.lang) for p in found]
    silent = [s for s in question.documents if s not in {p.document for p in found}]
    parts = [_agreement(question, found, names)] + [
        (f"{short_name(library.book(s).document.metadata, question.lang)}未见相近条款" if zh
         else f"no near clause in {short_name(library.book(s).document.metadata, 'en')}")
        for s in silent
    ]  # fmt: skip
    return ("；" if zh else "; ").join(parts)


def short_name(metadata: Metadata, lang: Language) -> str:
    """The first alias of a guideline in a language, else its title."""
    own = [a for a in metadata.aliases if a.isascii() == (lang == "en")]
    return own[0] if own else (metadata.title_zh if lang == "zh" else metadata.title_en)


def full_name(metadata: Metadata, lang: Language) -> str:
    """The title of a guideline as it stands in a sentence."""
    return f"《{metadata.title_zh.strip('《》')}》" if lang == "zh" else metadata.title_en


def heading(position: Position, metadata: Metadata, lang: Language) -> str:
    """What stands over the words of a guideline: its name, and how strongly it says them."""
    strength = strength_name(position.strength, lang)
    return f"{short_name(metadata, lang)}{'：' if lang == 'zh' else ' – '}{strength}"


def _agreement(question: Question, found: Sequence[Position], names: Sequence[str]) -> str:
    """Which guidelines speak, where that is asked; else the values of each, or, where not all state one, whether they say
    it equally strongly.
    """
    zh = question.lang == "zh"
    comma = "、" if zh else ", "
    if question.intent == "crossref":
        return (f"{len(found)} 份指导原则谈到：" if zh else f"{len(found)} guidelines speak of this: ") + comma.join(
            names
        )
    values = [comma.join(p.values) for p in found]
    if not all(values):
        strengths = {p.strength for p in found}
        if len(strengths) > 1:
            return "措辞强度不同" if zh else "Different strength of wording"
        return ("措辞强度一致：" if zh else "Same strength of wording: ") + strength_name(
            strengths.pop(), question.lang
        )
    if len(set(values)) == 1:
        return ("数值一致：" if zh else "Same values: ") + values[0]
    said = (f"{n} {v}" if zh else f"{n} – {v}" for n, v in zip(names, values, strict=True))
    return ("数值不同：" if zh else "Different values: ") + ("；" if zh else "; ").join(said)


def _position(question: Question, items: Sequence[Evidence], library: Library) -> Position:
    """What a guideline says, by its evidence, the best first."""
    lang, book = question.lang, library.book(items[0].citation.document)
    states = asked_value(question.text)
    best = items[0].score
    near = [(item, s) for item in items for score, s in item.ranked if score >= best - _VALUE_WITHIN]
    stating = [x for x in near if states and states(book.said(x[1]))]
    item, sentence = (stating or [(items[0], items[0].ranked[0][1])])[0]
    text = book.text(sentence)
    values = (d.label_zh() if lang == "zh" else d.label_en() for d in book.durations(sentence))
    return Position(
        item.citation.document, sentence.id, sentence.clause_id, item.citation.clause, sentence.strength,
        tuple(dict.fromkeys(values)), text, book.reading(sentence),
    )  # fmt: skip
