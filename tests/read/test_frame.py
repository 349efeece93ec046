"""What the frame of a document says: title, publisher, date, years, sections and page furniture."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import read_document
from tests.marked import document_of

SEED = Path("seeds/buji-2022-2023.txt")


@pytest.fixture(scope="module")
def seed():
    return read_document(SEED)


def test_the_users_document(seed):
    assert seed.title == "布吉街道2022年工作总结及2023年工作计划"
    assert seed.issued == "2023-07-11"
    assert "布吉街道" in seed.publisher
    assert seed.years == ((2022, "reported"), (2023, "planned"))


def test_every_section_of_the_users_document_is_there(seed):
    marks = {"一": [], "二": []}
    part = ""
    for section in seed.sections:
        if section.heading.startswith("20"):
            part = "一" if section.year == 2022 else "二"
        elif part:
            marks[part].append(section.heading[:12])
    headings = " ".join(s.heading for s in seed.sections)
    assert "稳控大局" in headings, "the heading that lost its number"
    assert sum(s.work_item for s in seed.sections) == 21


def test_page_furniture_is_set_aside_and_kept(seed):
    furniture = "".join(seed.text[a:b] for a, b in seed.chrome)
    assert "扫一扫" in furniture
    assert "浏览次数" in furniture
    assert "扫一扫" in seed.text


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("临江区2021年政府工作报告\n\n一、2020年工作回顾\n完成了任务。\n二、2021年工作安排\n推进项目。\n", {2020: "reported", 2021: "planned"}),
        ("青石镇2024年上半年工作总结和下半年工作计划\n\n一、上半年工作情况\n完成了任务。\n二、下半年工作打算\n推进项目。\n", {2024: "planned"}),
        ("云水县2019年工作总结\n\n（一）抓项目。完成了任务。\n（二）抓民生。建成学校。\n", {2019: "reported"}),
    ],
)  # fmt: skip
def test_sections_know_their_year_and_direction(text, years, tmp_path):
    document = document_of(text, tmp_path)
    found = {s.year: s.modality for s in document.sections if s.year}
    for year, modality in years.items():
        assert found[year] == modality


@pytest.mark.parametrize("mark", ["（一）", "(一)", "1.", "1、", "一是", "一、"])
def test_markers_of_every_width_open_sections(mark, tmp_path):
    second = mark.replace("一", "二").replace("1", "2")
    text = f"白沙镇2023年工作总结\n\n{mark}抓好项目建设\n完成投资。\n{second}抓好民生改善\n建成学校。\n"
    headings = [s.heading for s in document_of(text, tmp_path).sections]
    if mark != "一是":
        assert any("项目建设" in h for h in headings)
        assert any("民生改善" in h for h in headings)


@given(
    st.lists(
        st.sampled_from(["一、总结", "（一）经济", "1.道路", "完成了任务。", "", "(坚持", "二、计划", "2023年"]),
        max_size=30,
    )
)
@settings(max_examples=150, deadline=None)
def test_sections_never_cross_and_lie_within_the_text(tmp_path_factory, lines):
    text = "某某镇2022年工作总结\n" + "\n".join(lines)
    document = document_of(text, tmp_path_factory.mktemp("d"))
    open_until = []
    for section in document.sections:
        assert 0 <= section.start <= section.heading_end <= section.end <= len(text)
        while open_until and open_until[-1] <= section.start:
            open_until.pop()
        assert not open_until or section.end <= open_until[-1]
        open_until.append(section.end)
