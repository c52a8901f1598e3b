"""The rubrics that come along are whole, and the checklist on paper is the same table."""

import pytest

from portal.checklists import checklists
from sanitation.enums.inspections import ProblemType
from sanitation.rubric_templates import RURAL, TEMPLATES, URBAN


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_has_a_hundred_points_and_faults_wherever_no_rate_is_asked(template):
    assert template.full == 100
    for item in template.items:
        assert bool(item.faults) != item.by_rate, item.title
        assert all(0 < fault.points <= item.maximum for fault in item.faults)
        assert len({fault.title for fault in item.faults}) == len(item.faults)
        assert all(fault.problem in ProblemType for fault in item.faults)


def test_the_rural_one_has_the_items_of_the_domain():
    assert [int(item.maximum) for item in RURAL.items] == [12, 10, 10, 6, 12, 10, 8, 8, 6, 8, 5, 5]


def test_the_urban_one_adds_what_cities_know():
    told = "".join(
        item.title + "".join(fault.title for fault in item.faults) for item in URBAN.items
    )
    for word in ("楼道堆物", "飞线", "毁绿种菜", "乱晾晒", "宠物粪便", "门前三包", "非机动车乱停"):
        assert word in told


def test_the_paper_is_printed_from_it():
    points = checklists["sanitation-check"].points
    assert points[0] == (
        "主干道、通村公路路面及两侧",
        12,
        "成堆垃圾每处扣 2 分，散落垃圾每处扣 0.5 分",
    )
    assert points[4][2] == "每处扣 1 分"
    assert points[-1][2] == "按比率计分"
