"""Classes: a trainer and many trainees."""

from collections.abc import Mapping
from typing import Final

from dialogue.events import Outcome, Step
from ui.strings.call import OUTCOMES

STEERED: Final[Mapping[Step, str]] = {
    "whisper": "Trainer, to you alone: {text}",
    "ear": "Trainer, in your ear alone: {text}",
    "listen": "♪ The trainer listens from here on: your voice and the customer's. Nothing of it is kept.",
    "unlisten": "The trainer no longer listens.",
    "pause": "The trainer has paused the call. Nobody hears you; the customer waits and holds nothing against you.",
    "go_on": "The trainer lets the call go on.",
}
"""What of the trainer's steps the trainee is told in the call. Those that move the customer show in the customer, and
on the ledger; marks are for the debrief."""

# --- what can go wrong ---

CLASS_CODE_MISTYPED: Final = "That is no join code: a letter is missing or wrong. Copy it whole, hyphens included."
CLASS_CODE_OTHER_VERSION: Final = (
    "That join code is of another version of Coolhead: install the one that the trainer has."
)
CLASS_UNREACHABLE: Final = (
    "No class answers at {host}:{port} ({reason}): ask the trainer whether it is open and whether you are on the "
    "same network."
)
CLASS_NO_BROKER: Final = (
    "No broker answers at {host}:{port} ({reason}): check that address, and whether this machine may reach it."
)
CLASS_NO_TLS: Final = "What answers at {host}:{port} does not speak TLS, so nothing was sent: check the address."
CLASS_OTHER_CERTIFICATE: Final = (
    "What answers at {host}:{port} is not the class that the code was made for, so nothing was sent: ask the trainer "
    "for a new code."
)
CLASS_CLOCK: Final = (
    "By this machine's clock ({now}) the class's certificate does not hold, so nothing was sent: set the clock, or ask "
    "the trainer to open the class anew."
)
CLASS_HELD: Final = "This class is being held by another `coolhead class host` on this machine: close that one first."
CLASS_NO_LINE: Final = (
    "There is no connection to the class at {host}:{port}; it is tried again and again. Is the class open, and are you "
    "on its network?"
)
CLASS_CODE_REFUSED: Final = (
    "The class does not take this code: it is wrong or has expired. Ask the trainer for a new one."
)
CLASS_SEAT_REFUSED: Final = (
    "The class does not know you any more: it was opened anew, or the trainer has shown you out. Ask for a new code."
)
CLASS_NO_ANSWER: Final = "The class let you in but did not answer: is the trainer's `coolhead class host` running?"
CLASS_CODE_OVER: Final = "That code no longer holds: ask the trainer for a new one."
CLASS_FULL: Final = "Every seat for that code is taken: ask the trainer for a new code."
CLASS_SEAT_NOT_WRITTEN: Final = (
    "The trainer's computer cannot write your seat down: ask the trainer to free some room there, then join again."
)
CLASS_SEAT_NOT_KEPT: Final = (
    "Your seat cannot be kept in {path} ({reason}): free some room, then join again; that takes another seat."
)
CLASS_NO_MOSQUITTO: Final = (
    "The broker Mosquitto is not installed: install it (Debian and Ubuntu: apt install mosquitto; macOS: brew install "
    "mosquitto), or use another one with --broker."
)
CLASS_PORT_TAKEN: Final = "Port {port} is in use on this machine: choose another one with --port."
CLASS_BROKER_FAILED: Final = "Mosquitto does not start ({reason}); its log is {log}."
CLASS_NOT_OPENED: Final = (
    "The class cannot be kept in {folder} ({reason}): free some room, or name another folder in COOLHEAD_DATA."
)
CLASS_NO_ENTRANCE: Final = "{path} cannot be read: join, or open the class, again."
CLASS_NONE_JOINED: Final = "You have not joined a class on this machine: `coolhead class join CODE`."
CLASS_NONE_OPEN: Final = (
    "No class was opened on this machine: `coolhead class host` opens one; on another machine give an observer's code."
)
CLASS_DISK: Final = (
    "The class cannot be written to this disk ({reason}): free some room; journals are sent again, and who was to get "
    "a seat is asked to join again."
)
CLASS_FLOODED: Final = "{name} sent far more than a call makes and was shown out."
CLASS_NONSENSE: Final = "{name} went on sending what is no journal and was shown out."
CLASS_MALFORMED: Final = "{name} sent something that was left out: {problem}."
CLASS_NOT_OBSERVER: Final = "This code is for trainees: `coolhead class join CODE`."
CLASS_NOT_TRAINEE: Final = "This code is for observers: `coolhead class console CODE`."
CLASS_NO_NAME: Final = "Give a name of up to {most} characters with --name."
CLASS_BAD_AUTHORITY: Final = "{path} holds no certificate of an authority (PEM)."
CLASS_NOT_VOUCHED: Final = (
    "No authority that this machine knows vouches for {host}:{port}; name the one that does with --authority."
)
CLASS_NO_SIGNAL: Final = "On Windows a class needs a broker that runs already: name it with --broker."
CLASS_BAD_BROKER: Final = "--broker wants an address such as mqtts://broker.example:8883."
CLASS_BAD_ADDRESS: Final = "--address wants this machine's name or address, such as trainer-pc or 192.168.1.20."
CLASS_BAD_CERTIFICATE: Final = "The class's certificate on this machine is damaged: join, or open the class, again."
CLASS_NO_ACCOUNTS: Final = "--broker wants --accounts FILE, too: `coolhead class accounts` writes one."
CLASS_NEEDS_BROKER: Final = "--accounts and --authority are for a broker that you name with --broker."
CLASS_BAD_ACCOUNTS: Final = (
    "The accounts file {path} cannot be used: it wants a line `user password` for desk, trainer, join-trainee and at "
    "least one t-xxxxxxxx; `coolhead class accounts` writes one."
)
CLASS_NO_OBSERVER_ACCOUNTS: Final = (
    "--observers wants a line for join-observer and at least one o-xxxxxxxx in {path}: `coolhead class accounts "
    "--observers N` writes them."
)
CLASS_ACCOUNTS_THERE: Final = "{path} is there already: accounts are never overwritten, name another folder with -o."
CLASS_NO_ACCOUNT_LEFT: Final = "The class has no account left to give: ask the trainer."
CLASS_BROKER_REFUSED: Final = "The broker does not let the desk in: check the accounts file and the broker's own list."

