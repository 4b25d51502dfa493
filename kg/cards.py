"""A concept as a card: its labels, definition, neighbours, statements and clauses, over the whole library."""

from __future__ import annotations

from typing import Any

from kg.concordance import Concordance
from kg.contract import saying_json
from kg.errors import QueryError
from kg.model import Concept
from kg.vocabulary import Vocabulary

Json = dict[str, Any]
_RELATIONS_THAT_BIND = {
    "defines": frozenset({"defined_as"}),
    "requires": frozenset({"requires", "considers", "recommended_design", "recommended_follow_up", "monitored_by"}),
    "restricts": frozenset(
        {"excludes", "prohibits", "requires_prior_therapy", "max_interval", "min_duration", "min_frequency"}
    ),
}


def named(label: str, vocabulary: Vocabulary) -> Concept:
    """The concept that a label or IRI names as a whole. Raises QueryError when none does, with the nearest that do."""
    if label in vocabulary:
        return vocabulary[label]
    whole = label.strip()
    for match in vocabulary.find(whole):
        if (match.span.start, match.span.end) == (0, len(whole)):
            return vocabulary[match.concept]
    near = sorted({vocabulary[m.concept].label("zh") for m in vocabulary.find_nested(whole)})
    hint = f"; it holds {', '.join(near[:5])}" if near else ""
    raise QueryError(f"no concept is called {label!r}{hint}")


def concept_json(concept: Concept, vocabulary: Vocabulary, concordance: Concordance) -> Json:
    """The card of a concept, as `guidegraph concept LABEL --json` prints it."""
    sayings = concordance.sayings(concept.iri)
    own = [s for s in sayings if s.subject == concept.iri]
    roles = {
        name: list(dict.fromkeys(s.place.clause_id for s in own if s.relation in relations))
        for name, relations in _RELATIONS_THAT_BIND.items()
    }
    return {
        "iri": concept.iri, "kind": concept.kind,
        "labels": [{"text": x.text, "lang": x.lang, "role": x.role} for x in concept.labels],
        "definitions": [{"text": x.text, "lang": x.lang} for x in concept.definitions], "source": concept.source,
        "sources": list(concept.sources),
        "broader": [_short(vocabulary[b]) for b in concept.broader if b in vocabulary],
        "narrower": [_short(vocabulary[n]) for n in vocabulary.narrower(concept.iri)],
        "statements": [saying_json(s, vocabulary) for s in sayings],
        "clauses": [place.clause_id for place in concordance.places(concept.iri)], "clauses_by_role": roles,
    }  # fmt: skip


def card_text(card: Json) -> str:
    """A card for a terminal."""
    labels = ", ".join(x["text"] for x in card["labels"] if x["role"] != "hidden")
    lines = [f"{labels}  [{card['kind']}]  {card['iri']}"]
    lines += [f"  {x['text']}" for x in card["definitions"]]
    lines += [f"  source: {'; '.join(card['sources'])}"] if card["sources"] else []
    lines += [
        f"  {name}: {', '.join(x['label'] for x in card[name])}" for name in ("broader", "narrower") if card[name]
    ]
    for f in card["statements"]:
        lines.append(
            f"  {f['subject']['label']} → {f['relation']} → {f['object']['label']}  [{f['strength']}]  {f['clause_id']}"
        )
    lines.append(f"  named in {len(card['clauses'])} clauses")
    return "\n".join(lines) + "\n"


def _short(concept: Concept) -> Json:
    return {"iri": concept.iri, "label": concept.label("zh"), "label_en": concept.label("en")}
