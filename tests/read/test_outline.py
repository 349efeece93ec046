"""The outline on layouts of several provinces: nesting, damaged markers, years and directions."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.frame import load_frame
from kg.read.outline import read_outline
from tests.marked import document_of


def outline(text, folder):
    """Return ``(level, marker, heading, year, modality)`` of each section, after checking they cover the text."""
    document = document_of(text, folder)
    check(text, document.sections)
    return [(s.level, s.marker.strip(), s.heading, s.year, s.modality) for s in document.sections]


def check(text, sections):
    for number, s in enumerate(sections):
        assert s.number == number
        assert 0 <= s.start < s.heading_end <= s.end <= len(text)
        assert text[s.start :].startswith(s.marker)
        if s.parent is None:
            assert s.level == 1
        else:
            above = sections[s.parent]
            assert above.start < s.start
            assert s.end <= above.end
            assert s.level == above.level + 1
    top = [s for s in sections if s.parent is None]
    for left, right in pairwise(top):
        assert left.end == right.start
    if top:
        assert top[-1].end == len(text)
    for one in sections:
        siblings = [s for s in sections if s.parent == one.number]
        for left, right in pairwise(siblings):
            assert left.end == right.start
        if siblings:
            assert siblings[-1].end == one.end


def test_a_township_that_sums_up_one_year_and_plans_the_next(tmp_path):
    text = (
        "白石镇2023年工作总结和2024年工作计划\n\n2023年以来,各项工作稳步推进。\n"
        "一、2023年工作总结\n（一）项目建设提速\n1.建成白石大桥。全长310米。\n2.建成滨河步道。\n(二)民生改善\n1、新建幼儿园。\n"
        "二、2024年工作计划\n（一）抓产业\n1. 新建茶厂。\n"
    )
    past, plan = (2023, "reported"), (2024, "planned")
    assert outline(text, tmp_path) == [
        (1, "一、", "2023年工作总结", *past),
        (2, "（一）", "项目建设提速", *past),
        (3, "1.", "建成白石大桥", *past),
        (3, "2.", "建成滨河步道", *past),
        (2, "(二)", "民生改善", *past),
        (3, "1、", "新建幼儿园", *past),
        (1, "二、", "2024年工作计划", *plan),
        (2, "（一）", "抓产业", *plan),
        (3, "1.", "新建茶厂", *plan),
    ]
    assert [s.heading for s in document_of(text, tmp_path).sections if s.work_item] == ["新建茶厂"]


def test_a_city_report_without_the_middle_level(tmp_path):
    text = (
        "政府工作报告\n——2025年1月8日在人大会议上\n一、2024年工作回顾\n过去一年,我们克难奋进。\n1.实体经济壮大。规上工业增长6%。\n"
        "2.城乡面貌改善。\n二、2025年政府工作的总体要求和预期目标\n三、2025年重点工作\n(一)扩大内需。\n"
    )
    assert outline(text, tmp_path) == [
        (1, "一、", "2024年工作回顾", 2024, "reported"),
        (2, "1.", "实体经济壮大", 2024, "reported"),
        (2, "2.", "城乡面貌改善", 2024, "reported"),
        (1, "二、", "2025年政府工作的总体要求和预期目标", 2025, "planned"),
        (1, "三、", "2025年重点工作", 2025, "planned"),
        (2, "(一)", "扩大内需", 2025, "planned"),
    ]


def test_parts_and_chapters_stand_above_numbered_headings(tmp_path):
    text = "云岭县2024年工作要点\n第一部分 总体要求\n稳中求进。\n第二部分 重点任务\n一、公路\n1、建成二级公路。\n(1)路基。\n①排水。\n"
    assert [s[:3] for s in outline(text, tmp_path)] == [
        (1, "第一部分", "总体要求"),
        (1, "第二部分", "重点任务"),
        (2, "一、", "公路"),
        (3, "1、", "建成二级公路"),
        (4, "(1)", "路基"),
        (5, "①", "排水"),
    ]


@pytest.mark.parametrize(
    "markers",
    [
        ("(一)", "(", "(三)"),
        ("（一）", "（", "（三）"),
        ("(一)", "(一)", "(三)"),
        ("(一)", "(三)", "(九)"),
        ("( 一 )", "(二）", "（三)"),
        ("(一)、", "（二）.", "(三)"),
    ],
)
def test_a_damaged_repeated_or_skipped_marker_still_opens_its_section(markers, tmp_path):
    first, second, third = markers
    text = (
        f"一、2022年上半年工作开展情况\n{first}经济运行平稳。税收增长。\n{second}完成水库除险加固,投资120万元。\n"
        f"{third}安全生产稳定。\n二、下半年工作打算\n抓好秋收。\n"
    )
    found = outline(text, tmp_path)
    assert [s[0] for s in found] == [1, 2, 2, 2, 1]
    assert found[2][2].startswith("完成水库除险加固")
    assert [s[4] for s in found] == ["reported"] * 4 + ["planned"]


def test_years_written_in_chinese_numerals(tmp_path):
    text = "红旗街道二〇二三年工作总结\n一、二〇二三年工作\n修了路。\n二、二○二四年打算\n修桥。\n"
    assert [s[3:] for s in outline(text, tmp_path)] == [(2023, "reported"), (2024, "planned")]


def test_an_office_that_names_no_year_in_its_headings_takes_the_titles(tmp_path):
    text = "平湖乡2022年上半年工作情况及下半年工作安排\n一、上半年工作开展情况\n修路。\n二、存在问题\n缺钱。\n三、下半年工作打算\n架桥。\n"
    assert [s[3:] for s in outline(text, tmp_path)] == [(2022, "reported"), (2022, None), (2022, "planned")]


def test_without_any_year_but_a_date_a_summary_of_january_is_about_the_year_before(tmp_path):
    text = "桐城街道工作总结\n发布日期:2022年1月12日\n一、主要工作\n修路。\n"
    assert outline(text, tmp_path)[0][3:] == (2021, "reported")


def test_a_plan_alone_makes_every_numbered_item_a_work_item(tmp_path):
    text = "河口镇2024年重点工作安排\n1.建成河口大桥。\n2.启动旧街改造。\n"
    sections = document_of(text, tmp_path).sections
    assert [(s.year, s.modality, s.work_item) for s in sections] == [(2024, "planned", True)] * 2


def test_numbers_dates_and_table_rows_are_no_headings(tmp_path):
    text = "红山镇2022年工作总结\n2022年修路。\n3.5公里管网完工。\n1.2亿元投资到位。\n1\t红山路\t在建\n2.\t南桥\t在建\n"
    assert outline(text, tmp_path) == []


def test_a_text_without_headings_has_no_sections(tmp_path):
    assert document_of("红山镇工作总结\n修了路,架了桥。\n", tmp_path).sections == ()


def test_the_innermost_section_is_found_by_offset(tmp_path):
    text = "甲镇2022年工作总结\n一、工作\n(一)修路。沥青路面。\n(二)架桥。\n"
    document = document_of(text, tmp_path)
    assert document.section_at(0) is None
    assert document.section_at(text.index("沥青")).marker == "(一)"
    assert document.section_at(len(text) - 1).marker == "(二)"


LINE = st.sampled_from(
    [
        "一、工作",
        "二、2024年打算",
        "(一)修路。",
        "（二）架桥",
        "1.植树。",
        "2、挖渠,长。",
        "(1)村",
        "①田",
        "(修缮祠堂院墙,完工",
        "正文。",
        "",
        "　　",
    ]
)


@given(st.lists(LINE, max_size=30), st.sampled_from(["\n", "\r\n", "\n\n"]))
@settings(deadline=None)
def test_sections_nest_and_cover_any_text(lines, end):
    text = end.join(lines)
    check(text, read_outline(text, load_frame(), (), "2023年工作总结", None))


def test_time_grows_with_the_text_not_with_its_square():
    block = "一、2023年工作\n(一)修路。完成投资。\n1.东线。\n2.西线。\n正文说了一些事情。\n"

    def seconds(times):
        text = block * times
        start = time.process_time()
        assert len(read_outline(text, load_frame(), (), None, None)) == 4 * times
        return time.process_time() - start

    seconds(200)
    assert seconds(4000) < 30 * max(seconds(400), 0.002)


def test_paragraphs_tell_the_direction_where_no_heading_does(tmp_path):
    text = (
        "屏山县2024年政府工作报告(节选)\n\n过去的2023年,我们负重爬坡。\n(一)抓项目。龙溪水库除险加固工程通过完工验收。\n"
        "2024年,我们将重点抓好四件大事。\n(一)抓交通。新市金沙江特大桥工程年内完成主桥合龙。\n"
    )
    sections = document_of(text, tmp_path).sections
    check(text, sections)
    assert [(s.level, s.year, s.modality) for s in sections] == [
        (1, 2023, "reported"),
        (2, 2023, "reported"),
        (1, 2024, "planned"),
        (2, 2024, "planned"),
    ]


def test_the_only_period_of_a_document_without_headings_is_its_titles(tmp_path):
    document = document_of("某县2025年重点工作计划\n\n上半年完成游客中心智慧化改造。\n", tmp_path)
    assert document.period_at(20) == (2025, "planned")


def test_sections_before_the_paragraph_that_turns_to_the_plan_report(tmp_path):
    text = "某街道2023年度工作总结及2024年工作计划\n(一)抓党建。开展宣讲。\n2024年,我们将突出五个持续。\n"
    assert [(s.year, s.modality) for s in document_of(text, tmp_path).sections] == [
        (2023, "reported"),
        (2024, "planned"),
    ]
