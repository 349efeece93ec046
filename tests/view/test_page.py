import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.documents import GovPlanError
from kg.view import read_view, render, write_page
from kg.view.model import Node, ViewData
from kg.view.page import wrap
from tests.view.town import town

TITLE = '柳河 <script>alert("1")</script>'


@pytest.fixture(scope="module")
def page() -> str:
    return render(read_view(town(80)), TITLE)


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_is_loaded_and_only_known_scripts_may_run(page: str) -> None:
    tags = Tags(page).found
    addresses = [value for _, attributes in tags for key, value in attributes.items() if key in {"src", "href"}]
    assert addresses == ["data:,"]
    policy = next(a["content"] for tag, a in tags if tag == "meta" and a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    scripts = [attributes for tag, attributes in tags if tag == "script" and "type" not in attributes]
    assert len(scripts) == policy.split("style-src")[0].count("sha256-")


def test_the_title_is_text(page: str) -> None:
    assert page.startswith("<!doctype html>")
    assert "<title>柳河 &lt;script&gt;" in page
    assert "alert(&#34;1&#34;)" in page


def test_the_same_graph_gives_the_same_page(page: str) -> None:
    assert render(read_view(town(80)), TITLE) == page


def test_data_cannot_close_its_script() -> None:
    node = Node("urn:x", "Project", "</script><script>x()", (), 0, (), ())
    page = render(ViewData((node,), (), {"Project": "项目"}, {}, {}), "x")
    assert "</script><script>x()" not in page
    assert "\\u003c/script\\u003e" in page


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("大芬", ["大芬"]),
        ("西环路道路交通综合整治工程", ["西环路道路交通", "综合整治工程"]),
        ("科技园路支线(二期)建设工程", ["科技园路支线", "(二期)建设工程"]),
        ("工" * 40, ["工" * 8, "工" * 8, "工" * 7 + "…"]),
    ],
)
def test_labels_are_wrapped_evenly_at_nine_characters(name: str, lines: list[str]) -> None:
    assert wrap(name).split("\n") == lines


def test_a_page_is_written_as_utf8(tmp_path: Path) -> None:
    write_page(read_view(town(20)), tmp_path / "图.html", "图谱")
    assert re.search("柳河街道", (tmp_path / "图.html").read_text("utf-8"))
    assert [path.name for path in tmp_path.iterdir()] == ["图.html"]


def test_a_folder_that_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(GovPlanError, match="cannot write the page"):
        write_page(ViewData((), (), {}, {}, {}), tmp_path / "no" / "x.html", "x")
