"""SPARQL with limits: a query runs in a process of its own, which is ended when its time is up.

The engine cannot be interrupted inside one process, so `limited` starts this module as a child, hands it the query, and reads
the result as SPARQL 1.1 JSON. The child opens the store read-only and stops at one row more than is allowed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph

from kg.errors import QueryError

MAX_ROWS, MAX_SECONDS = 10_000, 20.0
_PACKAGE = Path(__file__).resolve().parent.parent


def limited(
    folder: Path, query: str, prefixes: dict[str, str], seconds: float = MAX_SECONDS, rows: int = MAX_ROWS
) -> str:
    """The result of a query on the store in a folder as JSON on one line. Raises QueryError beyond the limits."""
    asked = json.dumps({"folder": str(folder), "query": query, "prefixes": prefixes, "rows": rows})
    command = [sys.executable, "-m", "kg.sparql"]
    try:
        done = subprocess.run(  # noqa: S603 - the command is fixed, the query goes in as data
            command, input=asked, capture_output=True, text=True, timeout=seconds, cwd=_PACKAGE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"the query took longer than {seconds:g} s; make it narrower") from error
    if done.returncode:
        raise QueryError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "the query failed")
    return done.stdout.strip()


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    store = pyoxigraph.Store.read_only(asked["folder"])
    result = store.query(asked["query"], prefixes=asked["prefixes"], use_default_graph_as_union=True)
    if isinstance(result, pyoxigraph.QueryBoolean):
        return {"head": {}, "boolean": bool(result)}
    if isinstance(result, pyoxigraph.QueryTriples):
        triples = list(_upto(result, asked["rows"]))
        return {"triples": "".join(sorted(f"{t} .\n" for t in triples))}
    names = [v.value for v in result.variables]
    rows = [dict(_row(names, s)) for s in _upto(result, asked["rows"])]
    return {"head": {"vars": names}, "results": {"bindings": rows}}


def _upto(items: Iterator[Any], limit: int) -> Iterator[Any]:
    for nth, item in enumerate(items):
        if nth >= limit:
            raise QueryError(f"more than {limit} rows; add a LIMIT")
        yield item


def _row(names: list[str], solution: Any) -> Iterator[tuple[str, dict[str, str]]]:
    for name in names:
        if (value := solution[name]) is not None:
            yield name, _term(value)


def _term(value: Any) -> dict[str, str]:
    if isinstance(value, pyoxigraph.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": value.value}
    out = {"type": "literal", "value": value.value}
    if value.language:
        return out | {"xml:lang": value.language}
    kind = value.datatype.value
    return out if kind.endswith("XMLSchema#string") else out | {"datatype": kind}


def _main() -> int:
    try:
        sys.stdout.write(json.dumps(_answer(json.load(sys.stdin)), ensure_ascii=False) + "\n")
    except (SyntaxError, ValueError, QueryError, OSError) as error:
        sys.stderr.write(f"{error}".replace("\n", " ") + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
