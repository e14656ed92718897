"""Swapped chairs: the trainee plays the customer."""

CHAIRS_WHO = "You are {name}. {title}."
CHAIRS_STORY = "What happened to you: {story}"
CHAIRS_HOW = (
    "The adviser picks up. Each time your card says what {name} would say: say it in your own words, or type them; a "
    "dot says it as it is. Type + for an answer that calms, - for one that annoys. Ctrl+D hangs up."
)
CHAIRS_AGENT = "Adviser: {text}"
CHAIRS_CARD = "        Your card: {text}"
CHAIRS_YOU = "You: {text}"
CHAIRS_GUESSED = {"+": "        Noted: calming.", "-": "        Noted: annoying."}
CHAIRS_HUNG_UP = "The adviser hangs up."
CHAIRS_OTHER_SIDE = "From your side: what each of the adviser's turns did to {name}, and why (“you” is the adviser)"
CHAIRS_TURN = "{number:>2}  {change:<6} “{said}”"
CHAIRS_ROW = "        {delta:+5.1f}  {cause}  {evidence}"
CHAIRS_FELT = "        You marked it as {felt}, {agrees}."
CHAIRS_FELT_HOW = {"+": "calming", "-": "annoying"}
CHAIRS_AGREES = {True: "and so it was to them", False: "and to them it was not"}
CHAIRS_QUALITY = "It was the {agent} adviser. {outcome}"
CHAIRS_SHARE = "Of {answers} that you marked, {same} did to them what you marked."
CHAIRS_UNKNOWN = "There is no adviser {agent!r}; there are {known}."
OUTCOMES_OF_OTHERS = {
    "satisfied": "you were satisfied",
    "resigned": "you gave in, unconvinced",
    "escalated": "you went over their head",
    "hung_up": "you hung up",
    "ended_by_policy": "they ended it, as the conduct policy allows",
    "abandoned": "the call was left",
    "stopped": "the call was stopped",
}
