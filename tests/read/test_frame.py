"""What the frame of a page tells: title, publisher, date, source, years; furniture is set aside, never removed."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.frame import find_chrome, load_frame
from tests.marked import document_of

PAGE = """首页 > 政务公开 > 规划计划
索引号: 0142-2024-0031
发布机构: 青溪县白石镇人民政府
发布时间: 2024-02-19 09:30  来源: 白石镇党政办
浏览次数: 318
字体: 大 中 小

白石镇2023年工作总结和2024年工作计划

2023年以来,白石镇各项工作稳步推进,浏览次数较高的便民平台受到好评。

一、2023年工作总结
建成白石大桥。
二、2024年工作计划
新建茶叶加工厂。

打印本页 关闭窗口
上一篇:关于公开招聘的公告
版权所有:青溪县人民政府
"""


def test_the_head_of_a_page_gives_the_metadata(tmp_path):
    document = document_of(PAGE, tmp_path)
    assert document.title == "白石镇2023年工作总结和2024年工作计划"
    assert document.publisher == "青溪县白石镇人民政府"
    assert document.issued == "2024-02-19"
    assert document.source == "白石镇党政办"
    assert document.years == ((2023, "reported"), (2024, "planned"))
    assert document.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert document.name == "report.txt"
    assert document.stem == "report"


def test_furniture_is_set_aside_but_stays_in_the_text(tmp_path):
    document = document_of(PAGE, tmp_path)
    assert document.text == PAGE
    aside = [PAGE[a:b].strip() for a, b in document.chrome]
    assert aside[0].startswith("首页")
    assert {"浏览次数: 318", "字体: 大 中 小", "打印本页 关闭窗口", "版权所有:青溪县人民政府"} <= set(aside)
    assert not any("稳步推进" in line or "建成" in line or line.startswith(("一、", "二、")) for line in aside)


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("清水乡2023年工作总结\n发布日期:2024年1月12日\n修了路。", "2024-01-12"),
        ("清水乡2023年工作总结\n时间：2024/1/2 点击数：9\n修了路。", "2024-01-02"),
        ("清水乡2023年工作总结\n修了路。\n清水乡人民政府\n2024年3月5日\n", "2024-03-05"),
        ("清水乡2023年工作总结\n修了路。\n清水乡人民政府\n二〇二四年十一月二十五日\n", "2024-11-25"),
        ("政府工作报告\n——2025年1月8日在清水市第五届人民代表大会第四次会议上\n各位代表:修了路。", "2025-01-08"),
        ("清水乡2023年工作总结\n发布日期:2024年13月40日\n修了路。", None),
        ("清水乡2023年工作总结\n2023年3月,修了路。", None),
    ],
)
def test_the_date_of_issue_in_the_ways_it_is_written(text, issued, tmp_path):
    assert document_of(text, tmp_path).issued == issued


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("桐城街道2021年工作总结\n信息来源:桐城街道办事处 点击数:22\n修了路。", "桐城街道办事处"),
        ("政府工作报告\n——2025年1月8日在人大会议上\n乌山市人民政府市长 王某\n各位代表:修了路。", "乌山市人民政府"),
        ("云岭县交通运输局2024年工作要点\n修路。", "云岭县交通运输局"),
        ("巴彦旗2024年国民经济计划报告\n修路。", "巴彦旗"),
        (
            "关于印发《云岭县交通运输局2024年工作要点》的通知\n各乡镇人民政府:\n现印发给你们。\n云岭县交通运输局\n2024年3月5日",
            "云岭县交通运输局",
        ),
        ("工作总结\n修了路。\n\n南岗区和兴街道办事处\n2024年3月5日", "南岗区和兴街道办事处"),
        ("关于做好年终工作总结的通知\n各乡镇人民政府:\n请于月底前报送。", None),
        ("工作总结\n修了路。", None),
    ],
)
def test_who_speaks(text, publisher, tmp_path):
    assert document_of(text, tmp_path).publisher == publisher


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("首页 > 规划\n\n  红山镇2022年工作要点  \n正文。", "红山镇2022年工作要点"),
        ("红山镇\n2022年重点项目一览表\n项目\t地点\n", "2022年重点项目一览表"),
        ("红山镇二三事\n正文说了很多话。", "红山镇二三事"),
        ("红山镇" + "修路架桥" * 60 + "。", None),
    ],
)
def test_titles(text, title, tmp_path):
    assert document_of(text, tmp_path).title == title


@given(
    st.lists(st.sampled_from(["浏览次数: 3", "首页 > 公开", "修了一条路。", "", "一、总结", "打印", "\t", "来源:村委"]))
)
@settings(deadline=None)
def test_furniture_is_whole_lines_in_order(lines):
    text = "\n".join(lines)
    found = find_chrome(text, load_frame())
    assert list(found) == sorted(found)
    for a, b in found:
        assert a < b
        assert a == 0 or text[a - 1] == "\n"
        assert b == len(text) or text[b] == "\n"
