"""Registers of the agency's office that come as files, and what is told of its partners."""

import pytest

from portal.imports.running import run
from portal.periods import Period
from portal.summaries import outlines
from reports.compose import compose
from servicecenter.models import JointMeeting
from tests.cases.writing import workbook
from tests.factories import office

pytestmark = pytest.mark.django_db


def test_the_meetings_of_a_year_come_in_one_file_and_no_month_twice(acting, make_user, community):
    from portal.roles import Role

    clerk = make_user(Role.COMMUNITY_STAFF, community, "clerk")
    rows = [
        {"会议月份": f"2025-{month:02d}", "召开日期": f"2025-{month:02d}-25", "参加人数": 9}
        for month in range(1, 11)
    ]
    with acting(community):
        content = workbook({"工作例会": rows})
        report = run(content, ledger=None, unit=community, by=clerk, commit=True)
        assert report.errors == []
        held = JointMeeting.objects.kept().filter(held_on__isnull=False)
        assert (JointMeeting.objects.kept().count(), held.count()) == (12, 10)
        again = run(content, ledger=None, unit=community, by=clerk, commit=True)
        assert again.errors == []
        assert JointMeeting.objects.count() == 12


def test_agreements_in_force_with_the_agencys_partners_are_told(acting, community):
    with acting(community):
        ours = office.partner(community, name="街道为民服务中心", domains=["servicecenter"])
        other = office.partner(community, name="区人民医院", domains=["disability"])
        office.agreement(ours, title="大厅联网协议", content="上报件网上流转。", ends_on=None)
        office.agreement(ours, title="旧协议", starts_on="2023-01-01", ends_on="2024-06-30")
        office.agreement(other, title="就医协议", ends_on=None)
        draft = compose(outlines["C"], community, Period.parse("2025"))
    [places] = [section.text for section in draft.sections if section.key == "places"]
    assert places == "与街道为民服务中心签订“大厅联网协议”：上报件网上流转。"
