"""What counts as one thing, on mentions marked by hand."""

import pytest

from kg.documents import GovPlanError
from kg.gazetteer import Gazetteer
from kg.resolve import NO_RULES, read_merges, resolve
from tests.marked import extraction_of

HEAD = "⟦深圳市/AdminArea⟧⟦龙岗区/AdminArea⟧⟦布吉街道/AdminArea⟧⟦2022年/Date⟧工作总结\n\n"


def resolved(marked, folder, rules=NO_RULES):
    return resolve(extraction_of(HEAD + marked, folder), Gazetteer.load(), rules)


def key_of(resolution, surface):
    return {key for mention, key in resolution.entity_of.items() if mention.text == surface}


@pytest.mark.parametrize(
    ("marked", "one", "other"),
    [
        (
            "⟦区第二人民医院/Facility⟧与⟦区第二人民医院(罗岗院区)/Facility⟧。",
            "区第二人民医院",
            "区第二人民医院(罗岗院区)",
        ),
        ("⟦罗岗/Community⟧、⟦罗岗社区/Community⟧。", "罗岗", "罗岗社区"),
        ("“⟦暖流工程/Program⟧”,⟦“暖流”工程/Program⟧。", "暖流工程", "“暖流”工程"),
        ("⟦科技园路(二期)/Street⟧,⟦科技园路（二期）/Street⟧。", "科技园路(二期)", "科技园路（二期）"),
        ("⟦龙岗/AdminArea⟧和⟦龙岗区/AdminArea⟧。", "龙岗", "龙岗区"),
        ("⟦东湖路改造/Project⟧、⟦东湖路改造工程/Project⟧。", "东湖路改造", "东湖路改造工程"),
        (
            "⟦惠康路与中原路路口片区/Area⟧、⟦惠康路与中元路路口片区/Area⟧。",
            "惠康路与中原路路口片区",
            "惠康路与中元路路口片区",
        ),
    ],
)
def test_two_names_of_one_thing(marked, one, other, tmp_path):
    resolution = resolved(marked, tmp_path)
    assert key_of(resolution, one) == key_of(resolution, other)
    assert resolution.merges


@pytest.mark.parametrize(
    "marked",
    [
        "⟦东湖路一期改造工程/Project⟧、⟦东湖路二期改造工程/Project⟧。",
        "⟦大芬/Community⟧、⟦大芬水/NaturalFeature⟧。",
        "⟦科技园路(一期)/Street⟧、⟦科技园路(二期)/Street⟧。",
    ],
)
def test_things_that_merely_look_alike_stay_apart(marked, tmp_path):
    resolution = resolved(marked, tmp_path)
    names = [m for m in resolution.entity_of if m.label != "AdminArea"]
    assert len({resolution.entity_of[m] for m in names}) == 2


def test_a_community_is_placed_in_its_division_up_to_the_province(tmp_path):
    (key,) = key_of(resolved("⟦罗岗/Community⟧。", tmp_path), "罗岗")
    assert key == "place/广东省/深圳市/龙岗区/布吉街道/罗岗社区"


def test_a_community_read_as_an_area_is_a_community(tmp_path):
    resolution = resolved("整治⟦罗岗/AdminArea⟧派出所片区。", tmp_path)
    (key,) = key_of(resolution, "罗岗")
    assert key == "place/广东省/深圳市/龙岗区/布吉街道/罗岗社区"
    assert next(e.label for e in resolution.entities if e.key == key) == "Community"


def test_a_township_elsewhere_is_placed_by_the_county_before_it(tmp_path):
    resolution = resolved("支援⟦寻乌县/AdminArea⟧⟦菖蒲乡/AdminArea⟧。", tmp_path)
    assert key_of(resolution, "菖蒲乡") == {"place/江西省/赣州市/寻乌县/菖蒲乡"}


def test_a_homonym_without_context_is_left_undecided(tmp_path):
    resolution = resolved("前往⟦城关镇/AdminArea⟧考察。", tmp_path)
    (entity,) = [e for e in resolution.entities if e.name == "城关镇"]
    assert entity.division is None


def test_an_analyst_forces_and_forbids_merges(tmp_path):
    rules = tmp_path / "merges.toml"
    rules.write_text(
        '[[same]]\nnames = ["大芬油画村", "大芬村"]\n[[different]]\nnames = ["东湖路改造", "东湖路改造工程"]\n',
        encoding="utf-8",
    )
    marked = "⟦大芬油画村/Area⟧、⟦大芬村/Area⟧,⟦东湖路改造/Project⟧、⟦东湖路改造工程/Project⟧。"
    resolution = resolved(marked, tmp_path, read_merges(rules))
    assert key_of(resolution, "大芬油画村") == key_of(resolution, "大芬村")
    assert key_of(resolution, "东湖路改造") != key_of(resolution, "东湖路改造工程")


@pytest.mark.parametrize("text", ["[[merge]]\nnames = ['a', 'b']", "[[same]]\nnames = ['a']", "not toml ["])
def test_a_wrong_merge_file_is_named(text, tmp_path):
    path = tmp_path / "merges.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GovPlanError, match=r"merges\.toml"):
        read_merges(path)


def test_items_before_a_shared_head_are_named_with_it(tmp_path):
    resolution = resolved("投入使用⟦长龙/Facility⟧、⟦罗岗/Facility⟧⟦2个/Quantity⟧小型消防站。", tmp_path)
    assert {e.name for e in resolution.entities if e.label == "Facility"} == {"长龙小型消防站", "罗岗小型消防站"}
