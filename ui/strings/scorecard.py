"""The scorecard."""

SCORE_TOTAL = "{title}: {total:.0f} of 100"
SCORE_NOTHING = "{title}: nothing in this call can be scored."
SCORE_FAILED = "Failed: {title}"
SCORE_SECTION = "{title}  {share}  (weight {weight:.0f})"
SCORE_SHARE = "{percent:.0f} %"
SCORE_NONE = "n/a"
SCORE_UNHEARD = "not heard"
SCORE_MARKS = {"met": "✔", "missed": "✘", "n/a": "–"}
SCORE_POINT = "  {mark} {title}"
SCORE_TOO_SELDOM = "  {mark} {title} ({found} of {wanted})"
SCORE_SIGN = "      {time}  {words}"
