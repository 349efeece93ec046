import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.view import ViewData, read_view, write_page
from kg.view.model import Edge, Fact, Node, Quote
from tests.browser.conftest import Open
from tests.view.town import town

BAD = [
    '<img src=x onerror="document.title=1">',
    "</script><script>document.title=1</script>",
    '<a href="javascript:document.title=1">href</a>',
    "javascript:document.title=1",
    "]]><svg onload=document.title=1>{{7*7}}",
    '=HYPERLINK("http://x")',
]


@pytest.fixture(scope="module")
def data() -> ViewData:
    return read_view(town(400))


@pytest.fixture(scope="module")
def file(data: ViewData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "graph.html"
    write_page(data, path, "柳河街道知识图谱")
    return path


def named(data: ViewData, label: str) -> Node:
    """The node of a class that has most relations."""
    return max((node for node in data.nodes if node.label == label), key=lambda node: node.degree)


def shown(page: Page) -> set[str]:
    names: list[str] = page.evaluate("[...picture.view.nodes].map((id) => NODES[id].name)")
    return set(names)


def drawn(page: Page) -> int:
    """How many pixels of the canvas are not empty."""
    count: int = page.evaluate(
        """() => {
          const canvas = document.querySelector("#picture canvas");
          const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          let sum = 0;
          for (let at = 3; at < pixels.length; at += 4) sum += pixels[at] > 0;
          return sum;
        }"""
    )
    return count


def settled(page: Page) -> None:
    page.wait_for_timeout(400)


def test_the_first_picture_is_there_within_a_second_and_stands_still(browser: Browser, file: Path) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    took = []
    for _ in range(3):  # the best of three: other work on the machine is not the page's fault
        began = time.perf_counter()
        page.goto(file.as_uri())
        page.wait_for_function("picture.network !== null")
        assert drawn(page) > 5000
        took.append(time.perf_counter() - began)
    assert min(took) < 1
    where: Any = page.evaluate("picture.network.getPositions()")
    page.wait_for_timeout(300)
    assert page.evaluate("picture.network.getPositions()") == where
    page.close()


def test_the_overview_shows_initiatives_and_places_that_are_linked(open_page: Open, file: Path, data: ViewData) -> None:
    page = open_page(file)
    labels: set[str] = set(page.evaluate("[...picture.view.nodes].map((id) => NODES[id].label)"))
    assert {"Project", "Community"} <= labels
    assert not labels & {"Organization", "Award", "WorkItem"}
    alone = {node.name for node in data.nodes if node.degree == 0}
    assert not shown(page) & alone
    page.get_by_label("无其他关联的实体").check()
    assert {name for name in alone if name.endswith("项目")} <= shown(page)


def test_search_finds_aliases_and_opens_the_card(open_page: Open, file: Path, data: ViewData) -> None:
    community = named(data, "Community")
    page = open_page(file)
    page.keyboard.press("/")
    page.keyboard.type(community.aliases[0])
    first = page.locator("#suggestions li").first
    expect(first).to_contain_text(community.name)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_have_text(community.name)
    expect(page.locator("#suggestions")).to_be_hidden()
    settled(page)
    node = page.evaluate(f"picture.network.getPosition(BY_IRI.get({community.iri!r}))")
    middle = page.evaluate("picture.network.getViewPosition()")
    assert abs(node["x"] - middle["x"]) + abs(node["y"] - middle["y"]) < 4
    page.keyboard.press("Escape")
    expect(page.locator("#card .kind")).to_have_text("总览")


def test_enter_of_an_input_method_chooses_nothing(open_page: Open, file: Path) -> None:
    page = open_page(file)
    page.locator("#search").fill("社区")
    page.evaluate(
        """document.getElementById("search").dispatchEvent(
          new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true}))"""
    )
    expect(page.locator("#suggestions")).to_be_visible()
    expect(page.locator("#card .kind")).to_have_text("总览")


def test_what_is_not_shown_can_still_be_reached(open_page: Open, file: Path, data: ViewData) -> None:
    body = named(data, "Organization")
    page = open_page(file)
    page.locator("#search").fill(body.name)
    page.locator("#search").press("Enter")
    assert body.name in shown(page)
    expect(page.locator("#focus-name")).to_contain_text(body.name)
    around = {edge.subject for edge in data.edges if edge.object == body.iri}
    assert {node.name for node in data.nodes if node.iri in around} <= shown(page)


def test_focus_depth_back_and_reset(open_page: Open, file: Path, data: ViewData) -> None:
    community = named(data, "Community")
    around = {edge.subject for edge in data.edges if edge.object == community.iri}
    around |= {edge.object for edge in data.edges if edge.subject == community.iri}
    page = open_page(file)
    everything = shown(page)
    page.locator("#search").fill(community.name)
    page.locator("#search").press("Enter")
    page.get_by_role("button", name="聚焦周边").click()
    kinds = {"Organization", "Award", "WorkItem", "Person"}
    near = {n.name for n in data.nodes if n.iri in around | {community.iri} and n.label not in kinds}
    assert shown(page) == near
    page.get_by_role("button", name="两层").click()
    assert shown(page) > near
    assert len(shown(page)) < len(everything) / 2
    page.get_by_role("button", name="返回").click()
    expect(page.get_by_role("button", name="一层")).to_have_attribute("aria-pressed", "true")
    assert shown(page) == near
    page.get_by_role("button", name="重置").click()
    assert shown(page) == everything
    assert "#" not in page.url


def test_filters_by_class_year_and_phase(open_page: Open, file: Path, data: ViewData) -> None:
    page = open_page(file)
    page.get_by_label("项目").uncheck()
    assert not {n.name for n in data.nodes if n.label == "Project"} & shown(page)
    page.get_by_role("button", name="清除筛选").click()
    page.get_by_role("button", name="2022", exact=True).click()
    page.locator("#phases").get_by_label("竣工").check()
    settled(page)
    done = {n.name for n in data.nodes if any((f.year, f.phase) == (2022, "completed") for f in n.facts) and n.degree}
    initiatives = {n.name for n in data.nodes if n.label in {"Project", "Program", "Policy", "Event"}}
    assert shown(page) & initiatives
    assert shown(page) & initiatives <= done
    expect(page.locator("#status")).to_contain_text("显示")


def test_an_address_brings_back_what_was_seen(open_page: Open, file: Path, data: ViewData) -> None:
    community = named(data, "Community")
    page = open_page(file)
    page.locator("#search").fill(community.name)
    page.locator("#search").press("Enter")
    page.get_by_role("button", name="聚焦周边").click()
    page.get_by_role("button", name="2023", exact=True).click()
    again = open_page(file, "#" + page.url.split("#")[1])
    assert shown(again) == shown(page)
    expect(again.locator("#card h2")).to_have_text(community.name)
    strange = open_page(file, "#focus=nowhere&class=Nonsense&year=1&node=x&edge=a+b+c")
    assert strange.evaluate("state.focus") is None


def test_the_card_shows_facts_relations_and_marked_quotes(open_page: Open, file: Path, data: ViewData) -> None:
    work = max(
        (n for n in data.nodes if n.label == "Project" and len(n.years) == 2 and n.degree), key=lambda n: n.degree
    )
    page = open_page(file)
    page.locator("#search").fill(work.name)
    page.locator("#search").press("Enter")
    card = page.locator("#card")
    for fact in work.facts:
        expect(card.locator(".timeline")).to_contain_text(fact.text)
    quote = work.mentions[0]
    expect(card.locator("blockquote").last).to_contain_text("第 ")
    expect(card.locator("section", has_text="原文").locator("mark").first).to_have_text(quote.text)
    expect(card).to_contain_text(f"第 {quote.start}–{quote.end} 字")
    card.locator(".relation .link").first.click()
    expect(card.locator("h2")).not_to_have_text(work.name)


def test_the_table_holds_what_is_shown_and_downloads(open_page: Open, file: Path) -> None:
    page = open_page(file)
    page.get_by_role("button", name="表格").click()
    expect(page.locator("#table tbody tr")).to_have_count(len(shown(page)))
    with page.expect_download() as saved:
        page.get_by_role("button", name="下载 CSV").click()
    rows = list(csv.DictReader(io.StringIO(saved.value.path().read_text("utf-8-sig"))))
    assert {row["名称"] for row in rows} == shown(page)


def test_the_picture_downloads_as_png(open_page: Open, file: Path) -> None:
    page = open_page(file)
    with page.expect_download() as saved:
        page.get_by_role("button", name="导出图片").click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def test_dark_follows_the_system_and_the_button(browser: Browser, file: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(file.as_uri())
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="浅色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.close()


def test_hostile_text_stays_text(open_page: Open) -> None:
    quotes = tuple(Quote(bad, 0, 5, bad, f"前{bad}后", 1) for bad in BAD)
    fact = Fact("status", BAD[0], 2022, "done", BAD[1], quotes)
    nodes = tuple(
        Node(f"urn:x:{bad}", "Project" if at % 2 else "Community", bad, tuple(BAD), 2, (fact,), quotes)
        for at, bad in enumerate(BAD)
    )
    edges = tuple(Edge(b.iri, "location", a.iri, quotes, 0.5) for a, b in zip(nodes[::2], nodes[1::2], strict=True))
    classes = {"Project": BAD[0], "Community": BAD[1]}
    page = open_page(ViewData(nodes, edges, classes, {"location": BAD[2]}, {"done": BAD[0]}))
    for node in nodes:
        page.evaluate("(iri) => reach(BY_IRI.get(iri))", node.iri)
        expect(page.locator("#card h2")).to_have_text(node.name)
        expect(page.locator("#card blockquote mark").first).to_have_text(BAD[0])
    page.evaluate("go({ node: null, edge: 0 })")
    page.locator("#search").fill("script")
    page.get_by_role("button", name="表格").click()
    assert "\"'=HYPERLINK" in page.evaluate("table.csv()")
    assert page.locator("img, a[href], main script, svg[onload]").count() == 0
    assert page.title() == "柳河街道知识图谱"


def test_a_graph_without_relations_shows_what_it_names(open_page: Open) -> None:
    node = Node("urn:x", "Community", "东湖社区", (), 0, (), ())
    assert shown(open_page(ViewData((node,), (), {}, {}, {}))) == {"东湖社区"}


def test_an_empty_graph_says_so(open_page: Open) -> None:
    page = open_page(ViewData((), (), {}, {}, {}))
    expect(page.locator("#status")).to_have_text("图谱中还没有实体")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 700)])
def test_nothing_is_cut_off(open_page: Open, file: Path, width: int, height: int) -> None:
    page = open_page(file)
    page.set_viewport_size({"width": width, "height": height})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for name in ("返回", "重置", "表格", "导出图片"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width
