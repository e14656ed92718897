"""A trainee who means to help, more or less well: hears out, finds the cause, offers what is needed, sums up.

The style says how often each of that is done. They know what a trainee knows after practice: what the case turns on
(the pack's facts and needs). Of the call they know only what the customer says.
"""

from collections.abc import Sequence
from random import Random

from dialogue.persona import Fact, Need, Pack
from dialogue.rehearsal.bank import Names, asking, given_back, offering, sentences, timeless
from dialogue.rehearsal.listening import Heard
from dialogue.rehearsal.styles import Style

MOST_ASKED = 3
"""How often a question is put in other words before it is given up."""
MOST_LISTENING = 6
OPENING_WORDS = 4
"""By which two ways of putting a thing are told apart."""
MOST_APOLOGIES = 2
_UNFINISHED = ("open", "doubt", "ask_when", "ask_figures")
_AGREED = ("wrap_up", "partly_settled", "nothing_else")
_KIND_ORDER = (
    "empathy", "apology", "ownership", "paraphrase", "process", "empathy", "thanks", "together", "loyalty",
    "help_offer", "use_name", "empathy", "authority", "extra_mile", "thanks", "option", "empathy", "ownership",
)  # fmt: skip
_HURT = frozenset(
    {
        "calm_down", "know_how_feel", "arguing", "rude", "blaming", "policy", "rush", "dont_know", "non_apology",
        "hold_demand", "wrong_name", "too_soon", "parroting", "beside_the_point", "misheard", "cut_off", "turned_away",
    }
)  # fmt: skip


