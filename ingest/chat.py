"""Asking a language model through the OpenAI-compatible chat protocol, as hosted services and local servers speak it.

Only preparing content asks a model; answering never does. What goes out are two messages: the task, which is ours and the
same for every document, and the data as JSON, which is never part of the task.
"""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import urlsplit

from kg.errors import EndpointError

_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_LONGEST_WAIT = 60.0
_LARGEST_ANSWER = 8_000_000
_THINKING = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_OPTIONAL: Mapping[str, Any] = {"temperature": 0, "response_format": {"type": "json_object"}}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked. `url` is the base, such as http://localhost:11434/v1; a local server needs no key."""

    url: str
    model: str
    key: str = ""
    timeout: float = 120.0
    attempts: int = 6
    wait: float = 1.0


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens in and out; estimated from the characters where the server does not count them."""

    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: a JSON object, or None and why it cannot be used (cut off, not JSON, more than the model takes)."""

    value: Mapping[str, Any] | None
    usage: Usage
    why: str = ""


class _TooMuchError(Exception):
    """The server refuses the request as it is: most often there is more in it than the model takes."""


class _Unchanged(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, so that neither the key nor the text goes where nobody sent them."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        raise EndpointError(
            f"{req.full_url}: wants to send the request on to {newurl}; give that address if it is right"
        )


class Chat:
    """A model behind an endpoint. Waits and asks again where that may help, and raises EndpointError where not."""

    def __init__(self, endpoint: Endpoint, sleep: Callable[[float], None] = time.sleep) -> None:
        if urlsplit(endpoint.url).scheme not in ("http", "https") or not urlsplit(endpoint.url).netloc:
            raise EndpointError(f"{endpoint.url}: is not an http or https address")
        self._endpoint, self._sleep = endpoint, sleep
        self._address = f"{endpoint.url.rstrip('/')}/chat/completions"
        self._opener = urllib.request.build_opener(_Unchanged)
        self._optional = dict(_OPTIONAL)

    def ask(self, task: str, data: Mapping[str, Any]) -> Reply:
        """The model's answer to a task over data. A task is a constant of the program; text from a document is data."""
        asked = json.dumps(data, ensure_ascii=False)
        messages = [{"role": "system", "content": task}, {"role": "user", "content": asked}]
        try:
            answer = self._post({"model": self._endpoint.model, "messages": messages, "stream": False})
        except _TooMuchError as error:
            return Reply(None, Usage(), str(error))
        return _reply(answer, len(task) + len(asked))

    def _post(self, body: Mapping[str, Any]) -> bytes:
        """Posts until there is an answer; options that a server does not know are left out from then on."""
        why, wait = "", self._endpoint.wait
        for attempt in range(self._endpoint.attempts):
            if attempt:
                self._sleep(min(wait, _LONGEST_WAIT))
            try:
                return self._once({**body, **self._optional})
            except urllib.error.HTTPError as error:
                why, named = _said(error), _seconds(error.headers.get("Retry-After"))
                wait = max(self._endpoint.wait * 2.0**attempt, named)
                if error.code not in _PASSING:
                    wait = self._refused(error.code, why)
            except (OSError, HTTPException) as error:  # no connection, a connection that broke, no answer in time
                why = str(getattr(error, "reason", "") or error or type(error).__name__)
                wait = self._endpoint.wait * 2.0**attempt
        raise EndpointError(f"{self._address}: no answer after {self._endpoint.attempts} attempts ({why})")

    def _once(self, body: Mapping[str, Any]) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        request = urllib.request.Request(self._address, json.dumps(body).encode(), headers, method="POST")  # noqa: S310
        with self._opener.open(request, timeout=self._endpoint.timeout) as answer:
            return bytes(answer.read(_LARGEST_ANSWER))

    def _refused(self, code: int, why: str) -> float:
        """What to do about a refusal: leave options out and ask at once, ask for less, or give up."""
        if code in (400, 422) and self._optional:
            self._optional.clear()
            return 0.0
        if code in (400, 413, 422):
            raise _TooMuchError(why)
        raise EndpointError(f"{self._address}: {why}")


def _reply(answer: bytes, asked: int) -> Reply:
    """A server's answer as a reply; whatever is wrong with it, it is a value and not an error."""
    try:
        body = json.loads(answer)
        choice = body["choices"][0]
        content = str(choice["message"]["content"] or "")
    except (ValueError, LookupError, TypeError):
        return Reply(None, Usage(), "the server's answer is not of the chat protocol")
    usage = _usage(body, asked, len(content))
    if choice.get("finish_reason") == "length":
        return Reply(None, usage, "the answer was cut off")
    value = _json_object(content)
    return Reply(value, usage, "" if value is not None else "the answer is not JSON")


def _json_object(content: str) -> Mapping[str, Any] | None:
    """The JSON object of an answer, without the thinking, the fences and the words that some models put around it."""
    bare = _THINKING.sub("", content)
    start, end = bare.find("{"), bare.rfind("}")
    try:
        value = json.loads(bare[start : end + 1]) if start >= 0 else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _usage(body: Mapping[str, Any], asked: int, answered: int) -> Usage:
    said = body.get("usage")
    counts = said if isinstance(said, dict) else {}
    return Usage(_count(counts.get("prompt_tokens"), asked), _count(counts.get("completion_tokens"), answered))


def _count(value: object, characters: int) -> int:
    """A server's own count, else about one token for two characters, which is high for English and low for Chinese."""
    return value if isinstance(value, int) and value >= 0 else characters // 2


def _said(error: urllib.error.HTTPError) -> str:
    """A refusal in one line: the code, and the beginning of what the server says."""
    try:
        text = error.read(2_000).decode("utf-8", "replace")
    except (OSError, HTTPException):
        text = ""
    return " ".join(f"HTTP {error.code} {text}".split())[:300]


def _seconds(header: str | None) -> float:
    try:
        return max(float(header or 0), 0.0)
    except ValueError:
        return 0.0
