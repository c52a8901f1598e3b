"""A round is told at once, by the community of itself, and rechecked by somebody else."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from portal.roles import Role
from portal.scope import Denied
from sanitation.models import RectificationOrder, RectificationRound
from sanitation.services import rectification as services
from tests.factories import sanitation_rectification as made

pytestmark = pytest.mark.django_db
FRIDAY = date(2025, 3, 14)


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community, "worker", name="李梅")


@pytest.fixture
def order(street, community, acting):
    with acting(street):
        return made.order(street, community)


def tell(order, by, on=FRIDAY):
    return services.report(order, content="已清理", reporter="彭建国", day=FRIDAY, by=by, on=on)


@pytest.mark.parametrize(
    ("on", "taken"),
    [
        (date(2025, 3, 14), True),  # a Friday
        (date(2025, 3, 16), True),
        (date(2025, 3, 17), True),  # the next working day
        (date(2025, 3, 18), False),
    ],
)
def test_a_community_does_not_date_its_report_back(order, worker, acting, on, taken):
    with acting(worker):
        if taken:
            assert tell(order, worker, on=on).pk
            return
        with pytest.raises(ValidationError) as refused:
            tell(order, worker, on=on)
        assert "补录" in refused.value.message_dict["occurred_on"][0]


def test_who_may_not_edit_stores_neither_order_nor_round(order, worker, acting):
    with acting(worker):
        with pytest.raises(Denied):
            services.store(RectificationOrder.objects.get(pk=order.pk), by=worker)
        passed = RectificationRound(
            unit=order.community, order=order, occurred_on=date(2025, 3, 14), content="清",
            reporter="彭", passed=True, rechecked_on=date(2025, 3, 17), rechecker="吴",
        )  # fmt: skip
        with pytest.raises(Denied):
            services.store_round(passed, by=worker)
        assert not RectificationRound.objects.exists()


def test_a_round_stored_by_its_form_is_not_rechecked_by_who_reported_it(community, worker, acting):
    with acting(worker):
        row = tell(made.order(community), worker)
        row.passed, row.rechecked_on, row.rechecker = True, date(2025, 3, 17), "别人"
        with pytest.raises(ValidationError) as refused:
            services.store_round(row, by=worker)
        assert "rechecker" in refused.value.message_dict
