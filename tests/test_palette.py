"""The colours: one table, the same in Streamlit's theme, legible by day and by night, and apart for the colour-blind."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations

import numpy as np
import pytest

from tests.conftest import ROOT
from views import style

PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\brgb\(|\bhsl\(", re.IGNORECASE)
TABLE = {name: colours for name, *colours in PAIR.findall(style.asset("palette.css"))}
LOOKS = ("light", "dark")
ENOUGH = 4.5  # WCAG 2.2, 1.4.3: contrast of text, level AA
GROUNDS = ("paper", "side", "card", "raised")
TEXTS = {
    **dict.fromkeys(("ink", "soft", "faint", "accent", "good", "bad", "warn"), GROUNDS),
    "accent": (*GROUNDS, "accent-pale"), "on-accent": ("accent-fill", "kind-clause"), "on-mute": ("mute-fill",),
    "draft": ("draft-pale",), "trial": ("trial-pale",), "good": (*GROUNDS, "good-pale"), "bad": (*GROUNDS, "bad-pale"),
    "warn": ("paper", "warn-pale"), "soft": (*GROUNDS, "warn-pale", "accent-pale"), "star": ("paper", "card"),
    "ink": (*GROUNDS, "mark", "mark-pale", "warn-pale", "accent-pale", "side-hover"),
    **{name: ("paper", "card") for name in TABLE if name.startswith("kind-")},
}  # fmt: skip
APART = ("product", "duration", "risk", "population", "disease", "endpoint", "design", "procedure")
NEAREST = 0.06  # in OKLab; the eye tells 0.02 apart side by side
# G. M. Machado, M. M. Oliveira and L. A. F. Fernandes (2009), severity 1.0, over linear RGB
SIGHT = {
    "full": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
# B. Ottosson (2020), OKLab from linear RGB
LMS = np.array(
    [[0.41222147, 0.53633254, 0.05144599], [0.21190350, 0.68069955, 0.10739696], [0.08830246, 0.28171884, 0.62997870]]
)
LAB = np.array(
    [
        [0.21045426, 0.79361779, -0.00407205],
        [1.97799850, -2.42859221, 0.45059371],
        [0.02590404, 0.78277177, -0.80867577],
    ]
)


def linear(colour: str) -> np.ndarray:
    """A colour in linear RGB."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, sight: str) -> np.ndarray:
    """A colour as an eye of some kind sees it, in OKLab."""
    return LAB @ np.cbrt(LMS @ np.clip(SIGHT[sight] @ linear(colour), 0, 1))


def test_the_table_is_whole() -> None:
    assert len(TABLE) > 55
    assert (
        style.asset("palette.css").count(": light-dark(") == len(TABLE) + 3
    )  # shadows and the ring are half transparent


@pytest.mark.parametrize("name", [*(n for n in style.SHEETS if n != "palette.css"), "graph.py", "neighbours.py"])
def test_no_colour_stands_outside_the_table(name: str) -> None:
    assert COLOUR.findall(style.asset(name)) == []


def test_every_colour_that_is_used_is_in_the_table() -> None:
    sheets = "".join(style.asset(name) for name in style.SHEETS)
    own = {*re.findall(r"--([\w-]+):", sheets), "tools"}
    assert set(re.findall(r"var\(--([\w-]+)", sheets)) <= own


@pytest.mark.parametrize("look", LOOKS)
def test_streamlits_theme_has_the_same_colours(look: str) -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][look]
    names = {
        "primaryColor": "accent", "linkColor": "accent", "backgroundColor": "paper", "secondaryBackgroundColor": "card",
        "textColor": "ink", "borderColor": "line",
    }  # fmt: skip
    side = {"backgroundColor": "side", "secondaryBackgroundColor": "card", "borderColor": "side-line"}
    at = LOOKS.index(look)
    assert {k: v for k, v in theme.items() if k != "sidebar"} == {k: TABLE[v][at] for k, v in names.items()}
    assert theme["sidebar"] == {k: TABLE[v][at] for k, v in side.items()}


@pytest.mark.parametrize("look", LOOKS)
def test_every_text_can_be_read_on_every_ground(look: str) -> None:
    at = LOOKS.index(look)
    found = {(t, g): contrast(TABLE[t][at], TABLE[g][at]) for t, grounds in TEXTS.items() for g in grounds}
    assert len(found) > 70
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < ENOUGH} == {}


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("look", LOOKS)
def test_the_kinds_with_a_shape_are_apart_to_every_eye(look: str, sight: str) -> None:
    colours = {kind: seen(TABLE[f"kind-{kind}"][LOOKS.index(look)], sight) for kind in APART}
    near = {(a, b): float(np.linalg.norm(colours[a] - colours[b])) for a, b in combinations(APART, 2)}
    assert {pair: round(far, 3) for pair, far in near.items() if far < NEAREST} == {}
