"""A neighbourhood that never becomes a hairball: a tree of at most twelve concepts, opened step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

MOST, FIRST, STEP = 12, 7, 4


@dataclass(frozen=True, slots=True)
class Around:
    """A neighbour, the words of the relation to it, and whether it is the relation's object."""

    iri: str
    words: tuple[str, str]
    forward: bool


@dataclass(frozen=True, slots=True)
class Grown:
    """A node of the tree; `more` counts its neighbours that the tree does not show."""

    iri: str
    parent: int | None
    words: tuple[str, str]
    forward: bool
    more: int = 0


def grow(centre: str, opened: Sequence[str], around: Callable[[str], list[Around]]) -> list[Grown]:
    """The centre with its first neighbours, then those of each opened node; what was opened last has room first.

    Where room is short, neighbours of the centre give way, last first, unless they are opened themselves.
    """
    steps = list(dict.fromkeys(iri for iri in opened if iri != centre))[-5:]
    seen = {centre}
    branches: dict[str, list[Around]] = {}
    for iri in (centre, *steps):
        if iri in seen:
            limit = FIRST if iri == centre else STEP
            fresh = [a for a in around(iri) if a.iri not in seen]
            wanted = [a for a in fresh if a.iri in steps] + [a for a in fresh if a.iri not in steps]
            branches[iri] = wanted[:limit]
            seen |= {a.iri for a in branches[iri]}
    _trim(branches, steps)
    return _listed(centre, branches, around)


def _trim(branches: dict[str, list[Around]], steps: Sequence[str]) -> None:
    """Takes leaves of the earliest branches until there are no more than MOST nodes."""
    for branch in branches.values():
        while 1 + sum(map(len, branches.values())) > MOST:
            leaf = next((a for a in reversed(branch) if a.iri not in steps), None)
            if leaf is None:
                break
            branch.remove(leaf)


def _listed(centre: str, branches: dict[str, list[Around]], around: Callable[[str], list[Around]]) -> list[Grown]:
    """The tree from top to bottom, children right below their parent."""
    out = [Grown(centre, None, ("", ""), forward=True)]

    def below(parent: int, iri: str) -> None:
        for a in branches.get(iri, ()):
            out.append(Grown(a.iri, parent, a.words, a.forward))
            below(len(out) - 1, a.iri)

    below(0, centre)
    shown = {g.iri for g in out}
    return [replace(g, more=sum(a.iri not in shown for a in around(g.iri))) for g in out]