# --- the host ---

CLASS_OPEN: Final = "The class “{name}” is open at {host}:{port}. Ctrl+C closes it."
CLASS_BROKER_BACK: Final = "The broker had ended and was started again; everybody comes back by themselves."
CLASS_CODE: Final[Mapping[str, str]] = {
    "trainee": "Trainees:   coolhead class join {code}",
    "observer": "Observers:  coolhead class console {code}",
}
CLASS_CODE_HOLDS: Final = "Codes hold until {time} and for {seats} people. Enter makes new ones."
CLASS_CODE_EXPIRED: Final = "The codes have expired. Enter makes new ones."
CLASS_NO_NEW_CODES: Final = "No new codes were made ({reason}); the class goes on."
CLASS_BOARD_HINT: Final = "The board, on this machine: coolhead class console"
CLASS_JOINED: Final[Mapping[str, str]] = {
    "trainee": "{name} has joined.",
    "observer": "{name} has joined to observe.",
}
CLASS_CLOSED: Final = "The class is closed. What was sent is in {folder}."
CLASS_ACCOUNTS_WRITTEN: Final = (
    "{folder} holds accounts.txt (for `class host --accounts`), and passwords and rights in Mosquitto's form."
)

# --- joining ---

CLASS_ASK_NAME: Final = "Under which name shall the trainer see you? (Enter: {login}) "
CONSENT_TITLE: Final = "Joining a class: what leaves this machine"
CONSENT: Final[tuple[str, ...]] = (
    "To whom: the trainer of this class, and observers whom the trainer lets in. It goes to {host}:{port}, encrypted, "
    "and is kept on the trainer's machine until the trainer deletes it.",
    "What is sent, of calls that you take in the class: your name as given here ({name}); every line of the call's "
    "journal, as it happens: your words as text, when you speak, mute or hold, how your turns sounded as numbers "
    "(loudness, pitch, pace, pauses) beside your own calm voice, the customer's lines, anger and why it moved.",
    "Sound, if you agree to that too: the trainer may listen to a spoken call while it goes on, to your voice (but not "
    "while you are muted) and the customer's. You see it all the while, can end it at any moment, and nothing of it is "
    "kept.",
    "Not sent: your notes, your earlier calls, your settings.",
    "The trainer may write to you during a call or have a whisper spoken into your ear, pause or end the call, and "
    "steer the customer. Each of these stands in your own journal, and so does when they listened.",
    "You may leave at any time: nothing is sent after that, and calls outside the class never are.",
)
CONSENT_MORE: Final = "↓ more"
CONSENT_ASK: Final = "Enter: join.   S: join, but without sound.   Esc: do not join."
CONSENT_ASK_PLAIN: Final = "Join? Type yes, or yes without sound; anything else to stay out:"
CONSENT_NO: Final = "You have not joined. Nothing was sent."
KEY_JOIN: Final = "Join"
KEY_JOIN_SILENT: Final = "Join without sound"
KEY_DECLINE: Final = "Do not join"
KEY_LEAVE_CLASS: Final = "Leave the class"
CLASS_JOINING: Final = "Joining …"
CLASS_WAITING: Final = "You are in the class “{class_name}” as {name}."
CLASS_WAITING_MORE: Final = "Your trainer starts the calls. They ring here by themselves."
CLASS_HELP_ASKED: Final = "Your trainer has been called."
CLASS_HELP_TAKEN_BACK: Final = "You no longer call your trainer."
CLASS_HELP_OVER: Final = "Your trainer has seen that you call."
CLASS_LINE_LOST: Final = "The connection to the class is lost: the call goes on, and what happens is sent later."
CLASS_LINE_BACK: Final = "The connection to the class is back."
CLASS_LEFT: Final = "You have left the class."
CLASS_STILL_WAITING: Final = "{lines} lines of your calls have not reached the trainer: join again to send them."
CLASS_IN_CALL: Final = "Your trainer starts a call: {title}."
CLASS_NO_PACK: Final = "“{pack}” is not among this machine's scenarios, so the call cannot be taken here."
CLASS_PACK_BROKEN: Final = "“{pack}” cannot be used on this machine: {problem}"
CLASS_TRAINER_KNOWS: Final = "Your trainer is told. You stay in the class."
CLASS_LISTENED: Final = "♪ Your trainer hears this call. F10 ends it."
CLASS_SOUND: Final[Mapping[bool, str]] = {
    True: "Your trainer may listen to your spoken calls again.",
    False: "Your trainer can no longer listen to your calls.",
}
CLASS_NOT_SPOKEN: Final = "What the trainer whispers cannot be spoken into your ear, so read it: {problem}"
CLASS_ONLY_NOW: Final = (
    "Only while you stay in class does this call reach the trainer, for its name cannot be kept ({reason}): free some "
    "room before the next one."
)
CLASS_FAULT: Final = "Something of the class went wrong, and your call goes on; what it was is written in {path}."
KEY_ALLOW_SOUND: Final = "Sound"
TIP_ALLOW_SOUND: Final = "Whether the trainer may listen to your spoken calls"
KEY_CALL_TRAINER: Final = "Trainer"
TIP_CALL_TRAINER: Final = "Ask the trainer to come, or say that it is no longer needed"
PLAIN_CLASS_HOW: Final = (
    "/trainer calls the trainer, /leave leaves the class, /sound says whether the trainer may listen: while you wait, "
    "and in a call."
)

