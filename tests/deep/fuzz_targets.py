"""What is fuzzed: every reader, and what a command does next with what was read, before anything is computed."""

import io
import json
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from commanded import SMALL
from small_log import log_of, write

from bayes_self.evidence.files import read_evidence
from bayes_self.explorer.guard import Guard
from bayes_self.explorer.server import Explorer
from bayes_self.explorer.shelf import Shelf
from bayes_self.files.formats import parquet_from_rows
from bayes_self.files.tables import Table
from bayes_self.fit.answers import read as read_answers
from bayes_self.fit.answers import read_cells
from bayes_self.fit.mapping import load_mapping, parse_mapping, shipped
from bayes_self.fit.model_file import model_of
from bayes_self.fit.questionnaire.files import mapping_text
from bayes_self.fit.questionnaire.samples import Plan, samples
from bayes_self.fit.records import read_records
from bayes_self.fit.translation import mapped
from bayes_self.model.coordinates import coordinates_of
from bayes_self.model.counts import counts_of
from bayes_self.model.parameters import parameters_of
from bayes_self.scenario import gallery, load, parse
from bayes_self.scenario.tell import tell

ROW = {"stream": "rl", "probe": "phone", "outcome": "nothing happens", "count": 7.0}
SAID = {"llm": "m1", "setup": {"prompt": "You are Marie Curie."}, "q": "q1", "said": "A language model."}
ANSWERS = b"model,persona,route,probe,item,outcome,count,n\nm,p,r,q,i,yes,3,5\nm,p,r,q,i,no,1,5\n"
MODEL = b'program = "self-model"\nnone = ["none"]\n[persona]\nq = ["yes"]\n[self]\nq = ["no"]\n'
MAPPING = """\
loose = true
closed = true
refusals = ["no"]
rest = "otherwise"
[columns]
model = "llm"
item = "q"
outcome = "said"
[[rows]]
where = { "setup.prompt" = "You are Marie Curie." }
set = { persona = "curie", route = "system" }
[facets]
substrate = ["q1"]
[self]
substrate = ["language model"]
[spelling]
"language model" = ["an LLM"]
"""
OF_LOGS = """[columns]
persona = "metadata.persona"
route = "metadata.route"
item = "sample"
outcome = "score.reader.answer"
[facets]
substrate = ["q0", "q1"]
"""


TOKEN = "t" * 43
QUESTIONS = ("believed", "saved", "sheet", "turning_points")
QUESTION = {"scenario": "the_void", "set": {"coherence": "0.5", "salience": "0.2"}, "frame": "simulator"}
QUESTION |= {"target": "jfk"}
NEXT_MEMBER = b"\f\n"
"""What parts the members of a log; the first line of each is its name."""


@cache
def small():
    return parse(SMALL)


@cache
def mapping():
    return parse_mapping(MAPPING)


def scenario(path):
    """Load, tell, make the arrays, and write: what was written is the same scenario."""
    found = load(path)
    tell(found)
    parameters_of(found, coordinates_of(found))
    assert parse(found.to_toml()).to_dict() == found.to_dict()


def evidence(path):
    counts_of(read_evidence(path, small()), coordinates_of(small()))


def with_mapping(path):
    """A mapping that is read is held against data: nothing but a fault may come of that."""
    rows = [json.loads(json.dumps(SAID)), SAID | {"q": ["q1"], "count": 3.0}, {"model": "m", "persona": None}]
    mapped(Table(list(enumerate(rows, 1)), source="rows"), load_mapping(path))


def questionnaire(path):
    """A scenario's questions, answered by their targets, come back through its mapping."""
    found = load(path)
    if len(found.facets) > 6 or sum(len(facet.values) for facet in found.facets.values()) > 30:
        return
    rows = [{"model": "m", "answer": row["target"], **row} for row in samples(found, Plan((2,), 1, 1))]
    mapped(Table(list(enumerate(rows, 1)), source="rows"), parse_mapping(mapping_text(found)))


def logs(path):
    """A log's rows, and its answers by a mapping."""
    assert all(isinstance(row, dict) for _, row in read_records(path).rows)
    read_answers(path, parse_mapping(OF_LOGS))


