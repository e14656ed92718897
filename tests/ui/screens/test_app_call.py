"""The dashboard of a scripted call whose clock the test holds: what it shows, and when."""

import asyncio
from dataclasses import replace

from textual.clock import MockClock
from textual.widgets import Digits, Input, Static

from dialogue.events import (
    CallEnded,
    CallStarted,
    Cue,
    Delivery,
    Event,
    LedgerRow,
    PlaybackStarted,
    Reply,
    Steered,
    Utterance,
)
from tests.ui.stage import at_rest, staged
from tests.ui.story import Story, good_call, pack
from ui import strings
from ui.app import CoolheadApp
from ui.calls.call_view import TranscriptLine
from ui.calls.journal_player import Player
from ui.calls.microphone_watch import UNHEARD_SECONDS
from ui.calls.ports import Meter
from ui.screens.call import CallScreen
from ui.widgets.reasons import Reasons
from ui.widgets.transcript import Transcript, Turn


async def test_the_dashboard_shows_the_call() -> None:
    async with staged(t=50.0) as stage:
        assert stage.app.screen.query_one("#gauge-number", Digits).value == "56"
        assert stage.text("#gauge-band") == "◑ angry"
        assert stage.text("#gauge-change") == "▼ 5"
        assert stage.text("#phase") == "negotiating"
        assert stage.text("#time") == "0:50"
        assert stage.text("#cue") == "→ Ask what only they can know."
        said = [str(turn.query_one(".turn-text", Static).render()) for turn in stage.app.screen.query(Turn)]
        assert said[0] == "Finally. Is this a person, or another recording?"
        assert said[4] == "Calm down? I have been calm — cut off"
        changes = [str(turn.query_one(".turn-change", Static).render()) for turn in stage.app.screen.query(Turn)]
        assert changes[1::2] == ["▼ 2", "▲ 11", "▼ 8", "▼ 5"]
        reasons = str(stage.app.screen.query_one(Reasons).render())
        cause, quoted = " ".join(reasons.split()).split(" “", 1)
        assert cause == "▼ 5 You asked to understand"
        assert quoted.startswith("Which socket do")


async def test_how_it_was_put_comes_with_the_words_or_not_at_all() -> None:
    felt = LedgerRow(60.0, "impulse", "empathy", "that sounds frustrating", -5.0)
    put = LedgerRow(60.0, "impulse", "badly_put", "Oh dear, you've been trying", 0.6)
    async with staged(t=50.0) as stage:
        reasons = stage.app.screen.query_one(Reasons)
        shown = []
        for height in (3, 4, 5, 9):
            reasons.styles.height = reasons.styles.max_height = reasons.styles.min_height = height
            await stage.settle()
            reasons.show([felt, put])
            text = str(reasons.render())
            assert (strings.cause("badly_put") in text) == ("Oh dear" in text)
            shown.append("Oh dear" in text)
        assert shown[0] is False
        assert shown[-1] is True


async def test_a_promise_that_is_not_theirs_is_told_of_though_the_customer_is_only_too_glad() -> None:
    before = LedgerRow(55.0, "impulse", "empathy", "that sounds frustrating", -5.0)
    promise = LedgerRow(60.0, "impulse", "over_promise:takes_back", "you get your money back", 0.0, title="a refund")
    async with staged(t=50.0) as stage:
        reasons = stage.app.screen.query_one(Reasons)
        reasons.show([before, promise])
        text = " ".join(str(reasons.render()).split())
        assert text.startswith("±0 Not yours to promise: a refund")


async def test_partial_words_show_while_the_trainee_speaks_and_give_way_to_the_turn() -> None:
    async with staged(t=22.0) as stage:
        partial = stage.app.screen.query_one(".turn.-partial .turn-text", Static)
        assert str(partial.render()) == "Okay but you …"
        await stage.at(23.1)
        assert not stage.app.screen.query(".turn.-partial")


async def test_a_line_is_to_be_read_while_it_sounds_and_goes_when_the_customer_began_too_soon() -> None:
    async with staged(t=50.0) as stage:

        def said() -> list[str]:
            turns = stage.app.screen.query(Turn).exclude(".-partial")
            return [str(turn.query_one(".turn-text", Static).render()) for turn in turns]

        before, told = said(), len(stage.call.events)
        ahead: list[Event] = [
            Utterance(50.0, 48.0, 49.5, "I will send you", "voice"),
            Reply(50.0, 90, "Send me what?", Delivery(50.0)),
        ]
        stage.player.ahead = lambda: tuple(ahead)  # type: ignore[method-assign]
        await stage.settle()
        assert said() == [*before, "I will send you"]
        ahead.append(PlaybackStarted(50.2, 90))
        await stage.settle()
        assert said() == [*before, "I will send you", "Send me what?"]
        ahead.clear()
        await stage.settle()
        assert said() == before
        assert len(stage.call.events) == told


