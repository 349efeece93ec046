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
        ("⟦东湖幼儿园/Facility⟧建成使用。", {("东湖幼儿园", "in-operation", "achieved", 2022)}),
        (
            "⟦东湖中学/Facility⟧教学楼、⟦柳河卫生院/Facility⟧门诊楼建成。",
            {("东湖中学", "completed", "achieved", 2022), ("柳河卫生院", "completed", "achieved", 2022)},
        ),
        (
            "·⟦东湖山洪沟治理/Project⟧,⟦砌筑堤防/Indicator⟧⟦4千米/Quantity⟧,⟦6月20日/Date⟧完工;",
            {("东湖山洪沟治理", "completed", "achieved", 2022)},
        ),
        ("⟦东湖路扩建/Project⟧桩基完成⟦65%/Quantity⟧。", {("东湖路扩建", "under-construction", "ongoing", 2022)}),
        ("⟦东湖岛/NaturalFeature⟧建成⟦零碳园/Area⟧。", {("零碳园", "completed", "achieved", 2022)}),
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


def test_the_year_to_come_needs_no_heading_of_its_own(tmp_path):
    frame = "⟦柳河街道/AdminArea⟧⟦2022年/Date⟧工作总结\n\n"
    marked = "⟦东湖路改造/Project⟧竣工。\n⟦2023年/Date⟧,街道将打好硬仗,推进⟦南环路改造/Project⟧。"
    assert statuses(marked, tmp_path, frame) == {
        ("东湖路改造", "completed", "achieved", 2022),
        ("南环路改造", "under-construction", "planned", 2023),
    }


@pytest.mark.parametrize(
    "marked",
    [
        "⟦东湖治理工程/Project⟧完成清淤。",
        "⟦南环路/Street⟧⟦征地/Indicator⟧⟦260亩/Quantity⟧。",
        "⟦东湖园/Area⟧完成投资⟦3亿元/Quantity⟧。",
    ],
)
def test_what_is_done_of_a_part_is_no_phase_of_the_whole(marked, tmp_path):
    assert not statuses(marked, tmp_path)


def test_a_row_of_a_table_tells_place_agent_and_phase(tmp_path):
    frame = "⟦柳河县/AdminArea⟧⟦2023年/Date⟧重点工程责任清单\n"
    marked = "1\t⟦东湖水厂扩容/Project⟧\t⟦柳河镇/AdminArea⟧\t新建泵房\t⟦6月底/Date⟧投产\t⟦县水利局/Organization⟧\n"
    assert statuses(marked, tmp_path, frame) == {("东湖水厂扩容", "in-operation", "planned", 2023)}
    assert relations(marked, tmp_path) == {
        ("location", "东湖水厂扩容", "柳河镇"),
        ("agent", "东湖水厂扩容", "县水利局"),
    }


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


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("⟦增加学位/Indicator⟧⟦540个/Quantity⟧。", [("增加学位", 540, "个", "")]),
        ("⟦参保率/Indicator⟧提高到⟦97%/Quantity⟧。", [("参保率", 97, "%", "")]),
        (
            "⟦游客/Indicator⟧⟦71万人次/Quantity⟧,⟦旅游收入/Indicator⟧⟦3亿元/Quantity⟧,分别⟦增长18%/Quantity⟧、⟦21%/Quantity⟧。",
            [
                ("游客", 71, "万人次", ""),
                ("旅游收入", 3, "亿元", ""),
                ("游客", 18, "%", "growth"),
                ("旅游收入", 21, "%", "growth"),
            ],
        ),
        ("⟦接待人次/Indicator⟧恢复到⟦2019年/Date⟧的⟦80%/Quantity⟧。", [("接待人次", 80, "%", "")]),
    ],
)
def test_a_growth_is_told_from_a_level(marked, expected, tmp_path):
    assert observations(marked, tmp_path) == [(*e, 2022) for e in expected]


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
        (
            "⟦东湖/Community⟧、⟦柳河/Community⟧⟦2个/Quantity⟧村获⟦文明村/Award⟧。",
            {("award", "东湖", "文明村"), ("award", "柳河", "文明村")},
        ),
        ("⟦东湖村/Community⟧与⟦柳河村/Community⟧结对,入选⟦文明村/Award⟧。", {("award", "东湖村", "文明村")}),
        ("“柳河香米”获评⟦十佳品牌/Award⟧。", set()),
        ("⟦东湖镇/AdminArea⟧获“⟦文明镇/Award⟧”提名。", set()),
        ("⟦柳河司法所/Organization⟧开展⟦清风行动/Program⟧。", {("agent", "清风行动", "柳河司法所")}),
        ("⟦东湖改造/Project⟧,⟦青禾集团/Organization⟧承建。", {("agent", "东湖改造", "青禾集团")}),
        ("⟦东湖社区/Community⟧的“⟦石榴树下/Program⟧”有名。", {("location", "石榴树下", "东湖社区")}),
        ("联合⟦青禾集团/Organization⟧开展⟦文旅运营探索/Program⟧。", {("agent", "文旅运营探索", "青禾集团")}),
        ("把⟦东湖绿廊/Project⟧纳入⟦山海连城计划/Program⟧项目库。", {("partOf", "东湖绿廊", "山海连城计划")}),
    ],
)
def test_relations_by_nesting_and_by_cue(marked, expected, tmp_path):
    assert relations(marked, tmp_path) == expected
