"""Checks of the library in one click, and SPARQL for experts."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st
from markupsafe import Markup

from ingest.verify import Report, verify
from kg.errors import GuidegraphError, QueryError
from kg.model import Language
from views.bench import Bench
from views.markup import html, join, put
from views.records import Page
from views.texts import counted

ROWS = 200
QUERY = "sparql-query"
EXAMPLES = {
    "durations": """SELECT DISTINCT ?subject ?duration ?strength ?clause WHERE {
  ?s a gg:Statement ; rdf:predicate gg:recommended_follow_up ; rdf:subject ?x ; rdf:object ?d .
  ?s gg:strength ?strength ; gg:statedIn ?clause .
  ?x skos:prefLabel ?subject . ?d skos:prefLabel ?duration .
  FILTER (lang(?subject) = "zh" && lang(?duration) = "zh")
} ORDER BY ?subject LIMIT 50""",
    "risks": """SELECT ?risk (COUNT(DISTINCT ?x) AS ?concepts) WHERE {
  ?s a gg:Statement ; rdf:predicate gg:has_risk ; rdf:subject ?x ; rdf:object ?r .
  ?r skos:prefLabel ?risk . FILTER (lang(?risk) = "zh")
} GROUP BY ?risk ORDER BY DESC(?concepts) LIMIT 30""",
    "counts": """SELECT ?relation (COUNT(?s) AS ?statements) WHERE {
  ?s a gg:Statement ; rdf:predicate ?relation .
} GROUP BY ?relation ORDER BY DESC(?statements)""",
}


def health(bench: Bench) -> None:
    """Every quote, hash and shape against the sources, when asked for."""
    page = bench.page
    put(html('<p class="hint">{}</p>', page.texts.health_hint))
    if not st.button(page.texts.check_now, key="check-now", type="primary", icon=":material/fact_check:"):
        return
    try:
        with st.spinner(page.texts.checking):
            report = verify(page.assistant.opened)
    except GuidegraphError as error:
        put(html('<div class="notice" role="alert"><b>{}</b></div>', error))
        return
    put(outcome(report, page))


def outcome(report: Report, page: Page) -> Markup:
    """What was checked and what failed."""
    rows = join(
        html("<tr><td>{}</td><td>{}</td></tr>", what(name, page), f"{n:,}") for name, n in report.checked.items()
    )
    failures = join(html("<li>{}</li>", f) for f in report.failures)
    head = page.texts.healthy if not report.failures else page.texts.unhealthy.format(len(report.failures))
    return html(
        '<div class="notice {}" role="status"><b>{}</b><ul>{}</ul></div><div class="table counts"><table>{}</table></div>',
        "" if failures else "good", head, failures, rows,
    )  # fmt: skip


def what(name: str, page: Page) -> str:
    """What was checked, in the language of the interface; quotations by the title of their guideline."""
    sort, _, slug = name.partition(" of ")
    words = page.words.checked.get(sort, name)
    return f"{words} · {page.title(slug)}" if slug else words


def sparql(bench: Bench) -> None:
    """A query box with examples; reading only."""
    page = bench.page
    put(html('<p class="hint">{}</p>', page.texts.sparql_hint))
    with st.container(horizontal=True, key="sparql-examples"):
        for name, query in EXAMPLES.items():
            st.button(
                page.texts.sparql_examples[name], key=f"sparql-{name}", on_click=_write, args=(_in(page.lang, query),)
            )
    st.session_state.setdefault(QUERY, _in(page.lang, next(iter(EXAMPLES.values()))))
    query = st.text_area("SPARQL", key=QUERY, height=190, label_visibility="collapsed")
    if not st.button(page.texts.run_query, key="sparql-run", type="primary"):
        return
    try:
        put(result(json.loads(page.assistant.catalogue.sparql(query)), page))
    except QueryError as error:
        put(html('<div class="notice" role="alert"><b>{}</b><p>{}</p></div>', page.texts.query_wrong, error))


def _in(lang: Language, query: str) -> str:
    """An example that gives names in the language of the interface."""
    return query.replace('"zh"', f'"{lang}"')


def _write(query: str) -> None:
    st.session_state[QUERY] = query


def result(found: dict[str, Any], page: Page) -> Markup:
    """The rows of a result; a graph as N-Triples; yes or no."""
    if "triples" in found:
        return html("<pre class='triples'>{}</pre>", found["triples"][:50_000])
    if "boolean" in found:
        return html("<p><b>{}</b></p>", str(found["boolean"]).lower())
    names, rows = found["head"]["vars"], found["results"]["bindings"]
    head = join(html("<th>{}</th>", n) for n in names)
    body = (join(html("<td>{}</td>", row.get(n, {}).get("value", "")) for n in names) for row in rows[:ROWS])
    count = counted(page.texts.rows, len(rows)) if len(rows) <= ROWS else page.texts.first_of.format(ROWS, len(rows))
    return html(
        '<p class="hint">{}</p><div class="table"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        count, head, join(html("<tr>{}</tr>", cells) for cells in body),
    )  # fmt: skip
