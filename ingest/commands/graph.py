"""The commands that read the graph: facts, concept, candidates, clauses, sparql."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from ingest.commands.common import command
from ingest.console import print_rows
from kg.settings import Settings


def add_graph_commands(commands: Any) -> None:
    """The commands that read the graph."""
    facts = command(commands, "facts", _facts, "list the graph's statements")
    facts.add_argument("--document", metavar="SLUG", help="of one guideline only")

    concept = command(
        commands, "concept", _concept, "show a concept: labels, definition, neighbours, statements, clauses"
    )
    concept.add_argument("label", help="a label in Chinese or English, or an IRI")

    proposed = command(commands, "candidates", _candidates, "propose terms that the vocabulary does not hold")
    proposed.add_argument("slug", help="the guideline")
    proposed.add_argument("--corpus", help="the corpus folder, whose decided terms are left out (default: corpus)")

    clauses = command(commands, "clauses", _clauses, "show the clause tree of a guideline")
    clauses.add_argument("slug", help="the guideline")

    sparql = command(commands, "sparql", _sparql, "run a read-only SPARQL query")
    sparql.add_argument("query", help="the query; the prefixes gg, c, skos, dcterms, oa, prov are declared")
    sparql.add_argument("--seconds", type=float, default=20.0, help="time limit (default: 20)")
    sparql.add_argument("--rows", type=int, default=10_000, help="row limit (default: 10000)")


def _facts(arguments: argparse.Namespace, settings: Settings) -> None:
    from kg.contract import fact_json
    from kg.snapshot import Snapshot

    snapshot = Snapshot.open(settings.data)
    slugs = [arguments.document] if arguments.document else [shelf.slug for shelf in snapshot.manifest.shelves]
    for document in map(snapshot.document, slugs):
        facts = (fact_json(document, statement, snapshot.vocabulary) for statement in document.statements)
        if arguments.json:
            print_rows(facts)
        else:
            for fact in facts:
                triple = f"{fact['subject']['label']} → {fact['relation']} → {fact['object']['label']}"
                sys.stdout.write(f"{fact['clause_id']}  {triple}  [{fact['strength']}]\n")


def _concept(arguments: argparse.Namespace, settings: Settings) -> None:
    from kg.cards import card_text, concept_json, named
    from kg.snapshot import Snapshot

    snapshot = Snapshot.open(settings.data)
    vocabulary = snapshot.vocabulary
    card = concept_json(named(arguments.label, vocabulary), vocabulary, snapshot.concordance)
    if arguments.json:
        print_rows([card])
    else:
        sys.stdout.write(card_text(card))


def _candidates(arguments: argparse.Namespace, settings: Settings) -> None:
    from dataclasses import asdict

    from ingest.candidates import candidates
    from ingest.decisions import Decisions
    from kg.snapshot import Snapshot

    snapshot, decisions = Snapshot.open(settings.data), Decisions(settings.corpus)
    decided = {term.term for term in decisions.terms} | {row.term for row in decisions.set_aside}
    found = candidates(snapshot.document(arguments.slug), snapshot.vocabulary, without=decided)
    if arguments.json:
        print_rows(asdict(c) for c in found)
    else:
        sys.stdout.writelines(
            f"{c.score:8.2f}  {c.count:3d}  {c.text}  ({c.why}; {', '.join(c.sentences[:2])})\n" for c in found
        )


def _clauses(arguments: argparse.Namespace, settings: Settings) -> None:
    from kg.contract import clause_rows
    from kg.snapshot import Snapshot

    rows = clause_rows(Snapshot.open(settings.data).document(arguments.slug))
    if arguments.json:
        print_rows(rows)
    else:
        for row in rows:
            name = f"{row['label']} {row['title']}".strip() or row["kind"]
            sys.stdout.write(f"{'  ' * (row['depth'] - 1)}{name}\n")


def _sparql(arguments: argparse.Namespace, settings: Settings) -> None:
    from kg.snapshot import Snapshot

    sys.stdout.write(
        Snapshot.open(settings.data).graph.sparql(arguments.query, seconds=arguments.seconds, rows=arguments.rows)
        + "\n"
    )
