"""How an endpoint is asked: what is waited for, asked again, given up or refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.chat import Chat, Endpoint
from ingest.cli import main
from kg.errors import EndpointError
from tests.chat_server import Answer, Data, chat_server
from tests.enriching import (
    KEY,
    SLUG,
    bare_corpus,
    chat,
    good,
    is_whole,
    translated,
)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return bare_corpus(tmp_path / "corpus")


def test_a_rate_limit_and_a_failing_server_are_waited_for(bare: Path) -> None:
    waits: list[float] = []
    trouble = {1: Answer(status=429, headers={"Retry-After": "7"}), 2: Answer(status=503), 4: Answer(status=500)}
    with chat_server(lambda data, n: trouble.get(n) or good(data)) as server:
        endpoint = Endpoint(server.url, "m", wait=0.5)
        translated(bare, Chat(endpoint, waits.append))
    assert waits[0] == 7.0
    assert waits[1] == pytest.approx(1.0)
    assert is_whole(bare)


@pytest.mark.parametrize(
    "broken",
    [
        Answer("I would be glad to translate these:"),
        Answer('{"translations": [{"id": "1", "en": "Th'),
        Answer('{"translations": [{"id": "1", "en": "Th', finish="length"),
        Answer('{"translations": "all of them"}'),
        Answer("[" * 5_000),
        Answer(raw=b"<html>not the protocol</html>"),
        Answer(status=413),
    ],
)
def test_an_answer_that_cannot_be_used_is_asked_for_in_smaller_batches(bare: Path, broken: Answer) -> None:
    with chat_server(lambda data, n: good(data) if len(data["sentences"]) <= 3 else broken) as server:
        assert translated(bare, chat(server)).proposed.rejected == ()
    sizes = {len(data["sentences"]) for data in server.data}
    assert max(sizes) > 6
    assert is_whole(bare)


def test_fences_and_thinking_around_the_answer_are_taken_off(bare: Path) -> None:
    def talkative(data: Data, number: int) -> Answer:
        return Answer(f"<think>{{hm}}</think>Here it is:\n```json\n{json.dumps(good(data))}\n```")

    with chat_server(talkative) as server:
        translated(bare, chat(server))
    assert is_whole(bare)


def test_a_sentence_that_is_left_out_is_asked_for_again(bare: Path) -> None:
    with chat_server(lambda data, n: {"translations": good(data)["translations"][:2]}) as server:
        translated(bare, chat(server))
    assert is_whole(bare)


def test_a_server_that_knows_no_json_mode_is_asked_without(bare: Path) -> None:
    with chat_server(lambda data, n: Answer(status=400) if n == 1 else good(data)) as server:
        translated(bare, chat(server))
    assert ["response_format" in body for body, _ in server.asked[:3]] == [True, False, False]
    assert is_whole(bare)


def test_an_answer_that_does_not_come_in_time_is_asked_for_again(bare: Path) -> None:
    with chat_server(lambda data, n: Answer(wait=5) if n == 1 else good(data)) as server:
        translated(bare, chat(server, timeout=0.3))
    assert is_whole(bare)


@pytest.mark.parametrize("answer", [Answer(wait=5), Answer(status=429), Answer(status=502)])
def test_an_endpoint_that_never_answers_is_given_up(bare: Path, answer: Answer) -> None:
    with chat_server(lambda data, n: answer) as server:
        with pytest.raises(EndpointError, match="no answer after 2 attempts"):
            translated(bare, chat(server, timeout=0.2, attempts=2))
        assert len(server.asked) == 2


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_told_at_once_and_without_the_key(
    bare: Path, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MY_KEY", KEY)
    with chat_server(lambda data, n: Answer(status=status, raw=b"no such thing")) as server:
        command = ["enrich", SLUG, "--corpus", str(bare), "--endpoint", server.url, "--model", "m"]
        assert main([*command, "--key-from", "MY_KEY"]) == 1
    said = capsys.readouterr().err
    assert f"HTTP {status} no such thing" in said
    assert KEY not in said
    assert len(server.asked) == 1


def test_a_redirect_is_not_followed(bare: Path) -> None:
    with chat_server(good) as elsewhere:
        away = Answer(status=302, headers={"Location": elsewhere.url})
        with chat_server(lambda data, n: away) as server, pytest.raises(EndpointError, match="send the request on"):
            translated(bare, chat(server))
        assert elsewhere.asked == []


def test_a_key_that_would_break_the_request_is_refused(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MY_KEY", "one\r\nX-Other: two")
    command = ["enrich", SLUG, "--corpus", str(bare), "--endpoint", "http://127.0.0.1:9/v1", "--model", "m"]
    assert main([*command, "--key-from", "MY_KEY"]) == 1
    said = capsys.readouterr().err
    assert "MY_KEY holds what no key can" in said
    assert "X-Other" not in said
