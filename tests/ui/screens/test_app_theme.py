"""Whether the themes can be read (WCAG 2.2 AA), and whether the bands can be told apart without colour."""

import itertools

import pytest
from textual.theme import Theme

from dialogue.mood.effects import EFFECT_IDS
from ui import strings
from ui.screens.theme import COLOUR_BLIND, CONTRAST, THEMES

AA_TEXT, AAA_TEXT, AA_SHAPES = 4.5, 7.0, 3.0
"""Least contrast (success criteria 1.4.3, 1.4.6, 1.4.11)."""
TEXT_VARIABLES = ("quiet", "band-calm", "band-irritated", "band-angry", "band-furious", "you", "hint")
"""Theme variables that colour text, beside `foreground` and `primary`."""


def linear(colour: str) -> list[float]:
    """The channels of #rrggbb, red first, each 0..1 and proportional to light."""
    channels = (int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0..1 (WCAG 2.2)."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def grounds(theme: Theme) -> list[str]:
    return [colour for colour in (theme.background, theme.surface, theme.panel) if colour]


def inks(theme: Theme) -> dict[str, str]:
    named = {name: theme.variables[name] for name in TEXT_VARIABLES}
    return named | {"foreground": theme.foreground or "", "primary": theme.primary}


def test_contrast_is_wcags() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the textbook near miss
    assert luminance("#ff0000") == pytest.approx(0.2126)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_all_text_reaches_aa_on_every_ground(theme: Theme) -> None:
    least = AAA_TEXT if theme is CONTRAST else AA_TEXT
    for (name, ink), ground in itertools.product(inks(theme).items(), grounds(theme)):
        assert contrast(ink, ground) >= least, f"{name} {ink} on {ground}: {contrast(ink, ground):.2f}"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_cursor_and_shapes_can_be_seen(theme: Theme) -> None:
    cursor = theme.variables["block-cursor-foreground"], theme.variables["block-cursor-background"]
    assert contrast(*cursor) >= AA_TEXT
    if theme.dark:
        assert contrast(theme.variables["breath"], theme.background or "") >= AA_SHAPES


MACHADO_2009 = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
"""Full severity, on linear RGB: Machado, Oliveira and Fernandes (2009)."""


def seen_as(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    light = linear(colour)
    red, green, blue = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, light, strict=True)))) for row in matrix)
    # CIE L*a*b* under D65
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("kind", MACHADO_2009)
def test_the_colour_blind_theme_keeps_neighbouring_bands_apart(kind: str) -> None:
    bands = [COLOUR_BLIND.variables[f"band-{name}"] for name in strings.BANDS]
    for one, other in itertools.pairwise(bands):
        a, b = seen_as(one, MACHADO_2009[kind]), seen_as(other, MACHADO_2009[kind])
        distance = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) ** 0.5
        assert distance > 15, f"{one} and {other} look alike ({distance:.0f}) with {kind}"


def test_bands_outcomes_and_changes_differ_in_shape_and_word() -> None:
    assert len(set(strings.BAND_SHAPES.values())) == len(set(strings.BANDS.values())) == 4
    assert len(set(strings.OUTCOME_SHAPES.values())) == len(strings.OUTCOMES)
    assert strings.DELTA_UP != strings.DELTA_DOWN


def test_every_cause_of_the_anger_model_has_plain_words() -> None:
    kinds = {"harm", "kindness", "task"}  # whole kinds are scaled by packs, never named in a row
    assert set(strings.CAUSES) >= EFFECT_IDS - kinds
