"""People of the one-stop service agency for its tests."""

from datetime import date

import pytest

from portal.roles import Role
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Case, CaseMaterial
from tests import factories
from tests.factories import cases
from tests.servicecenter.paper_prints import LONG


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "clerk", name="李梅")


@pytest.fixture
def section(make_user, street):
    """Keeps the street's catalogue."""
    return make_user(Role.STREET_SECTION, street, "section", name="梁伟文")


@pytest.fixture
def window(make_user, community):
    """Takes cases and reads the catalogue, but keeps none of it."""
    return make_user(Role.WINDOW_CLERK, community, "window", name="何静")


@pytest.fixture
def item(acting, community):
    with acting(community):
        return cases.item(community)


@pytest.fixture
def former(acting, community, item):
    with acting(community):
        return cases.version(community, item)


@pytest.fixture
def running(acting, community):
    """A case in hand, with all that a receipt may tell."""
    with acting(community):
        cases.hall(community, address="明珠路 8 号", hours="工作日 9:00—17:00")
        asked = cases.version(
            community,
            cases.item(community, "CL-12", "困难残疾人家庭无障碍改造和辅助器具适配申请初审"),
            legal_days=20,
            promised_days=7,
        )
        case = cases.case(
            community,
            S.HANDLING,
            item=asked,
            resident=factories.resident(community, LONG, phone="13812345678"),
            legal_days=20,
            agent=cases.agent(community, "林秋月", phone="0731-85550111"),
            handler=cases.agent(community, "罗文海", kind="handler"),
            station=cases.station(community),
            request="卫生间和出入口改造，加装扶手和坡道。",
            receipt_on=date(2025, 3, 4),
        )
        for number in range(1, 13):
            CaseMaterial.objects.create(
                unit=community,
                case=case,
                name=f"第{number}种申请材料和有关凭证",
                originals=1,
                copies=2,
                given_on=date(2025, 3, 3) if number < 12 else None,
                due_on=None if number < 12 else date(2025, 3, 20),
            )
        return Case.objects.get(pk=case.pk)
