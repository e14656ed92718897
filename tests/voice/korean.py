"""Speak Korean with espeak-ng to raw PCM on stdout (16-bit mono); run as a child process, since espeak-ng is GPL.

python tests/voice/korean.py TEXT > FILE      the first four bytes are the rate in Hz, little-endian
"""

import ctypes
import sys

import espeakng_loader

SYNCHRONOUS = 2
UTF8 = 1
Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def main(text: str) -> None:
    espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = espeak.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
    sound = bytearray()

    @Callback
    def collect(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: object) -> int:
        if samples and count:
            sound.extend(ctypes.string_at(samples, 2 * count))
        return 0

    espeak.espeak_SetSynthCallback(collect)
    if espeak.espeak_SetVoiceByName(b"ko") != 0:
        sys.exit("espeak-ng has no Korean voice")
    spoken = text.encode() + b"\0"
    espeak.espeak_Synth(spoken, ctypes.c_size_t(len(spoken)), 0, 0, 0, UTF8, None, None)
    espeak.espeak_Synchronize()
    sys.stdout.buffer.write(rate.to_bytes(4, "little") + bytes(sound))


if __name__ == "__main__":
    main(sys.argv[1])
