"""Statements: valid by the specification, the same each time; sent to a real store over HTTP, with all its moods."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.ui.kept import exported, take_dated
from ui.commands import export
from ui.records import learning_record_store
from ui.records.archive import calls_folder
from ui.records.learning_record_store import Credentials, RecordStore
from ui.runtime.problems import Problem

HERE = Path(__file__).parent
pytestmark = pytest.mark.usefixtures("home")
SCHEMA = Draft202012Validator(json.loads((HERE / "xapi-1.0.3.json").read_text(encoding="utf-8")))


def test_the_schema_refuses_what_is_no_statement(home: Path) -> None:
    take_dated("excellent")
    [good] = json.loads(exported(home))
    SCHEMA.validate([good])
    agent = good["actor"]
    for spoil in (
        {"verb": {"id": "completed"}},
        {"id": "1"},
        {"result": {"score": {"scaled": 94}}},
        {"result": {"duration": "20 s"}},
        {"result": {"duration": "PT"}},
        {"timestamp": "today"},
        {"timestamp": "2026-02-01T09:00:00.000-00:00"},
        {"actor": {"objectType": "Agent"}},
        {"actor": {**agent, "mbox": "mailto:robin@example.com"}},
        {"version": "1.0.3"},
        {"mood": "angry"},
        {"object": {"objectType": "Agent", "mbox": "mailto:a@example.com"}},  # where platform means nothing
    ):
        with pytest.raises(ValidationError):
            SCHEMA.validate([{**good, **spoil}])


def test_statements_are_valid_and_the_same_each_time(home: Path) -> None:
    take_dated("excellent", 1)
    take_dated("poor", 2)
    take_dated("good", 3, retry_turn="2")
    journal = (HERE.parents[1] / "journals" / "flatpack-bookcase-good.jsonl").read_text()
    (calls_folder() / "2026-02-04T09-00-00-flatpack-bookcase.jsonl").write_text(journal[:9000])
    silent = take_dated("poor", 5)
    began, *_, ended = silent.read_text(encoding="utf-8").splitlines()
    silent.write_text(f"{began}\n{ended}\n", encoding="utf-8")
    text = exported(home, actor="robin@example.com")
    made = json.loads(text)
    SCHEMA.validate(made)
    assert [each["result"]["success"] for each in made] == [False, True]  # newest first; no retry, none silent
    scores = [each["result"]["score"] for each in made]
    assert all(score["min"] <= score["raw"] <= score["max"] for score in scores)
    assert all(score["scaled"] == pytest.approx(score["raw"] / score["max"], abs=1e-4) for score in scores)
    assert scores[1]["raw"] > scores[0]["raw"] + 20
    assert all(datetime.fromisoformat(each["timestamp"]) < datetime.now(UTC) for each in made)
    assert made[0]["actor"]["mbox"] == "mailto:robin@example.com"
    assert exported(home, actor="robin@example.com") == text
    assert (home / "out.json").stat().st_mode & 0o077 == 0
    SCHEMA.validate(json.loads(exported(home)))


class Store(ThreadingHTTPServer):
    """A record store: keeps statements by id, and answers what it is told to first."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.kept: dict[str, dict[str, Any]] = {}
        self.moods: list[tuple[int, dict[str, str]]] = []
        """(status, headers) of answers to give before anything is taken."""
        self.asked: list[int] = []
        """How many statements each request held."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/xapi/"


class _Answers(BaseHTTPRequestHandler):
    server: Store

    def do_POST(self) -> None:
        batch = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(len(batch))
        status, headers = self.server.moods.pop(0) if self.server.moods else (self._take(batch), {})
        body = b"" if status == 200 else b'{"message": "not <today>"}'
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _take(self, batch: list[dict[str, Any]]) -> int:
        if self.headers["Authorization"] != "Basic cm9iaW46czpjcmV0":  # robin:s:cret
            return 401
        if self.path != "/xapi/statements" or not self.headers["X-Experience-API-Version"].startswith("1.0."):
            return 404
        SCHEMA.validate(batch)
        if any(self.server.kept.get(one["id"], one) != one for one in batch):
            return 409
        self.server.kept |= {one["id"]: one for one in batch}
        return 200

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def store() -> Iterator[Store]:
    server = Store()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    return []


def sender(store: Store, waits: list[float], secret: str = "s:cret") -> RecordStore:
    return RecordStore(store.address, Credentials("robin", secret), waits.append)


def statements(home: Path, calls: int = 2) -> list[dict[str, Any]]:
    for day in range(1, calls + 1):
        take_dated("poor" if day % 2 else "good", day)
    made: list[dict[str, Any]] = json.loads(exported(home))
    return made


def test_sent_once_or_twice_a_call_is_one_statement(home: Path, store: Store, waits: list[float]) -> None:
    made = statements(home)
    assert sender(store, waits).send(made) == (2, 0)
    assert sender(store, waits).send(made) == (2, 0)
    assert store.kept == {one["id"]: one for one in made}
    assert store.asked == [2, 2]
    assert waits == []


def test_a_store_keeps_what_it_has_and_takes_the_rest(home: Path, store: Store, waits: list[float]) -> None:
    made = statements(home)
    before = {**made[0], "result": {"completion": True}}
    store.kept[before["id"]] = before
    assert sender(store, waits).send(made) == (1, 1)
    assert store.kept == {before["id"]: before, made[1]["id"]: made[1]}


def test_many_go_in_batches(home: Path, store: Store, waits: list[float]) -> None:
    [one] = statements(home, 1)
    many = [{**one, "id": f"{one['id'][:-4]}{number:04d}"} for number in range(2 * learning_record_store.BATCH + 1)]
    assert sender(store, waits).send(many) == (len(many), 0)
    assert store.asked == [learning_record_store.BATCH, learning_record_store.BATCH, 1]


def test_what_passes_is_waited_for_and_what_does_not_is_said(home: Path, store: Store, waits: list[float]) -> None:
    made = statements(home, 1)
    store.moods = [(503, {}), (429, {"Retry-After": "7"}), (502, {})]
    assert sender(store, waits).send(made) == (1, 0)
    assert waits == [1.0, 7.0, 4.0]
    for status, headers, sentence in (
        (400, {}, 'answers 400 Bad Request: {"message": "not <today>"}'),
        (403, {}, "does not accept the key and secret"),
        (404, {}, "there is no xAPI at this address"),
        (307, {"Location": "https://else.example.com/"}, "it is at https://else.example.com/ now"),
    ):
        store.moods = [(status, headers)]
        with pytest.raises(Problem) as told:
            sender(store, waits).send(made)
        assert sentence in str(told.value)
        assert store.moods == []
    store.moods = [(503, {})] * learning_record_store.TRIES
    with pytest.raises(Problem, match="answers 503"):
        sender(store, waits).send(made)
    with pytest.raises(Problem, match="does not accept the key"):
        sender(store, waits, secret="wrong").send(made)


def test_a_store_that_is_not_there_is_said_after_a_few_tries(home: Path, store: Store, waits: list[float]) -> None:
    made = statements(home, 1)
    nowhere = RecordStore("http://127.0.0.1:9/", Credentials("a", "b"), waits.append)
    with pytest.raises(Problem, match=r"127\.0\.0\.1 cannot be reached"):
        nowhere.send(made)
    assert len(waits) == learning_record_store.TRIES - 1


def test_the_key_goes_nowhere_unprotected() -> None:
    for address, sentence in (
        ("http://lrs.example.com/xapi", "unprotected"),
        ("lrs.example.com", "no address"),
        ("ftp://lrs.example.com", "no address"),
        ("https://[::1", "no address"),
        ("https://lrs.example.com:99999/", "no address"),
        ("https://lrs.example.com:xapi/", "no address"),
        ("https://lrs..com/", "no address"),
        ("https://lrs.example.com/x api", "no address"),
        ("https://lrs.example.com/\x1b[31m", "no address"),
        ("https://lrs.example.com/\xe9tudes", "no address"),
        ("https://lrs.example.com/\udcff", "no address"),
    ):
        with pytest.raises(Problem, match=sentence):
            RecordStore(address, Credentials("a", "b"))


def test_the_command_sends_with_credentials_of_the_environment_or_a_file(
    home: Path,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = statements(home)

    def send(**more: Any) -> int:
        wishes = {"output": None, "to": store.address, "credentials": None, "actor": None, "completion": False, **more}
        return export.run(**wishes)

    for name in (learning_record_store.KEY, learning_record_store.SECRET):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Problem, match="no key and secret"):
        send()
    monkeypatch.setenv(learning_record_store.KEY, "robin")
    monkeypatch.setenv(learning_record_store.SECRET, "s:cret")
    assert send() == 0
    assert f"In the record store at {store.address}: 2 statements." in capsys.readouterr().out
    assert store.kept == {one["id"]: one for one in made}
    file = home / "lrs.txt"
    file.write_text("robin:s:cret\n")
    store.kept.clear()
    assert send(credentials=file, completion=True) == 0
    assert len(store.kept) == 2
    assert send(credentials=file) == 0
    assert "Already there, and kept as they were: 2." in capsys.readouterr().out
    with pytest.raises(Problem, match="one line, KEY:SECRET"):
        send(credentials=home / "nowhere")
    with pytest.raises(Problem, match="either a FILE, or --to"):
        send(output=home / "also.json")
    with pytest.raises(Problem, match="either a FILE, or --to"):
        send(to=None)
