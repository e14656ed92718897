"""Four themes and the arithmetic that says whether they can be read.

Contrast is WCAG 2.2's (relative luminance, success criteria 1.4.3 and 1.4.6); the colour-blind-safe bands are taken
from the palette of Okabe and Ito (2008), lightened where the dark ground asks for it.
"""

from typing import Final

from textual.theme import Theme


def _theme(
    name: str,
    *,
    dark: bool,
    ground: tuple[str, str, str],
    ink: str,
    quiet: str,
    line: str,
    primary: str,
    bands: tuple[str, str, str, str],
    you: str,
    hint: str,
    breath: str,
) -> Theme:
    """`ground` is background, surface, panel; `bands` are calm, irritated, angry, furious; colours as #rrggbb."""
    background, surface, panel = ground
    calm, irritated, angry, furious = bands
    return Theme(
        name=name,
        dark=dark,
        background=background,
        surface=surface,
        panel=panel,
        foreground=ink,
        primary=primary,
        secondary=you,
        accent=hint,
        success=calm,
        warning=irritated,
        error=furious,
        variables={
            "quiet": quiet,
            "footer-background": surface,
            "footer-description-foreground": quiet,
            "footer-key-foreground": primary,
            "line": line,
            "band-calm": calm,
            "band-irritated": irritated,
            "band-angry": angry,
            "band-furious": furious,
            "you": you,
            "hint": hint,
            "breath": breath,
            "input-cursor-text-style": "reverse",
            "block-cursor-text-style": "bold",
            "block-cursor-background": primary,
            "block-cursor-foreground": background,
            "input-selection-background": f"{primary} 35%",
            "border": line,
            "border-blurred": line,
            "scrollbar": line,
            "scrollbar-hover": quiet,
            "scrollbar-active": primary,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
        },
    )


DARK: Final = _theme(
    "coolhead-dark",
    dark=True,
    ground=("#11151a", "#171c23", "#1e252e"),
    ink="#dde4ea",
    quiet="#93a1af",
    line="#2e3844",
    primary="#7fb8dc",
    bands=("#7ecba6", "#e2c76c", "#f0a163", "#ff8585"),
    you="#9ec3ee",
    hint="#a9d6c2",
    breath="#4f8fb5",
)
LIGHT: Final = _theme(
    "coolhead-light",
    dark=False,
    ground=("#f8f6f1", "#fffdf9", "#efebe3"),
    ink="#22272c",
    quiet="#5a636c",
    line="#d5cfc3",
    primary="#1b5f8c",
    bands=("#17694a", "#755700", "#96420a", "#a91d30"),
    you="#234f93",
    hint="#1d6350",
    breath="#6fa9cc",
)
CONTRAST: Final = _theme(
    "coolhead-contrast",
    dark=True,
    ground=("#000000", "#000000", "#101010"),
    ink="#ffffff",
    quiet="#d6d6d6",
    line="#8c8c8c",
    primary="#8fd4ff",
    bands=("#7dffb8", "#ffe653", "#ffb25c", "#ff9c9c"),
    you="#b5d7ff",
    hint="#c8ffe6",
    breath="#5fb7ea",
)
COLOUR_BLIND: Final = _theme(
    "coolhead-colour-blind",
    dark=True,
    ground=("#101316", "#161a1f", "#1e242b"),
    ink="#e3e8ec",
    quiet="#9aa7b3",
    line="#303a45",
    primary="#8cc7ee",
    bands=("#56b4e9", "#f0e442", "#e69f00", "#f07a3c"),
    you="#a9c8f2",
    hint="#d3d9df",
    breath="#3f8fc0",
)

THEMES: Final = (DARK, LIGHT, CONTRAST, COLOUR_BLIND)
DEFAULT_THEME: Final = DARK.name
TEXT_VARIABLES: Final = ("quiet", "band-calm", "band-irritated", "band-angry", "band-furious", "you", "hint")
"""Theme variables that colour text, beside `foreground` and `primary`."""


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0..1 (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
