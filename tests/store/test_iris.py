import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import GovPlanError
from kg.store import Iris

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(NAMES)
def test_any_name_makes_an_iri_a_parser_takes(name: str) -> None:
    iri = Iris().of("project", name)
    line = f"<{iri}> <http://p> <http://o> ."
    assert next(iter(pyoxigraph.parse(line, format=pyoxigraph.RdfFormat.N_TRIPLES))).subject.value == iri


@given(NAMES, NAMES)
def test_two_names_never_share_an_iri(one: str, other: str) -> None:
    assert (Iris().of(one) == Iris().of(other)) == (one == other)


def test_chinese_stays_readable() -> None:
    assert Iris("http://x/").of("street", "惠康路(罗岗路—锦龙路)") == "http://x/street/惠康路(罗岗路—锦龙路)"


def test_a_document_cannot_take_the_place_of_a_shared_graph() -> None:
    iris = Iris()
    shared = {iris.gazetteer, iris.names, iris.ontology}
    assert not shared & {iris.graph(stem) for stem in ("gazetteer", "names", "ontology")}


@pytest.mark.parametrize("base", ["id/", "http://x", "http://a b/", ""])
def test_a_base_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(GovPlanError, match="base IRI"):
        Iris(base)
