"""The explorer's door, knocked at over HTTP: only its own page, with the token, from this machine, gets an answer."""

import http.client
import json
import socket
import threading

import pytest

from bayes_self.explorer.files import page_files
from bayes_self.explorer.server import Explorer
from bayes_self.explorer.shelf import Shelf

TOKEN = "t" * 43
DOORS = ["", "main.js", "ask/shelf"]


@pytest.fixture(scope="module")
def explorer(tmp_path_factory):
    """A server with a shelf on which one file lies beside the gallery; no question here wakes the engine."""
    secret = tmp_path_factory.mktemp("shelf") / "mine.toml"
    secret.write_text('title = "Mine"\n[facets.a]\nvalues = ["x", "y"]\n[identities.one]\nprofile.a = "x"\n')
    server = Explorer(Shelf(str(secret)), 0, TOKEN)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def knock(explorer, method, target, body=None, **headers):
    """The status, the headers and the text of an answer."""
    port = explorer.guard.port
    given = {"Host": f"127.0.0.1:{port}"}
    if method == "POST":
        given |= {"Origin": f"http://127.0.0.1:{port}", "Content-Type": "application/json"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in given.items():
        if value is not None:
            line.putheader(name, value)
    content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    if method == "POST" and "Content-Length" not in given:
        line.putheader("Content-Length", str(len(content)))
    line.endheaders(content)
    reply = line.getresponse()
    found = reply.status, dict(reply.getheaders()), reply.read().decode()
    line.close()
    return found


def ask(explorer, about, what, **headers):
    status, _, text = knock(explorer, "POST", f"/{TOKEN}/ask/{about}", what, **headers)
    return status, text


def test_the_page_comes_whole_and_fetches_nothing_from_elsewhere(explorer):
    for name, (kind, content) in page_files().items():
        status, headers, text = knock(explorer, "GET", f"/{TOKEN}/{name}")
        assert (status, headers["Content-Type"]) == (200, kind)
        assert text.encode() == content
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Access-Control-Allow-Origin" not in headers
        assert "Server" not in headers
        addresses = text.replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in addresses
        assert "https:" not in addresses
        assert "eval(" not in text
        assert ".innerHTML" not in text
    assert {"", "main.js", "explore.css", "icon.svg"} <= set(page_files())


@pytest.mark.parametrize("token", ["", TOKEN[:-1], TOKEN + "t", "T" * 43, "%74" * 43, "..", "%C3%A9"])
@pytest.mark.parametrize("below", DOORS)
def test_without_the_token_nothing(explorer, token, below):
    target = f"/{token}/{below}"
    for method in ("GET", "POST"):
        status, _, text = knock(explorer, method, target, {})
        assert status == 403
        assert len(text) < 80


@pytest.mark.parametrize(
    "host", [None, "evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.evil.example", "[::1]:{port}"]
)
@pytest.mark.parametrize("below", DOORS)
def test_a_forged_host_nothing(explorer, host, below):
    method = "POST" if below.startswith("ask") else "GET"
    forged = host and host.format(port=explorer.guard.port)
    assert knock(explorer, method, f"/{TOKEN}/{below}", {}, Host=forged)[0] in (400, 421)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:{port}", "http://localhost:1", ""]
)
def test_a_foreign_origin_nothing(explorer, origin):
    foreign = origin.format(port=explorer.guard.port)
    assert ask(explorer, "shelf", {}, Origin=foreign)[0] == 403
    assert knock(explorer, "GET", f"/{TOKEN}/main.js", Origin=foreign)[0] == 403


def test_no_origin_at_all_asks_nothing(explorer):
    assert ask(explorer, "shelf", {}, Origin=None)[0] == 403


def test_another_page_may_link_here_and_no_more(explorer):
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert knock(explorer, "GET", f"/{TOKEN}/", **elsewhere, Sec_Fetch_Dest="document")[0] == 200
    assert knock(explorer, "GET", f"/{TOKEN}/", **elsewhere, Sec_Fetch_Dest="iframe")[0] == 403
    assert knock(explorer, "GET", f"/{TOKEN}/main.js", **elsewhere, Sec_Fetch_Dest="script")[0] == 403
    assert ask(explorer, "shelf", {}, Sec_Fetch_Site="cross-site")[0] == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None])
def test_forms_ask_nothing(explorer, kind):
    assert ask(explorer, "shelf", {}, Content_Type=kind)[0] == 415


@pytest.mark.parametrize(
    "path",
    [
        "../pyproject.toml",
        "..%2f..%2fetc/passwd",
        "/etc/passwd",
        "explore.css/..",
        "web/main.js",
        "main.js%00",
        "server.py",
        "ask/",
        "ask/../main.js",
        "ask/believed/x",
    ],
)
def test_a_path_outside_is_none(explorer, path):
    assert knock(explorer, "GET", f"/{TOKEN}/{path}")[0] == 404
    assert knock(explorer, "POST", f"/{TOKEN}/{path}", {})[0] == 404


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../models/jfk_coder", "jfk_coder.toml", "mine.toml", "", None, 3, ["mine"], {"a": 1}]
)
def test_a_scenario_is_a_name_on_the_shelf_and_no_path(explorer, name):
    for about in ("sheet", "believed", "saved"):
        status, text = ask(explorer, about, {"scenario": name})
        assert status == 422
        assert "no scenario of that name" in json.loads(text)["refused"]


def test_the_file_that_was_named_is_on_the_shelf(explorer):
    status, text = ask(explorer, "sheet", {"scenario": "mine"})
    assert status == 200
    assert json.loads(text)["title"] == "Mine"
    assert json.loads(ask(explorer, "shelf", {})[1])["first"] == "mine"


NO_QUESTIONS = [
    (b"", 400),
    (b"{", 400),
    (b"[" * 100_000, 400),
    (b"\xff", 400),
    (b"[]", 422),
    (b'{"scenario": "mine", "set": 3}', 422),
    (b'{"scenario": "mine", "frame": "x"}', 422),
    (b'{"scenario": "mine", "set": {"a b": "1"}}', 422),
    (b'{"scenario": "mine", "set": {"title=x": "1"}}', 422),
    (b'{"scenario": "mine", "set": {"coherence": "2"}}', 422),
    (b'{"scenario": "mine", "set": {" saliencz": "2"}}', 422),
    (b'{"scenario": "the_void", "set": {"coherence": "0..", " saliencz": "2"}}', 422),
]


@pytest.mark.parametrize(("body", "status"), NO_QUESTIONS)
def test_what_is_no_question_is_refused_in_a_sentence(explorer, body, status):
    found, text = ask(explorer, "saved", body)
    assert found == status
    assert json.loads(text)["refused"]
    assert "Traceback" not in text


@pytest.mark.parametrize(("length", "status"), [(str(2**40), 413), ("-1", 411), (None, 411), ("²", 411)])
def test_questions_have_a_length_that_is_bounded(explorer, length, status):
    assert ask(explorer, "shelf", {}, Content_Length=length)[0] == status
    assert ask(explorer, "shelf", {}, Transfer_Encoding="chunked")[0] == 411


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "PATCH", "CONNECT"])
def test_other_methods_do_nothing(explorer, method):
    assert knock(explorer, method, f"/{TOKEN}/")[0] == 501


def test_it_listens_on_the_loopback_address_only(explorer):
    assert explorer.server_address[0] == "127.0.0.1"
    elsewhere = socket.socket()
    elsewhere.bind(("127.0.0.2", explorer.guard.port))  # free: nobody listens there
    elsewhere.close()
