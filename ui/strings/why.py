"""The customer, asked why."""

WHY_TITLE = "{name}, asked why"
WHY_LINE = "{time}  {change}  {text}"
WHY_NOTHING = "Nothing that you did moved them enough to speak of."