class Helpful:
    """One call of a trainee of this style."""

    def __init__(self, style: Style, pack: Pack, names: Names, random: Random) -> None:
        self.pause_seconds = style.pause_seconds
        self.talks_over = style.talks_over
        self._style, self._pack, self._names, self._random = style, pack, names, random
        self._said: set[str] = set()
        self._done: set[str] = set()
        self._times: dict[str, str] = {}
        """Need id -> the words in which it was promised."""
        self._tries: dict[str, int] = {}
        self._skips = {need.id for need in pack.settlement if random.random() > self._thinks_of(need)}
        turned_on = {name for need in pack.settlement for name in need.facts}
        others = [fact for fact in pack.facts if fact.id not in turned_on]
        random.shuffle(others)
        others.sort(key=lambda fact: not fact.caring)
        self._closer = others[: style.looks_closer]
        self._kinds = list(_KIND_ORDER)
        self._warnings = self._turns = self._listened = self._idle = self._apologies = 0
        self._last: Need | None = None
        self._recapped = self._agreed = self._refused_manager = False

    def answer(self, heard: Heard) -> str:
        """What they say to it; "" to hang up."""
        self._turns += 1
        self._note(heard)
        if self._turns == 1:
            greeting = "greeting" if self._random.random() < self._style.introduces else "flat_greeting"
            return self._one(greeting)
        if heard.has("swearing") and self._style.kind > self._random.random():
            return self._about_conduct()
        if heard.has("manager_demand", "last_warning"):
            return self._to_the_demand()
        if self._agreed:
            return self._closing()
        lead = self._lead(heard)
        listening = heard.has("vent") and self._listened < MOST_LISTENING
        if listening and self._random.random() < self._style.hears_out:
            self._listened += 1
            return self._joined(lead, self._one("invite"))
        content = self._work(heard)
        if content:
            return self._joined(lead, content)
        return self._nothing_left(lead)

    def _thinks_of(self, need: Need) -> float:
        """How likely they come to it by themselves."""
        if need.kind != "offer":
            return self._style.finds
        return self._style.remembers if need.required else self._style.optional

    def _note(self, heard: Heard) -> None:
        self._done.update(heard.ids("accept"))
        for name in heard.ids("answer"):
            self._done |= {name, *self._pack.fact(name).reveals}
        for name in (one for kind in _UNFINISHED for one in heard.ids(kind)):
            if self._random.random() > self._style.responds:
                continue  # it passes them by
            self._done.discard(name)
            self._skips -= {name, *self._pack.need(name).after}
            self._idle = 0
        for need in self._pack.settlement:
            if need.kind == "learn" and set(need.facts) <= self._done:
                self._done.add(need.id)
        self._agreed = heard.has(*_AGREED) or (self._agreed and not heard.has("open", "demand"))

    # --- what the turn is about ---

    def _work(self, heard: Heard) -> str:
        """A question or an offer; "" when nothing is left."""
        due = heard.ids("ask_when")
        if due:
            return self._say_when(self._pack.need(due[0]))
        wanted = [name for ball in heard.ids("curveball") for name in self._expected(ball)]
        need = self._next((*wanted, *heard.ids("open")))
        facts = [self._pack.fact(name) for name in need.facts if name not in self._done] if need else []
        if self._closer and (need is None or not self._done or self._random.random() < 0.4):
            facts = [self._closer.pop(0)]
        for fact in facts:
            if self._tries.get(fact.id, 0) < MOST_ASKED:
                return self._ask(fact)
            self._done.add(fact.id)
        if need is None:
            return ""
        if need.kind == "learn":
            self._done.add(need.id)  # there is nothing left to ask for it
            return self._work(Heard())
        return self._show(need) if need.kind == "show" else self._offer(need)

    def _next(self, first: Sequence[str]) -> Need | None:
        """The need to see to: one that was just brought up, or the next in order, what it rests on before it."""
        needs = {need.id: need for need in self._pack.settlement}
        order = [needs[name] for name in first if name in needs] + list(self._pack.settlement)
        for need in order:
            if need.id in self._done or need.id in self._skips or self._tries.get(need.id, 0) >= MOST_ASKED:
                continue
            before = [needs[name] for name in need.after if name not in self._done and name not in self._skips]
            before = [one for one in before if self._tries.get(one.id, 0) < MOST_ASKED]
            return before[0] if before else need
        return None

    def _expected(self, ball: str) -> tuple[str, ...]:
        return next(one.expects for one in self._pack.curveballs if one.id == ball)

    def _ask(self, fact: Fact) -> str:
        self._tries[fact.id] = self._tries.get(fact.id, 0) + 1
        return self._fresh(asking(fact))

    def _show(self, need: Need) -> str:
        """What is done rather than said: one of the behaviours the need asks for."""
        count = self._tries[need.id] = self._tries.get(need.id, 0) + 1
        if count >= need.times:
            self._done.add(need.id)
        fitting = [name for name in need.behaviours if name in _SAYABLE]
        return self._kindness(self._random.choice(fitting), Heard()) if fitting else self._one("invite")

    def _offer(self, need: Need) -> str:
        if need.look_up and need.look_up not in self._done:
            self._done.add(need.look_up)
            title = next(one.title for one in self._pack.desk.lookups if one.id == need.look_up)
            return self._one("look_up_for", title=title)
        self._tries[need.id] = self._tries.get(need.id, 0) + 1
        self._done.add(need.id)  # until the customer comes back to it
        text = self._fresh(offering(need, times=self._random.random() < self._style.times))
        if need.figures:
            text = f"{text} {self._one('figures', figures=' and '.join(f'{one:g}' for one in need.figures))}"
        if not timeless(text) or not need.timed:
            self._times[need.id] = text
        if not text.endswith("?") and self._random.random() < self._style.checks:
            text = f"{text} {self._one('check')}"
        return text

    def _say_when(self, need: Need) -> str:
        if self._random.random() > max(self._style.times, 0.7):
            return self._one("slip_vague")
        self._done.add(need.id)
        time = self._random.choice(sentences("times"))
        self._times[need.id] = time
        return self._one("time_answer", time=time)

    # --- how it begins ---

    def _lead(self, heard: Heard) -> str:
        """The words before the matter itself; "" for none."""
        style, random = self._style, self._random
        slip = random.random()
        for category, share in style.slips.items():
            slip -= share
            if slip < 0:
                return self._slip(category)
        if heard.has("are_you_there") and not heard.has("vent"):
            return self._one("here")
        for ball in heard.ids("curveball"):
            fitting = [name for name in self._expected(ball) if name in _SAYABLE]
            if fitting and random.random() < max(style.kind, 0.3):
                return self._kindness(random.choice(fitting[:3]), heard)
        if any(kind in _HURT for kind, _ in heard.acts) and random.random() < style.kind:
            return self._one("after_harm")
        if random.random() < style.kind:
            return self._kindness(self._kinds.pop(0) if self._kinds else "thanks", heard)
        return ""

    def _slip(self, category: str) -> str:
        if category != "trap":
            return self._one(category)
        wordings = [wording for trap in self._pack.traps for wording in trap.wordings]
        return self._fresh(wordings) if wordings else self._one("flat")

    def _kindness(self, kind: str, heard: Heard) -> str:
        if kind == "apology":
            self._apologies += 1
            if self._apologies > MOST_APOLOGIES:
                kind = "empathy"
            elif self._pack.apology != "due":
                kind = "sorry_for_it"
        if kind == "loyalty" and not self._pack.customer.loyalty:
            kind = "together"
        if kind == "paraphrase":
            back = given_back(heard.text) if heard.has("vent", "answer") else ""
            return self._one("paraphrase", back=back) if back else self._one("empathy")
        if kind == "find_out":
            return self._one("find_out", time=self._random.choice(sentences("times")))
        return self._one(kind)

    # --- how the call ends ---

    def _about_conduct(self) -> str:
        self._warnings += 1
        return self._one("conduct_warning" if self._warnings <= self._pack.conduct.warnings else "end_by_policy")

    def _to_the_demand(self) -> str:
        need = self._next(())
        if self._refused_manager or need is None or not need.wordings or self._random.random() > self._style.kind:
            return self._one("manager_yes")
        self._refused_manager = True
        return self._joined(self._one("try_first"), self._offer(need))

    def _closing(self) -> str:
        recap = not self._recapped and self._random.random() < self._style.recaps
        self._recapped = True
        if recap and self._times:
            return self._joined(self._recap(), self._one("close"))
        return self._one("close" if self._random.random() < self._style.kind else "flat_close")

    def _nothing_left(self, lead: str) -> str:
        self._idle += 1
        if self._idle >= self._style.gives_up_after:
            return self._closing()
        if not self._recapped and self._times and self._random.random() < self._style.recaps:
            self._recapped = True
            return self._joined(self._recap(), self._one("else"))
        return self._joined(lead or self._one("thanks"), self._one("else" if self._idle % 2 else "help_offer"))

    def _recap(self) -> str:
        items = [self._pack.need(name).title for name in self._times if self._pack.need(name).kind == "offer"]
        joined = (
            ", ".join(items[:-1]) + (" and " if items[:-1] else "") + items[-1] if items else "what we went through"
        )
        return self._one("recap", items=joined)

    # --- words ---

    def _one(self, category: str, **slots: str) -> str:
        """A sentence of the category that was not said yet, as long as there is one."""
        lines = sentences(category)
        left = [line for line in lines if line not in self._said] or list(lines)
        line = self._random.choice(left)
        self._said.add(line)
        return self._names.fill(line, **slots)

    def _fresh(self, texts: Sequence[str]) -> str:
        """One of the texts, begun as none was yet, as long as there is one."""
        left = [text for text in texts if _opening(text) not in self._said] or list(texts)
        text = self._random.choice(left)
        self._said.add(_opening(text))
        return text

    @staticmethod
    def _joined(*parts: str) -> str:
        return " ".join(part for part in parts if part)


def _opening(text: str) -> str:
    return " ".join(text.split()[:OPENING_WORDS])


_SAYABLE = frozenset(
    {
        "empathy", "apology", "ownership", "help_offer", "process", "option", "thanks", "feedback_thanks", "boundary",
        "together", "loyalty", "authority", "find_out", "extra_mile", "park_topic", "revisit_topic", "conduct_warning",
        "look_up", "product_question", "paraphrase", "own_name",
    }
)  # fmt: skip
"""Behaviours for which the bank has sentences."""
