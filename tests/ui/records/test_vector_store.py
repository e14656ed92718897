"""What is kept of a text model's work is whole, private and bounded, whoever else writes and whatever befalls it."""

import random
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ui.records import vector_store as module
from ui.records.vector_store import VectorStore


def vector(text: str, length: int = 384) -> Any:
    """A vector of that text's own."""
    return np.random.default_rng(list(text.encode())).normal(size=length).astype(np.float32)


def fill(folder: Path, texts: list[str], model: str = "model") -> None:
    """What a program does that needs the vectors of these texts; it must find none that is not theirs."""
    store = VectorStore(folder, "embeddings", model)
    for text in texts:
        found = store.get(text)
        if found is None:
            store.put(text, vector(text))
        else:
            assert found.tobytes() == vector(text).tobytes()
    store.save()
    store.close()


def known(folder: Path, texts: list[str], model: str = "model") -> list[str]:
    """Those of the texts whose very vectors are kept."""
    store = VectorStore(folder, "embeddings", model)
    found = {text: store.get(text) for text in texts}
    store.close()
    assert all(one is None or one.tobytes() == vector(text).tobytes() for text, one in found.items())
    return [text for text, one in found.items() if one is not None]


TEXTS = [f"Sentence {number}." for number in range(40)]


def test_what_was_put_is_there_the_next_time(tmp_path: Path) -> None:
    fill(tmp_path, TEXTS)
    assert known(tmp_path, [*TEXTS, "Another."]) == TEXTS
    unsaved = VectorStore(tmp_path, "embeddings", "model")
    unsaved.put("Another.", vector("Another."))
    assert unsaved.get("Another.").tolist() == vector("Another.").tolist()
    assert known(tmp_path, ["Another."]) == []


def test_without_a_folder_it_remembers_all_the_same() -> None:
    store = VectorStore(None, "embeddings", "model")
    store.put("A shelf.", vector("A shelf."))
    store.save()
    assert store.get("A shelf.").tobytes() == vector("A shelf.").tobytes()


def test_nobody_else_may_look_and_no_sentence_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "scores"
    folder.mkdir(mode=0o755)
    fill(folder, ["My zebra and I are listening."])
    (file,) = folder.iterdir()
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, file))
    assert b"zebra" not in file.read_bytes()


def test_what_another_model_made_of_the_same_kind_is_dropped(tmp_path: Path) -> None:
    fill(tmp_path, TEXTS)
    labels = VectorStore(tmp_path, "labels", "cues 1")
    labels.put("A shelf.", vector("A shelf.", 42))
    labels.save()
    assert known(tmp_path, TEXTS, "another") == []
    assert known(tmp_path, TEXTS) == []
    assert VectorStore(tmp_path, "labels", "cues 1").get("A shelf.").shape == (42,)
    assert VectorStore(tmp_path, "labels", "cues 2").get("A shelf.") is None
    assert len(list(tmp_path.iterdir())) == 2


def damages() -> list[Any]:
    """Of a file's bytes: emptied, cut off, grown, another's, and bits turned at random all over."""
    chance = random.Random(5)

    def turned(data: bytes, places: int) -> bytes:
        turned = bytearray(data)
        for _ in range(places):
            turned[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(turned)

    def header(data: bytes) -> bytes:
        at = chance.randrange(200)
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]

    return [
        lambda data: b"",
        lambda data: data[:-4],
        lambda data: data[:5000],
        lambda data: data[:50],
        lambda data: data + b"more",
        lambda data: b"not a database, not at all, no" * 50,
        lambda data: data.replace(b"vectors", b"victors"),
        lambda data: data.replace(b"used", b"uzed"),
        *[lambda data: turned(data, 1)] * 30,
        *[lambda data: turned(data, 300)] * 15,
        *[header] * 30,
    ]


def test_a_damaged_file_never_gives_a_wrong_vector_and_is_soon_whole_again(tmp_path: Path) -> None:
    fill(tmp_path, TEXTS)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for number, damage in enumerate(damages()):
        file.write_bytes(damage(whole))
        fill(tmp_path, TEXTS)
        fill(tmp_path, TEXTS)  # some turned bits are only met by what is written
        again = known(tmp_path, TEXTS)
        assert again == TEXTS, number


def test_what_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("in the way")
    fill(nowhere, TEXTS)
    fill(nowhere, TEXTS)
    assert nowhere.read_text() == "in the way"


def test_a_full_disk_costs_what_was_new_and_nothing_else(tmp_path: Path) -> None:
    fill(tmp_path, TEXTS[:20])
    store = VectorStore(tmp_path, "embeddings", "model")
    assert store._file is not None
    store._file.execute("PRAGMA max_page_count = 16")
    for text in TEXTS:
        store.put(text, vector(text))
    store.save()
    assert all(store.get(text) is not None for text in TEXTS)
    assert known(tmp_path, TEXTS) == TEXTS[:20]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_another_holds_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WAIT_SECONDS", 0.01)
    fill(tmp_path, TEXTS)
    (file,) = tmp_path.iterdir()
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    fill(tmp_path, TEXTS)
    assert known(tmp_path, TEXTS) == []
    other.rollback()
    other.close()
    assert known(tmp_path, TEXTS) == TEXTS


def test_what_was_used_longest_ago_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day = [20_000]
    monkeypatch.setattr("ui.records.vector_store.time.time", lambda: day[0] * 86_400.0)
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    first, second, third = TEXTS[:16], TEXTS[16:32], [f"New {number}." for number in range(16)]
    for texts in (first, second):
        fill(tmp_path, texts)
        day[0] += 1
    fill(tmp_path, first)  # used: now the second are older
    day[0] += 1
    fill(tmp_path, third)
    (file,) = tmp_path.iterdir()
    assert file.stat().st_size <= 100_000
    assert known(tmp_path, [*first, *third]) == [*first, *third]
    left = known(tmp_path, second)
    assert len(left) < len(second)
    for number in range(20):
        fill(tmp_path, [f"{number}: {text}" for text in TEXTS])
        assert file.stat().st_size <= 100_000


def test_many_at_once_never_see_what_is_not_theirs(tmp_path: Path) -> None:
    wrong: list[Exception] = []

    def use(seed: int) -> None:
        chance = random.Random(seed)
        try:
            for _ in range(15):
                if chance.random() < 0.3:  # as `coolhead forget` does, at the worst of times
                    for path in list(tmp_path.glob("*")):
                        path.unlink(missing_ok=True)
                fill(tmp_path, chance.sample(TEXTS, 20))
        except Exception as fault:
            wrong.append(fault)

    threads = [threading.Thread(target=use, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    fill(tmp_path, TEXTS)
    fill(tmp_path, TEXTS)
    assert known(tmp_path, TEXTS) == TEXTS


def test_two_programs_that_write_at_once_both_keep_theirs(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.ui.records.test_vector_store import fill\n"
        "for n in range(10): fill(Path(sys.argv[1]), [f'{sys.argv[2]} {n}'])"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name]) for name in ("one", "two")]
    assert [one.wait() for one in running] == [0, 0]
    texts = [f"{name} {number}" for name in ("one", "two") for number in range(10)]
    assert known(tmp_path, texts) == texts
