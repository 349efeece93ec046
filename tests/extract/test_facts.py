"""What sentences of the genre state, on mentions marked by hand."""

from decimal import Decimal

import pytest

from tests.marked import extraction_of

REPORTED = "⟦柳河街道/AdminArea⟧⟦2022年/Date⟧工作总结\n\n一、⟦2022年/Date⟧主要工作\n\n"
PLANNED = "⟦柳河街道/AdminArea⟧⟦2023年/Date⟧工作计划\n\n一、⟦2023年/Date⟧工作计划\n\n"


def statuses(marked, folder, frame=REPORTED):
    return {(s.subject.text, s.phase, s.modality, s.year) for s in extraction_of(frame + marked, folder).statuses}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("⟦东湖路改造工程/Project⟧竣工。", {("东湖路改造工程", "completed", "achieved", 2022)}),
        ("⟦文体中心/Facility⟧主体结构局部到顶。", {("文体中心", "topped-out", "ongoing", 2022)}),
        ("⟦东湖公园/Facility⟧全面进入建设阶段。", {("东湖公园", "under-construction", "achieved", 2022)}),
        ("⟦东湖公园综合提升工程/Project⟧完成初步设计。", {("东湖公园综合提升工程", "designed", "achieved", 2022)}),
        (
            "⟦地铁3号线/Street⟧、⟦青年路/Street⟧等⟦3条/Quantity⟧道路建成通车。",
            {("地铁3号线", "in-operation", "achieved", 2022), ("青年路", "in-operation", "achieved", 2022)},
        ),
        (
            "提前完成⟦青年路/Street⟧、⟦派出所重建/Project⟧等⟦7个/Quantity⟧项目征拆任务。",
            {("青年路", "land-assembly", "achieved", 2022), ("派出所重建", "land-assembly", "achieved", 2022)},
        ),
        ("⟦东湖片区/Area⟧正在开展拆迁谈判。", {("东湖片区", "land-assembly", "ongoing", 2022)}),
    ],
)
def test_a_phase_reached_is_achieved(marked, expected, tmp_path):
    assert statuses(marked, tmp_path) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("建成⟦东湖文体中心/Facility⟧。", {("东湖文体中心", "completed", "planned", 2023)}),
        ("完成⟦东湖路改造工程/Project⟧。", {("东湖路改造工程", "completed", "planned", 2023)}),
        ("加快建设⟦南环路/Street⟧。", {("南环路", "under-construction", "planned", 2023)}),
    ],
)
def test_a_goal_of_a_plan_is_planned(marked, expected, tmp_path):
    assert statuses(marked, tmp_path, PLANNED) == expected


def test_a_place_that_is_merely_mentioned_has_no_status(tmp_path):
    assert not statuses("在⟦东湖公园/Facility⟧开展宣传活动。", tmp_path)


def observations(marked, folder):
    found = extraction_of(REPORTED + marked, folder).observations
    return [(o.indicator.text, o.value, o.unit, o.comparison, o.year) for o in found]


def test_growth_and_rank_belong_to_the_indicator_before_them(tmp_path):
    marked = "实现⟦零售总额/Indicator⟧⟦110.84亿元/Quantity⟧,同比⟦增长5.7%/Quantity⟧,居全区⟦第4位/Quantity⟧。"
    assert observations(marked, tmp_path) == [
        ("零售总额", Decimal("110.84"), "亿元", "", 2022),
        ("零售总额", Decimal("5.7"), "%", "growth", 2022),
        ("零售总额", Decimal(4), "", "rank", 2022),
    ]


def test_indicators_in_a_row_take_their_values_in_order(tmp_path):
    marked = "⟦事故宗数/Indicator⟧、⟦死亡人数/Indicator⟧同比⟦下降36.6%/Quantity⟧、⟦44%/Quantity⟧。"
    assert [o[:3] for o in observations(marked, tmp_path)] == [
        ("事故宗数", Decimal("-36.6"), "%"),
        ("死亡人数", Decimal("-44"), "%"),
    ]


def test_a_list_keeps_its_stated_size(tmp_path):
    marked = REPORTED + "⟦青年路/Street⟧、⟦东湖学校/Facility⟧等⟦7个/Quantity⟧项目开工。"
    (named,) = extraction_of(marked, tmp_path).sets
    assert ([m.text for m in named.members], named.count, named.head) == (["青年路", "东湖学校"], 7, "项目")


def relations(marked, folder):
    found = extraction_of(REPORTED + marked, folder).relations
    return {(r.kind, r.subject.text if r.subject else None, r.object.text) for r in found}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("⟦⟦东湖/Community⟧停车楼工程/Project⟧开工。", {("location", "东湖停车楼工程", "东湖")}),
        ("帮扶⟦寻乌县/AdminArea⟧⟦菖蒲乡/AdminArea⟧。", {("locatedIn", "菖蒲乡", "寻乌县")}),
        ("⟦东湖片区/Area⟧“⟦数创谷/Area⟧”建成。", {("locatedIn", "数创谷", "东湖片区")}),
        ("⟦东湖社区/Community⟧获评“⟦省级示范社区/Award⟧”。", {("award", "东湖社区", "省级示范社区")}),
        ("全年获评“⟦平安街道/Award⟧”。", {("award", None, "平安街道")}),
        ("联合⟦青禾集团/Organization⟧开展⟦文旅运营探索/Program⟧。", {("agent", "文旅运营探索", "青禾集团")}),
        ("把⟦东湖绿廊/Project⟧纳入⟦山海连城计划/Program⟧项目库。", {("partOf", "东湖绿廊", "山海连城计划")}),
    ],
)
def test_relations_by_nesting_and_by_cue(marked, expected, tmp_path):
    assert relations(marked, tmp_path) == expected
