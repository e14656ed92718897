"""The sound of a call, kept where that was asked for."""

RECORDED_CONSENT = (
    "This call is recorded, because you asked for it: your turns and the customer's lines, on this machine only. "
    "It is deleted with the call (`coolhead history delete`)."
)
RECORDED_NOTHING = "Nothing is recorded: a call by keyboard has no sound."
RECORDED_STATE = "● rec · {state}"
LISTEN_LINE = "{time}  {who}: {text}"
LISTEN_HOW = "Enter plays a line, Esc stops and closes."
LISTEN_NONE = "No sound of this call was kept. To have the next one recorded: `coolhead call --record`."
LISTEN_FAILED = "It cannot be played: {problem}"
KEY_LISTEN = "Listen"
TIP_LISTEN = "Hear what was said, line by line, where the call was recorded."
