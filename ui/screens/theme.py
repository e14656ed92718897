"""Four themes. tests/ui/screens/test_app_theme.py checks their contrast by WCAG 2.2.

The colour-blind-safe bands are from the palette of Okabe and Ito (2008), some lightened for the dark background.
"""

from typing import Final

from textual.theme import Theme

INKS: Final = (
    ("background", "#11151a", "#f8f6f1", "#000000", "#101316"),
    ("surface", "#171c23", "#fffdf9", "#000000", "#161a1f"),
    ("panel", "#1e252e", "#efebe3", "#101010", "#1e242b"),
    ("ink", "#dde4ea", "#22272c", "#ffffff", "#e3e8ec"),
    ("quiet", "#93a1af", "#5a636c", "#d6d6d6", "#9aa7b3"),
    ("line", "#2e3844", "#d5cfc3", "#8c8c8c", "#303a45"),
    ("primary", "#7fb8dc", "#1b5f8c", "#8fd4ff", "#8cc7ee"),
    ("calm", "#7ecba6", "#17694a", "#7dffb8", "#56b4e9"),
    ("irritated", "#e2c76c", "#755700", "#ffe653", "#f0e442"),
    ("angry", "#f0a163", "#96420a", "#ffb25c", "#e69f00"),
    ("furious", "#ff8585", "#a91d30", "#ff9c9c", "#f07a3c"),
    ("you", "#9ec3ee", "#234f93", "#b5d7ff", "#a9c8f2"),
    ("hint", "#a9d6c2", "#1d6350", "#c8ffe6", "#d3d9df"),
    ("breath", "#4f8fb5", "#6fa9cc", "#5fb7ea", "#3f8fc0"),
)
"""Use, and its colour in the dark, light, high-contrast and colour-blind-safe theme."""


def _theme(name: str, column: int, *, dark: bool = True) -> Theme:
    """The theme in that column of INKS."""
    of = {row[0]: row[column] for row in INKS}
    return Theme(
        name=name,
        dark=dark,
        background=of["background"],
        surface=of["surface"],
        panel=of["panel"],
        foreground=of["ink"],
        primary=of["primary"],
        secondary=of["you"],
        accent=of["hint"],
        success=of["calm"],
        warning=of["irritated"],
        error=of["furious"],
        variables={
            **{name: of[name] for name in ("quiet", "line", "you", "hint", "breath")},
            **{f"band-{band}": of[band] for band in ("calm", "irritated", "angry", "furious")},
            "footer-background": of["surface"],
            "footer-description-foreground": of["quiet"],
            "footer-key-foreground": of["primary"],
            "input-cursor-text-style": "reverse",
            "input-selection-background": f"{of['primary']} 35%",
            "block-cursor-text-style": "bold",
            "block-cursor-background": of["primary"],
            "block-cursor-foreground": of["background"],
            **dict.fromkeys(("border", "border-blurred", "scrollbar"), of["line"]),
            "scrollbar-hover": of["quiet"],
            "scrollbar-active": of["primary"],
            **dict.fromkeys(SCROLLBAR_GROUNDS, of["background"]),
        },
    )


SCROLLBAR_GROUNDS: Final = (
    "scrollbar-background",
    "scrollbar-background-hover",
    "scrollbar-background-active",
    "scrollbar-corner-color",
)
DARK: Final = _theme("coolhead-dark", 1)
LIGHT: Final = _theme("coolhead-light", 2, dark=False)
CONTRAST: Final = _theme("coolhead-contrast", 3)
COLOUR_BLIND: Final = _theme("coolhead-colour-blind", 4)

THEMES: Final = (DARK, LIGHT, CONTRAST, COLOUR_BLIND)
DEFAULT_THEME: Final = DARK.name


def after(theme: str) -> str:
    """The name of the one that follows, round and round."""
    names = [each.name for each in THEMES]
    return names[(names.index(theme) + 1) % len(names)]