async def test_lines_that_come_while_others_are_being_drawn_are_not_lost() -> None:
    async with staged(t=6.0) as stage:
        view = stage.call.view
        transcript = stage.app.screen.query_one(Transcript)
        drawing = asyncio.create_task(transcript.show(view))
        for number in range(6):  # events go on arriving at every point where drawing waits
            view.lines.append(TranscriptLine("customer", f"line {number}", 6.0, 100 + number))
            await asyncio.sleep(0)
        await drawing
        await transcript.show(view)
        assert len(stage.app.screen.query(Turn).exclude(".-partial")) == len(view.lines)


async def test_drawing_begins_only_once_at_a_time() -> None:
    async with staged(t=6.0) as stage:
        for number in range(6):
            stage.call._receive(Reply(6.0, 100 + number, f"line {number}", Delivery(50.0)))
            stage.call._receive(PlaybackStarted(6.0, 100 + number))
            await asyncio.gather(stage.call._poll(), stage.call._poll())
        await stage.settle()
        assert len(stage.app.screen.query(Turn).exclude(".-partial")) == len(stage.call.view.lines)


async def test_the_number_moves_between_events() -> None:
    story = Story()
    story.you(5.0, "What do you want now?", ("rude", "What do you want now", 38.0))
    story.customer(400.0, "Hello?", 1.0)
    async with staged(story.events, t=5.0) as stage:
        digits = stage.app.screen.query_one("#gauge-number", Digits)
        assert digits.value == "100"
        await stage.at(155.0)  # one half-life later: half the way from 100 to the resting 58
        assert digits.value == "79"


async def test_the_last_turn_stands_beside_the_trainees_own_baseline() -> None:
    async with staged(t=22.9) as stage:
        assert stage.text("#yours") == "Voice: as usual"
        await stage.at(23.1)
        assert stage.text("#yours") == "Voice: 9 dB louder"


async def test_a_microphone_that_brings_nothing_is_told_of_and_the_call_goes_on() -> None:
    class Silent(Player):
        def meter(self) -> Meter:
            return Meter(-80.0, listening="microphone")

    clock = MockClock(0.0)
    started, *_ = good_call()
    player = Silent(
        pack(), [started, CallEnded(60.0, "abandoned", "")], now=lambda: clock.time, status="Without a headset."
    )
    app = CoolheadApp(call=player)
    async with app.run_test(size=(120, 40)) as pilot:
        await at_rest(pilot)
        clock.set_time(UNHEARD_SECONDS + 1)
        await at_rest(pilot)
        assert isinstance(app.screen, CallScreen)
        asides = [line.text for line in app.screen.view.lines if line.who == "aside"]
        assert asides == ["Without a headset.", strings.MICROPHONE_SILENT]


async def test_what_is_typed_while_the_trainer_has_paused_the_call_is_not_lost() -> None:
    started, *_ = good_call("text")
    events: list[Event] = [started, Steered(1.0, "pause"), Steered(9.0, "go_on"), CallEnded(60.0, "abandoned", "")]
    async with staged(events, t=2.0) as stage:
        assert stage.text("#state") == strings.PAUSED
        say = stage.app.screen.query_one("#say", Input)
        say.value = "I am here."
        await stage.press("enter")
        assert say.value == "I am here."
        assert strings.NOT_HEARD_PAUSED in [line.text for line in stage.call.view.lines]
        await stage.at(10.0)
        assert stage.text("#state") == strings.YOUR_TURN
        await stage.press("enter")
        assert say.value == ""
        assert [event.text for event in stage.call.events if isinstance(event, Utterance)] == ["I am here."]


async def test_when_the_call_is_over_nobody_is_asked_to_type() -> None:
    async with staged(good_call("text"), t=100.0) as stage:
        say = stage.app.screen.query_one("#say", Input)
        assert (say.placeholder, say.disabled) == (strings.SAID_ALL, True)
        await stage.press("f6", "escape")
        assert say.placeholder == strings.SAID_ALL


async def test_trouble_with_the_sound_stands_whole_in_the_transcript() -> None:
    why = "By keyboard: no microphone was found; plug in a headset, or choose another in the set-up, and call again."
    async with staged(good_call("text"), status=why) as stage:
        said = [str(turn.render()) for turn in stage.app.screen.query(".turn.-aside .turn-text").results(Static)]
        assert said == [why]


async def test_in_a_test_nothing_coaches() -> None:
    events = [event for event in good_call() if not isinstance(event, Cue)]
    assert isinstance(events[0], CallStarted)
    events[0] = replace(events[0], settings={"cues": "off"})
    async with staged(events) as stage:
        assert stage.text("#cue") == strings.NO_CUES_IN_TEST
        assert str(stage.app.screen.query_one(Reasons).render()) == strings.WHY_IN_TEST
        assert stage.call.view.reasons
