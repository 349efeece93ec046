"""The store: replacing one document and nothing else, dying half-way, two at once, another server."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph
import pytest
from rdflib import Dataset

from kg.documents import GovPlanError
from kg.store import Iris, built, export, open_dataset, prune_divisions, violations
from kg.store.dataset import quads
from tests.store.town import REPORT, Town, report, town_dataset, write

IRIS = Iris()


def graph(dataset: Dataset, name: str) -> set[str]:
    return set(map(str, quads(dataset, name)))


def memory() -> Dataset:
    return open_dataset(":memory:", writable=True)


def test_building_again_replaces_one_document_and_nothing_else() -> None:
    dataset = town_dataset()
    write(dataset, Town("⟦南三社区/Community⟧", "other.txt").resolution())
    other = graph(dataset, IRIS.graph("other"))
    write(dataset, Town("⟦惠康路/Street⟧竣工").resolution())
    assert graph(dataset, IRIS.graph("other")) == other
    fresh = memory()
    write(fresh, Town("⟦惠康路/Street⟧竣工").resolution())
    assert graph(dataset, IRIS.graph("report")) == graph(fresh, IRIS.graph("report"))


def test_a_new_version_gives_the_same_bytes_as_a_build_from_nothing() -> None:
    dataset = memory()
    write(dataset, Town("⟦南三社区/Community⟧⟦小河路/Street⟧竣工").resolution())
    write(dataset, report())
    prune_divisions(dataset, IRIS)
    assert export(dataset, "nquads") == export(town_dataset(), "nquads")


def test_places_no_document_names_any_more_go_and_their_common_ancestors_stay() -> None:
    dataset = town_dataset()
    write(dataset, Town("⟦南三社区/Community⟧", "other.txt").resolution())
    write(dataset, Town("⟦惠康路/Street⟧竣工").resolution())
    prune_divisions(dataset, IRIS)
    places = {str(q.subject.value).rsplit("/", 1)[-1] for q in quads(dataset, IRIS.gazetteer)}
    assert places == {"中国", "广东省", "深圳市", "龙岗区", "布吉街道", "南三社区"}


def test_a_thing_has_one_preferred_name_over_all_documents_in_any_order() -> None:
    plain = Town("⟦雏鹰计划/Program⟧启动", "a.txt").resolution()
    quoted = Town("⟦“雏鹰”计划/Program⟧启动", "b.txt").resolution(same={"“雏鹰”计划": "雏鹰计划"})
    quoted = _renamed(quoted, "雏鹰计划", "“雏鹰”计划")
    texts = []
    for order in ([plain, quoted], [quoted, plain]):
        dataset = memory()
        for resolution in order:
            write(dataset, resolution)
        assert violations(dataset) == []
        texts.append(export(dataset, "nquads"))
    assert texts[0] == texts[1]
    assert '<http://www.w3.org/2004/02/skos/core#prefLabel> "“雏鹰”计划"@zh' in texts[0]


def _renamed(resolution, old, new):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    entities = tuple(replace(e, name=new) if e.name == old else e for e in resolution.entities)
    return replace(resolution, entities=entities)


def test_what_is_built_is_known_by_its_digest() -> None:
    assert built(town_dataset()) == {IRIS.of("document", "report"): (Town().document().sha256, "test")}


def test_no_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(GovPlanError, match="kg build"):
        open_dataset(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_second_writer_gets_one_clear_line_and_a_reader_still_reads(tmp_path: Path) -> None:
    first = open_dataset(tmp_path / "s", writable=True)
    write(first, report())
    prune_divisions(first, IRIS)
    with pytest.raises(GovPlanError, match="open for writing already"):
        open_dataset(tmp_path / "s", writable=True)
    assert export(open_dataset(tmp_path / "s"), "nquads") == export(first, "nquads")


def test_a_store_nobody_holds_can_be_written_again(tmp_path: Path) -> None:
    write(open_dataset(tmp_path / "s", writable=True), report())
    write(open_dataset(tmp_path / "s", writable=True), report())


WRITER = """
import sys
from kg.store import open_dataset
from tests.store.town import Town, write
dataset = open_dataset(sys.argv[1], writable=True)
texts = ["⟦一号路/Street⟧、⟦二号路/Street⟧竣工。" * 200, "⟦三号路/Street⟧、⟦四号路/Street⟧竣工。" * 200]
resolutions = [Town(text).resolution() for text in texts]
write(dataset, resolutions[1])
print("ready", flush=True)
for turn in range(10000):
    write(dataset, resolutions[turn % 2])
"""


def test_a_writer_killed_at_any_moment_leaves_one_whole_graph(tmp_path: Path) -> None:
    whole = []
    for text in ("⟦一号路/Street⟧、⟦二号路/Street⟧竣工。" * 200, "⟦三号路/Street⟧、⟦四号路/Street⟧竣工。" * 200):
        dataset = memory()
        write(dataset, Town(text).resolution())
        whole.append(graph(dataset, IRIS.graph("report")))
    chance = random.Random(7)
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "s")], stdout=subprocess.PIPE, cwd=Path.cwd()
        )
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(0.2 + chance.random() * 0.5)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        found = graph(open_dataset(tmp_path / "s"), IRIS.graph("report"))
        assert found in whole
    write(open_dataset(tmp_path / "s", writable=True), report())
    after, fresh = open_dataset(tmp_path / "s"), town_dataset()
    assert graph(after, IRIS.graph("report")) == graph(fresh, IRIS.graph("report"))
    assert graph(after, IRIS.names) == graph(fresh, IRIS.names)


@pytest.fixture
def endpoint() -> Iterator[str]:
    """A SPARQL 1.1 server over HTTP whose default graph is the union."""
    store = pyoxigraph.Store()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            if self.headers["Content-Type"].startswith("application/sparql-update"):
                store.update(body)
                answer, kind = b"", "text/plain"
            else:
                text = parse_qs(body)["query"][0] if "x-www-form" in self.headers["Content-Type"] else body
                found = store.query(text, use_default_graph_as_union=True)
                answer, kind = (
                    found.serialize(format=pyoxigraph.QueryResultsFormat.XML),
                    "application/sparql-results+xml",
                )
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


def test_any_sparql_store_by_url_holds_the_same_graph(endpoint: str) -> None:
    remote = open_dataset(endpoint, writable=True)
    write(remote, Town(REPORT.replace("竣工", "开工")).resolution())
    write(remote, report())
    prune_divisions(remote, IRIS)
    assert export(remote, "nquads") == export(town_dataset(), "nquads")
    assert built(remote) == built(town_dataset())
