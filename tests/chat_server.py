"""A server on loopback that speaks the chat protocol, with a model that a test writes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Data = dict[str, Any]


@dataclass
class Answer:
    """What the server sends: a status with headers, and a body; `wait` seconds go by before it."""

    content: str = ""
    status: int = 200
    finish: str = "stop"
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    wait: float = 0.0


@dataclass
class Server:
    """A running server: its address, what it was asked (body and headers), and an event that ends every wait."""

    url: str
    asked: list[tuple[Data, dict[str, str]]]
    closing: threading.Event

    @property
    def data(self) -> list[Data]:
        return [json.loads(body["messages"][1]["content"]) for body, _ in self.asked]

    def sentences(self) -> list[str]:
        """Every sentence that was asked about, in order."""
        return [item["zh"] for data in self.data for item in data["sentences"]]


@contextmanager
def chat_server(model: Callable[[Data, int], Answer | Data]) -> Iterator[Server]:
    """Serves a model: a function of the data and of the number of the request, which gives an answer or its JSON."""
    asked: list[tuple[Data, dict[str, str]]] = []
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((body, dict(self.headers)))
            answer = model(json.loads(body["messages"][1]["content"]), len(asked))
            if not isinstance(answer, Answer):
                answer = Answer(json.dumps(answer, ensure_ascii=False))
            closing.wait(answer.wait)
            choice = {"message": {"role": "assistant", "content": answer.content}, "finish_reason": answer.finish}
            sent = {"choices": [choice], "usage": {"prompt_tokens": 100, "completion_tokens": 50}}
            payload = answer.raw if answer.raw is not None else json.dumps(sent).encode()
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)
            except OSError:
                self.close_connection = True  # the client did not wait

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_address[1]}/v1", asked, closing)
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
