"""The server: one page, its files, and five questions, on the loopback address only."""

import json
import select
import socket
import sys
import threading
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bayes_self.errors import BayesSelfError
from bayes_self.explorer.answer import answer
from bayes_self.explorer.edited_file import saved
from bayes_self.explorer.files import SECURITY, page_files
from bayes_self.explorer.guard import Guard, Refusal, length_of
from bayes_self.explorer.question import asked
from bayes_self.explorer.sheet import sheet, shelf_object
from bayes_self.explorer.shelf import Shelf
from bayes_self.explorer.turning_points import turning_points
from bayes_self.results.objects import as_text

LOOPBACK = "127.0.0.1"
_PATIENCE = 60.0
"""Seconds that a connection may say nothing."""


class Explorer(ThreadingHTTPServer):
    """Answers one browser's questions about what is on the shelf."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, shelf: Shelf, port: int, token: str) -> None:
        self.shelf = shelf
        super().__init__((LOOPBACK, port), _Handler)
        self.guard = Guard(self.server_address[1], token)
        self.answering = threading.Lock()

    @property
    def address(self) -> str:
        """Where the page is, without edits."""
        return f"http://{LOOPBACK}:{self.guard.port}/{self.guard.token}/"

    def answered(self, about: str, what: Any, pause: Callable[[], None] = lambda: None) -> dict[str, Any]:
        """The answer to a question, one at a time; a search gives way to them. Raises BayesSelfError."""
        if about == "turning_points":
            return _turning_points(what, self, pause)
        with self.answering:
            return _QUESTIONS[about](what, self)

    def give_way(self, connection: socket.socket) -> None:
        """Wait until no question is being answered; raises ConnectionError where the page has gone away meanwhile."""
        with self.answering:
            pass
        if select.select([connection], [], [], 0)[0] and not connection.recv(1, socket.MSG_PEEK):
            raise ConnectionAbortedError

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no news."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            traceback.print_exc()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _PATIENCE

    @property
    def _explorer(self) -> Explorer:
        assert isinstance(self.server, Explorer)
        return self.server

    def do_GET(self) -> None:
        below = self._admitted()
        if below is None:
            return
        if below in page_files():
            return self._send(HTTPStatus.OK, *page_files()[below])
        return self._refuse(Refusal(HTTPStatus.NOT_FOUND, "no such page"))

    def do_POST(self) -> None:
        length = length_of(self.headers)
        if isinstance(length, Refusal):
            return self._refuse(length)
        below = self._admitted()
        if below is None:
            return
        if below.removeprefix("ask/") not in (*_QUESTIONS, "turning_points") or not below.startswith("ask/"):
            return self._refuse(Refusal(HTTPStatus.NOT_FOUND, "no such page"))
        return self._answer(below.removeprefix("ask/"), self.rfile.read(length))

    def _admitted(self) -> str | None:
        found = self._explorer.guard.admitted(self.command, self.path, self.headers)
        if isinstance(found, str):
            return found
        return self._refuse(found)

    def _answer(self, about: str, body: bytes) -> None:
        try:
            found = self._explorer.answered(about, json.loads(body), lambda: self._explorer.give_way(self.connection))
        except BayesSelfError as error:
            return self._send_json(HTTPStatus.UNPROCESSABLE_ENTITY, {"refused": str(error)})
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
            return self._send_json(HTTPStatus.BAD_REQUEST, {"refused": "this is no question"})
        except ConnectionError:
            raise
        except Exception as error:  # ours to mend: told where we see it, and the page goes on
            traceback.print_exc()
            failed = {"refused": f"the engine failed ({type(error).__name__}); its terminal says more"}
            return self._send_json(HTTPStatus.INTERNAL_SERVER_ERROR, failed)
        return self._send_json(HTTPStatus.OK, found)

    def _send_json(self, status: HTTPStatus, found: dict[str, Any]) -> None:
        self._send(status, "application/json", as_text(found, indent=None).encode())

    def _refuse(self, refusal: Refusal) -> None:
        self.close_connection = True  # what was not read is not taken for another request
        self._send(refusal.status, "text/plain; charset=utf-8", f"{refusal.why}\n".encode())

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response_only(status)
        for name, value in {**SECURITY, "Content-Type": kind, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the protocol refuses, said as plainly as everything else."""
        self._refuse(Refusal(HTTPStatus(code), "not in this form"))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: an address would put the token into somebody's log."""


def _shelf(what: Any, explorer: Explorer) -> dict[str, Any]:
    return shelf_object(explorer.shelf)


def _sheet(what: Any, explorer: Explorer) -> dict[str, Any]:
    name = what.get("scenario") if isinstance(what, dict) else None
    return sheet(explorer.shelf.offer(name, afresh=True))


def _believed(what: Any, explorer: Explorer) -> dict[str, Any]:
    return answer(asked(what, explorer.shelf))


def _turning_points(what: Any, explorer: Explorer, pause: Callable[[], None]) -> dict[str, Any]:
    return turning_points(asked(what, explorer.shelf), what.get("target"), pause)


def _saved(what: Any, explorer: Explorer) -> dict[str, Any]:
    return saved(asked(what, explorer.shelf))


_QUESTIONS: dict[str, Callable[[Any, Explorer], dict[str, Any]]] = {
    "shelf": _shelf,
    "sheet": _sheet,
    "believed": _believed,
    "saved": _saved,
}
