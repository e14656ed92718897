"""The sound devices of this computer."""

from dataclasses import dataclass

from voice.devices import portaudio


@dataclass(frozen=True, slots=True)
class Device:
    """One sound device. `index` and `name` are what `DeviceMicrophone(device=...)` takes."""

    index: int
    name: str
    input_channels: int
    output_channels: int
    rate: int
    """Its own rate, Hz."""
    default_input: bool
    default_output: bool


def devices() -> list[Device]:
    """What PortAudio sees now; an empty list when there is nothing. VoiceProblem when PortAudio is missing."""
    with portaudio.session() as sounddevice:
        standard_in, standard_out = sounddevice.default.device
        return [
            Device(
                index=each["index"],
                name=each["name"],
                input_channels=each["max_input_channels"],
                output_channels=each["max_output_channels"],
                rate=int(each["default_samplerate"]),
                default_input=each["index"] == standard_in,
                default_output=each["index"] == standard_out,
            )
            for each in sounddevice.query_devices()
        ]