# --- the console ---

BOARD_TITLE: Final = "{name} · {here} here, {calls} in a call"
BOARD_EMPTY: Final = "Nobody is here yet. The join code stands in the terminal of `coolhead class host`."
CLASS_GONE: Final = "The class has ended, or the network is down."
BOARD_HEAD: Final = ("  Name", "State", "Anger", "2 minutes", "Last words")
STATUSES: Final[Mapping[str, str]] = {
    "waiting": "· waiting",
    "ringing": "◌ ringing",
    "in_call": "▶ in call",
    "debrief": "≡ debrief",
    "away": "○ left",
    "lost": "× no line",
}
BOARD_HELP: Final = "! calls you"
BOARD_ON_HOLD: Final = "■ on hold"
BOARD_LISTENED: Final = "♪ heard"
BOARD_PAUSED: Final = "‖ paused"
BOARD_WARNINGS: Final[Mapping[str, str]] = {
    "furious": "▲▲ furious",
    "manager": "asked for a manager",
    "silent": "{seconds} s of silence",
    "rising": "▲ rising",
}
BOARD_ENDED: Final = "{shape} {outcome}"
THEIR_OUTCOMES: Final[Mapping[Outcome, str]] = {
    **OUTCOMES,
    "escalated": "the customer went over the trainee's head",
    "ended_by_policy": "the trainee ended it, as the conduct policy allows",
    "abandoned": "the trainee left the call",
    "stopped": "the trainer ended the call",
}
KEY_OPEN_CALL: Final = "Watch"
KEY_START_ALL: Final = "Start all"
KEY_START_ONE: Final = "Start one"
KEY_WHISPER: Final = "Whisper"
KEY_EAR: Final = "Ear"
KEY_HEAR_CALL: Final = "Listen"
KEY_CURVEBALL: Final = "Curveball"
KEY_ANGRIER: Final = "Angrier"
KEY_CALMER: Final = "Calmer"
KEY_MANAGER: Final = "Manager"
KEY_SPEAK_AS: Final = "Speak"
KEY_PAUSE_CALL: Final = "Pause"
KEY_END_CALL: Final = "End"
KEY_MARK: Final = "Mark"
KEY_SEEN: Final = "Seen"
TIP_WHISPER: Final = "Words for the trainee alone, on their screen"
TIP_EAR: Final = "A whisper that is also spoken into the trainee's ear; the customer does not hear it"
TIP_HEAR_CALL: Final = "Hear this spoken call, or no longer; the trainee sees it"
TIP_CURVEBALL: Final = "Let the customer bring up something of the scenario"
TIP_ANGRIER: Final = "Ten points of anger more; the debrief shows it as yours"
TIP_CALMER: Final = "Ten points of anger less; the debrief shows it as yours"
TIP_MANAGER: Final = "Let the customer ask for a manager"
TIP_SPEAK_AS: Final = "The customer says what you type, in their voice"
TIP_PAUSE_CALL: Final = "Stop the call, or let it go on"
TIP_END_CALL: Final = "End the call; nobody is blamed for it"
TIP_MARK: Final = "Mark this moment with a note, for the debrief"
TIP_SEEN: Final = "Tell the trainee that you have seen them call"
TIP_OPEN_CALL: Final = "This trainee's call in full"
TIP_START_ALL: Final = "The same customer with the same choices for everybody who waits"
TIP_START_ONE: Final = "A call for this trainee alone"
ASK_WHISPER: Final = "Whisper to {name}:"
ASK_EAR: Final = "Say into the ear of {name}:"
ASK_SPEAK_AS: Final = "{customer} says:"
ASK_MARK: Final = "Note on this moment of {name}:"
ASK_CURVEBALL: Final = "What shall {customer} bring up?"
ASK_PACK: Final = "Which scenario?"
ASK_HOW: Final = "How?"
HOW: Final[Mapping[str, str]] = {
    "practice": "To practise, with coaching",
    "easy": "To practise, with an easier customer",
    "hard": "To practise, with a harder customer",
    "test": "As a test: no coaching",
}
ASK_KEYS: Final = "Enter: send.   Esc: back."
CHOOSE_KEYS: Final = "Enter: choose.   Esc: back."
ASK_END_CALL: Final = "End the call of {name}?"
END_CALL_KEYS: Final = "Enter or y: end it.   Esc or n: let it go on."
NO_CURVEBALL_LEFT: Final = "There is nothing left that they could bring up."
NOT_IN_CALL: Final = "{name} is not in a call."
NOT_ALLOWED: Final = "Observers watch; only the trainer steers."
NOT_SENT: Final = "Not sent: there is no connection to the broker."
SENT: Final = "Sent to {name}."
STARTED_FOR: Final = "Started for {people}: {title}, seed {seed}."
STARTED_FOR_MANY: Final = "{number} people"
NOT_TAKEN: Final = "{name} cannot take the call. Their program says: {problem}"
GONE_IN_CALL: Final[Mapping[str, str]] = {
    "lost": "The line to {name} was lost in the middle of the call.",
    "away": "{name} left in the middle of the call.",
}
NOBODY_WAITS: Final = "Nobody is waiting."
LISTENING_TO: Final = "♪ You hear {name}, who sees that you do."
LISTENING_OVER: Final = "You no longer hear {name}."
NO_SOUND_OF: Final = "There is no sound of {name}: they type, or do not want to be heard."
WATCH_LOADING: Final = "Fetching the call of {name} …"
CLASS_PAUSED: Final = "paused by you"
WATCHING: Final = "{name}"
WATCH_CALLS: Final = "{title} · calling you: {names}"
WATCH_TROUBLE: Final = "{title} · {trouble}"
HELP_BOARD: Final = (
    "Every trainee is a row: state, the customer's anger as a number and a word, its last two minutes, the last words. "
    "Those who want you come first."
)

# --- after class ---

CLASS_REPORT_TITLE: Final = "Class report"
CLASS_REPORT_NAMELESS: Final = "Trainee {number}"
CLASS_REPORT_HARDEST: Final = "The group's hardest moments"
CLASS_REPORT_MISSED: Final = "What the group missed most"
CLASS_REPORT_MISSED_IN: Final = "missed in {missed} of {calls}"
CLASS_REPORT_SCORE: Final = "scorecard {total:.0f} of 100"
CLASS_REPORT_MARKED: Final = "Moments the trainer marked"
CLASS_REPORT_CURVES: Final = "Anger, call by call"
CLASS_REPORT_NONE: Final = "There is no call of that class to report on."
CLASS_REPORT_SEED: Final = "seed {seed}"
CLASS_REPORT_FORM: Final = "{path} has no form that a class report can take: let its name end in .html or .csv."
CLASS_REPORT_STEERED: Final = "steered by the trainer {times}×"
CLASS_REPORT_SOMEBODY: Final = "…"
