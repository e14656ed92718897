"""The decoder that is rebuilt from CTranslate2's weights against CTranslate2 itself."""

from pathlib import Path

import numpy as np
import pytest

from voice.audio import SAMPLE_RATE
from voice.models import weights
from voice.recognition import model_file, onnx_file
from voice.recognition.mel import log_mel
from voice.recognition.text_decoder import TextDecoder, _floats

TEXT = (634, 5629, 295, 1419, 668, 257, 3945, 17292)
"""Any tokens do; these are unlikely ones, whose log probabilities are the least exact."""


def test_a_written_graph_computes() -> None:
    import onnxruntime

    nodes = [
        onnx_file.node("MatMul", ["x", "weight"], ["product"]),
        onnx_file.node("Transpose", ["product"], ["turned"], perm=(1, 0)),
        onnx_file.node("LeakyRelu", ["turned"], ["y"], alpha=0.5),
    ]
    weight = np.array([[1.0, -2.0], [3.0, 300.0]], np.float32)
    data = onnx_file.model(nodes, {"weight": weight}, [onnx_file.float_input("x", ["n", 2])], ["y"])
    x = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 1.0]], np.float32)
    [y] = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"]).run(None, {"x": x})
    product = (x @ weight).T
    assert np.array_equal(y, np.where(product > 0, product, product / 2))


def test_a_model_of_another_form_or_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(b"\x09\0\0\0rest")
    with pytest.raises(ValueError, match="version 9"):
        model_file.read(path)
    path.write_bytes((weights.packaged_dir("whisper-base") / "model.bin").read_bytes()[:1000])
    with pytest.raises(ValueError, match="breaks off"):
        model_file.read(path)


def test_weights_in_8_bits_are_read_with_their_scale_by_rows_too() -> None:
    stored = {"w": np.array([[10, -20], [30, 40]], np.int8), "w_scale": np.array([10.0, 100.0], np.float32)}
    assert _floats(stored, "w") == pytest.approx(np.array([[1.0, -2.0], [0.3, 0.4]]))
    rows = np.array([[1, 1, 0]], np.int64)
    assert _floats(stored, "w", rows) == pytest.approx(np.array([[[0.3, 0.4], [0.3, 0.4], [1.0, -2.0]]]))
    assert _floats({"w": np.ones((2, 2), np.float16)}, "w", rows).shape == (1, 3, 2)
    with pytest.raises(ValueError, match="int16"):
        _floats({"w": np.ones((2, 2), np.int16)}, "w")


@pytest.mark.real
def test_it_gives_words_the_probabilities_that_ctranslate2_gives_them() -> None:
    import ctranslate2

    folder = weights.packaged_dir("whisper-base")
    exact = ctranslate2.models.Whisper(str(folder), device="cpu", compute_type="float32", intra_threads=1)
    generator = np.random.default_rng(3)
    sound = (generator.normal(size=3 * SAMPLE_RATE) * np.hanning(3 * SAMPLE_RATE) * 0.1).astype(np.float32)
    encoded = exact.encode(ctranslate2.StorageView.from_array(log_mel(sound, 400)[None]))
    prompt = [50258, 50259, 50359, 50363]
    wanted = np.log(exact.align(encoded, prompt, [list(TEXT)], 300)[0].text_token_probs)

    decoder = TextDecoder(folder, (), threads=1)
    heard = decoder.begin(np.array(encoded))
    at_once, _ = decoder.step(heard, np.array([[*prompt, *TEXT]]), decoder.nothing(heard))
    assert at_once[0, range(3, 3 + len(TEXT)), TEXT] == pytest.approx(wanted, abs=0.7)
    assert np.mean(np.abs(at_once[0, range(3, 3 + len(TEXT)), TEXT] - wanted)) < 0.3

    memory, one_by_one = decoder.nothing(heard, 2), []
    following, memory = decoder.step(heard, np.array([prompt, prompt]), memory)
    for token in TEXT:
        one_by_one.append(following[:, -1, token])
        following, memory = decoder.step(heard, np.array([[token], [token]]), memory)
    assert np.array(one_by_one) == pytest.approx(np.stack([wanted, wanted], axis=1), abs=0.7)
    assert np.exp(following).sum(axis=-1) == pytest.approx(np.ones((2, 1)), abs=1e-3)
