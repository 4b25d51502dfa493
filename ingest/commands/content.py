"""The commands about what is written beside the guidelines: coverage, enrich."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ingest.commands.common import command
from ingest.console import print_rows, say
from kg.errors import EndpointError
from kg.settings import Settings

if TYPE_CHECKING:
    from ingest.chat import Chat, Usage
    from ingest.enrichment import Enriched


def add_content_commands(commands: Any) -> None:
    """Declares them."""
    coverage = command(
        commands, "coverage", run_coverage, "count readings and questions, and check them against the texts"
    )
    coverage.add_argument("--corpus", help="the corpus folder (default: corpus)")

    enrich = command(
        commands, "enrich", run_enrich, "propose an English reading and questions for a guideline, to be reviewed"
    )
    enrich.add_argument("slug", help="the guideline")
    enrich.add_argument("--corpus", help="the corpus folder (default: corpus)")
    enrich.add_argument("--translations", action="store_true", help="only the English reading")
    enrich.add_argument("--questions", action="store_true", help="only the questions")
    enrich.add_argument("--endpoint", metavar="URL", help="an OpenAI-compatible base address, such as http://localhost:11434/v1; without one, questions are made from templates")  # fmt: skip
    enrich.add_argument("--model", metavar="NAME", help="the model to ask")
    enrich.add_argument("--key-from", metavar="VARIABLE", help="the environment variable that holds the key, if one is needed")  # fmt: skip
    enrich.add_argument("--timeout", type=_positive, default=120.0, metavar="SECONDS", help="how long to wait for an answer (default: 120)")  # fmt: skip
    enrich.add_argument("--price-in", type=_price, default=0.0, metavar="PRICE", help="price of a million tokens sent")
    enrich.add_argument("--price-out", type=_price, default=0.0, metavar="PRICE", help="price of a million tokens received")  # fmt: skip


def run_coverage(arguments: argparse.Namespace, settings: Settings) -> int:
    """`guidegraph coverage`: 0 if every check holds, 1 if one does not."""
    from ingest.corpus import read_corpus
    from ingest.coverage import coverage, coverage_json, coverage_text

    found = coverage(read_corpus(settings.corpus))
    if arguments.json:
        print_rows(coverage_json(found))
    else:
        sys.stdout.write(coverage_text(found))
    return 1 if found.failures else 0


def run_enrich(arguments: argparse.Namespace, settings: Settings) -> int:
    """`guidegraph enrich`: 0 if everything that was proposed passed its checks, 1 if rows were refused."""
    if arguments.endpoint and not arguments.model:
        say("guidegraph enrich: --endpoint needs --model NAME")
        return 2
    try:
        results = list(_enriched(arguments, settings))
    except (KeyboardInterrupt, EndpointError) as error:
        say(f"guidegraph: {error or 'stopped'}")
        say("What was proposed so far is kept; the same command goes on from there.")
        return 1
    if arguments.json:
        print_rows(enriched_json(result, arguments) for result in results)
    for result in results:
        _tell(result, arguments)
    return 1 if any(result.proposed.rejected for result in results) or not results else 0


def _enriched(arguments: argparse.Namespace, settings: Settings) -> Iterator[Enriched]:
    """Readings first: the questions are checked against them, and read them anew."""
    from ingest.corpus import read_corpus
    from ingest.enrichment import ask_about, ask_by_template, source_of, translate
    from ingest.progress import spending_bars

    both = arguments.translations == arguments.questions
    chat = _chat(arguments)
    metadata = source_of(read_corpus(settings.corpus), arguments.slug).metadata
    with spending_bars() as show:

        def watch(stage: str, done: int, total: int, usage: Usage) -> None:
            show(stage, done, total, _spent(usage, arguments))

        if arguments.translations or both:
            if metadata.language == "en":
                say(f"{arguments.slug} is in English; it needs no English reading.")
            elif chat is None:
                say("No translation is made without a model: give --endpoint and --model.")
            else:
                yield translate(read_corpus(settings.corpus), arguments.slug, chat, watch)
        if arguments.questions or both:
            corpus = read_corpus(settings.corpus)
            yield ask_about(corpus, arguments.slug, chat, watch) if chat else ask_by_template(corpus, arguments.slug)


def _chat(arguments: argparse.Namespace) -> Chat | None:
    """The model to ask, None where no endpoint is given. The key comes from the environment, never from the command."""
    from ingest.chat import Chat, Endpoint

    if not arguments.endpoint:
        return None
    key = os.environ.get(arguments.key_from, "").strip() if arguments.key_from else ""
    if arguments.key_from and not key:
        raise EndpointError(
            f"the environment variable {arguments.key_from} is not set; it is to hold the endpoint's key"
        )
    if not (key.isascii() and key.isprintable()):
        raise EndpointError(
            f"the environment variable {arguments.key_from} holds what no key can: line ends or accents"
        )
    return Chat(Endpoint(arguments.endpoint, arguments.model, key, arguments.timeout))


def enriched_json(result: Enriched, arguments: argparse.Namespace) -> dict[str, Any]:
    """A line of `guidegraph enrich --json`."""
    rejected = [{"id": r.id, "text": r.text, "faults": list(r.faults)} for r in result.proposed.rejected]
    usage = result.proposed.usage
    return {
        "file": str(result.file), "origin": result.origin, "written": len(result.proposed.rows), "refused": rejected,
        "tokens_in": usage.tokens_in, "tokens_out": usage.tokens_out, "cost": _cost(usage, arguments),
    }  # fmt: skip


def _tell(result: Enriched, arguments: argparse.Namespace) -> None:
    for rejected in result.proposed.rejected:
        say(f"refused: {rejected}")
    rows, usage = len(result.proposed.rows), result.proposed.usage
    spent = f" ({_spent(usage, arguments)})" if usage.tokens_in else ""
    say(f"{result.file}: {rows} rows written, marked {result.origin}; {len(result.proposed.rejected)} refused{spent}.")
    if rows:
        say('Review them: take out "origin" from a row that is right, delete one that is not; then `guidegraph build`.')


def _spent(usage: Usage, arguments: argparse.Namespace) -> str:
    cost = f", about {_cost(usage, arguments):.2f}" if arguments.price_in or arguments.price_out else ""
    return f"{usage.tokens_in + usage.tokens_out} tokens{cost}"


def _cost(usage: Usage, arguments: argparse.Namespace) -> float:
    """The estimated cost, in whatever currency the prices are."""
    return float(usage.tokens_in * arguments.price_in + usage.tokens_out * arguments.price_out) / 1_000_000


def _price(text: str) -> float:
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a price")
    return value


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return value
