"""The same clips through a plain local pipeline of pipecat, with our recogniser, reply and voice, for comparison.

    PYTHON_WITH_PIPECAT -m benchmarks.plain_pipeline DATA [--set NAME]... [--clips N]

Pipecat (BSD-2) is no dependency of Coolhead: `python -m benchmarks.turn DATA --pipecat PYTHON` runs this with an
interpreter that has both. Its settings are its own: Silero with 0.2 s of silence, then its turn model (smart-turn v3)
or, in a second round, its plain wait; a recogniser that gets the whole segment; the voice a sentence at a time.
"""

# mypy: ignore-errors
import argparse
import asyncio
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import numpy as np
from loguru import logger
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.frames.frames import (
    Frame,
    InputAudioRawFrame,
    LLMContextFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
    TTSSpeakFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import LLMContextAggregatorPair, LLMUserAggregatorParams
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.services.settings import STTSettings, TTSSettings
from pipecat.services.stt_service import SegmentedSTTService
from pipecat.services.tts_service import TTSService
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies, default_user_turn_stop_strategies
from pipecat.workers.runner import WorkerRunner

from benchmarks.clips import clips, speech_bounds
from benchmarks.turn import PACK, SETS, print_stages
from dialogue.content.encoder import Scorer
from dialogue.events import Reply, SpeechStarted, Utterance
from dialogue.persona import load
from dialogue.session import Session
from ui.calls.switchboard import Wishes, started_event
from ui.runtime.settings import Settings
from voice.audio import FRAME_SAMPLES, SAMPLE_RATE
from voice.recognition import choose as choose_recognizer
from voice.synthesis import choose as choose_voice
from voice.synthesis.pieces import pieces

LEAD_SECONDS = 0.6
PATIENCE_SECONDS = 6.0
TURNS = {
    "turn model": lambda: default_user_turn_stop_strategies()[0],
    "silence": SpeechTimeoutUserTurnStopStrategy,
}


class Recognition(SegmentedSTTService):
    """Our recogniser, as a call has it without speculation: one decode, on a thread."""

    def __init__(self, recognizer) -> None:
        super().__init__(ttfs_p99_latency=0.5, settings=STTSettings(model=None, language=None))
        self._recognizer = recognizer

    @property
    def wants_wav_segments(self) -> bool:
        return False

    async def run_stt(self, audio: bytes) -> AsyncGenerator[Frame, None]:
        samples = np.frombuffer(audio, np.int16).astype(np.float32) / 32768.0

        def decode() -> str:
            self._recognizer.begin(0.0)
            self._recognizer.accept(samples)
            found = self._recognizer.partial(settled=True)
            self._recognizer.abort()
            return found.text if found else ""

        if text := await asyncio.to_thread(decode):
            yield TranscriptionFrame(text, "trainee", "", finalized=True)


class Customer(FrameProcessor):
    """In a language model's place: our session's answer to what was said."""

    def __init__(self, pack, scorer) -> None:
        super().__init__()
        self._pack, self._scorer = pack, scorer

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMContextFrame):
            said = str(frame.context.messages[-1]["content"])
            scores = await asyncio.to_thread(self._scorer.score, said)
            session = Session(self._pack)
            session.receive(started_event(self._pack, Settings.model_construct(), Wishes(seed=1), {}))
            session.receive(SpeechStarted(1.0))
            answers = session.receive(Utterance(3.0, start=1.0, end=3.0, text=said, source="voice", scores=scores))
            for answer in answers:
                if isinstance(answer, Reply):
                    await self.push_frame(TTSSpeakFrame(answer.text))
        else:
            await self.push_frame(frame, direction)


class Voice(TTSService):
    """Our voice, a piece at a time."""

    def __init__(self, voice) -> None:
        nothing = TTSSettings(model=None, voice=None, language=None)
        super().__init__(sample_rate=24_000, settings=nothing, push_start_frame=True, push_stop_frames=True)
        self._voice = voice

    async def run_tts(self, text: str, context_id: str) -> AsyncGenerator[Frame, None]:
        for piece in pieces(text):
            clip = await asyncio.to_thread(self._voice.render, piece.text, 60.0)
            pcm = (np.clip(clip.samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
            yield TTSAudioRawFrame(pcm, clip.rate, 1, context_id=context_id)


class Headphones(FrameProcessor):
    """Notes when sound arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.sounds: list[float] = []

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, TTSAudioRawFrame):
            self.sounds.append(time.monotonic())
        await self.push_frame(frame, direction)


async def play(clip, recognizer, pack, voice, scorer, stop) -> tuple[float, list[float]]:
    """When speech ended and when sound came, on the monotonic clock, s. `stop` decides when a turn is over."""
    turns = UserTurnStrategies(stop=[stop])
    users = LLMUserAggregatorParams(vad_analyzer=SileroVADAnalyzer(), user_turn_strategies=turns)
    aggregators = LLMContextAggregatorPair(LLMContext(), user_params=users)
    headphones = Headphones()
    parts = [Recognition(recognizer), aggregators.user(), Customer(pack, scorer), Voice(voice), headphones]
    rates = PipelineParams(audio_in_sample_rate=SAMPLE_RATE, audio_out_sample_rate=24_000)
    worker = PipelineWorker(Pipeline(parts), params=rates, enable_rtvi=False)
    runner = WorkerRunner(handle_sigint=False)
    await runner.add_workers(worker)
    running = asyncio.create_task(runner.run())
    await asyncio.sleep(1.0)
    noise = np.random.default_rng(0)
    room = [np.zeros(round(LEAD_SECONDS * SAMPLE_RATE)), clip, np.zeros(round(PATIENCE_SECONDS * SAMPLE_RATE))]
    sound = np.concatenate(room) + noise.normal(0.0, 5e-4, sum(map(len, room)))
    pcm = (np.clip(sound, -1.0, 1.0) * 32767).astype("<i2")
    began = time.monotonic()
    end = began + LEAD_SECONDS + speech_bounds(clip)[1]
    for at in range(0, len(pcm), FRAME_SAMPLES):
        await worker.queue_frame(InputAudioRawFrame(pcm[at : at + FRAME_SAMPLES].tobytes(), SAMPLE_RATE, 1))
        await asyncio.sleep(max(0.0, began + (at + FRAME_SAMPLES) / SAMPLE_RATE - time.monotonic()))
        if any(t > end for t in headphones.sounds):
            break
    await worker.cancel()
    await running
    return end, headphones.sounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--set", action="append", dest="sets")
    parser.add_argument("--clips", type=int, default=40, help="of each set")
    args = parser.parse_args()
    logger.remove()
    recognizer = choose_recognizer("whisper")
    recognizer.warm_up()
    pack = load(PACK)
    voice = choose_voice("auto", pack.customer.voice)
    voice.warm_up()
    scorer = Scorer(pack.wordings)
    chosen = clips(args.data, args.sets or SETS, args.clips)
    for name, stop in TURNS.items():
        waits, early, unanswered = [], 0, 0
        for clip in chosen:
            end, sounds = asyncio.run(play(clip.samples(), recognizer, pack, voice, scorer, stop()))
            early += any(t < end - 0.1 for t in sounds)
            after = [t - end for t in sounds if t >= end - 0.1]
            waits += after[:1]
            unanswered += not after
        print_stages({f"pipecat, {name}": waits})
        print(f"pipecat spoke into a turn: {early} of {len(chosen)}; not answered: {unanswered}")
    voice.close()
    recognizer.close()


if __name__ == "__main__":
    main()