def members(path):
    """A log whose members are these: bytes that are changed within a zip seldom reach what reads them."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log.eval")
        with zipfile.ZipFile(log, "w") as archive:
            for member in path.read_bytes().split(NEXT_MEMBER):
                name, _, content = member.partition(b"\n")
                archive.writestr(name.decode("latin-1"), content)
        logs(log)


@cache
def explorer():
    """A server that nobody can reach, with the gallery on its shelf."""
    server = Explorer(Shelf(), 0, TOKEN)
    server.server_close()
    server.guard = Guard(1, TOKEN)
    server.give_way = lambda connection: None
    return server


def question(path):
    """Every question that a page can ask, with this body."""
    for about in QUESTIONS:
        reply = _replied(_request(f"ask/{about}", path.read_bytes()))
        assert reply[9:12] in (b"200", b"400", b"422"), reply


def request(path):
    """A request as it comes from the network."""
    assert b" 500 " not in _replied(path.read_bytes()).partition(b"\r\n")[0]


def _request(below, body):
    head = f"POST /{TOKEN}/{below} HTTP/1.1\r\nHost: 127.0.0.1:1\r\nOrigin: http://127.0.0.1:1\r\nConnection: close\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _replied(content):
    line = Line(content)
    explorer().finish_request(line, ("127.0.0.1", 2))  # pyright: ignore[reportArgumentType]
    return bytes(line.reply)


class Line:
    """A connection on which everything has been said already."""

    def __init__(self, content):
        self.content, self.reply = content, bytearray()

    def makefile(self, *_):
        return io.BytesIO(self.content)

    def sendall(self, content):
        self.reply += content

    def settimeout(self, _):
        """It never waits."""

    def setsockopt(self, *_):
        """It has no options."""


TARGETS = {
    "scenario.toml": scenario,
    **dict.fromkeys(("evidence.csv", "evidence.jsonl", "evidence.parquet"), evidence),
    "answers.csv": lambda path: read_answers(path).n.sum(),
    "cells.csv": read_cells,
    "model.toml": lambda path: model_of(str(path)),
    "mapping.toml": with_mapping,
    "questionnaire.toml": questionnaire,
    **dict.fromkeys(("log.json", "log.eval"), logs),
    "log.members": members,
    "question.json": question,
    "request.http": request,
    **dict.fromkeys(
        ("data.csv", "data.jsonl", "data.json", "data.parquet"), lambda path: read_answers(path, mapping()).n.sum()
    ),
}
"""{name of the file: what reads it}."""


@cache
def seeds(name):
    """Files to start from."""
    mappings = [(Path(load_mapping.__code__.co_filename).parent / f"{each}.toml").read_bytes() for each in shipped()]
    said = {"llm": "m1", "setup.prompt": "You are Marie Curie.", "q": "q1", "said": "A language model."}
    return {
        "scenario.toml": [SMALL.encode(), *(gallery.path(each).read_bytes() for each in gallery.names())],
        "evidence.csv": [b"stream,probe,outcome,count\nrl,phone,nothing happens,7\n"],
        "evidence.jsonl": [json.dumps(ROW).encode() + b"\n"],
        "evidence.parquet": [parquet_from_rows([ROW])],
        "answers.csv": [ANSWERS],
        "cells.csv": [b"model,persona,route,probe,item\nm,p,r,q,i\n"],
        "model.toml": [MODEL],
        "mapping.toml": [MAPPING.encode(), *mappings],
        "questionnaire.toml": [SMALL.encode()],
        "log.json": _logs(name) if name == "log.json" else [],
        "log.eval": _logs(name) if name == "log.eval" else [],
        "log.members": _members() if name == "log.members" else [],
        "question.json": [json.dumps(QUESTION).encode()],
        "request.http": [_request("ask/saved", json.dumps(QUESTION).encode())],
        "data.json": [json.dumps([SAID]).encode()],
        "data.csv": [(",".join(said) + "\n" + ",".join(said.values()) + "\n").encode()],
        "data.jsonl": [json.dumps(SAID).encode() + b"\n"],
        "data.parquet": [_parquet([said])],
    }[name]


def _logs(name):
    with tempfile.TemporaryDirectory() as folder:
        write(log_of(), Path(folder, name))
        return [Path(folder, name).read_bytes()]


def _members():
    with zipfile.ZipFile(io.BytesIO(_logs("log.eval")[0])) as archive:
        return [NEXT_MEMBER.join(name.encode() + b"\n" + archive.read(name) for name in archive.namelist())]


def _parquet(rows):
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue().to_pybytes()


TOKENS = [
    *(
        b"scenario",
        b"frame",
        b"evidence",
        b"expected",
        b"fresh",
        b"target",
        b"POST",
        b"Host: ",
        b"\r\n\r\n",
        b"HTTP/1.1",
    ),
    *(b"nan", b"-inf", b"-0", b"1e308", b"9" * 400, b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\r", b'"', b"[[", b"]"),
    *(b"{", b"}", b"=", b".", b",", b"\n", b"true", b"1979-05-27", b"\\u0000", b"\xe2\x80\xa8", b"[" * 200),
    *(b"facets", b"identities", b"streams", b"world", b"unknown", b"kind", b"about", b"given", b"outcomes", b"values"),
    *(b"reliability", b"weight", b"ownership", b"errors", b"part", b"readings", b"probes", b"mentions", b"claims"),
    *(b"base", b"profile", b"prior", b"bits", b"salience", b"coherence", b"trials", b"facts", b"tables", b"beta"),
    *(b"columns", b"where", b"set", b"skip", b"spelling", b"neither", b"keep", b"share", b"0.5", b"0", b"1"),
]
