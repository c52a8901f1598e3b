"""What a quarter's scores are made of stays as it is once the quarter is frozen."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.ledgers import ledgers
from sanitation.enums.scoring import RunState
from sanitation.models import QuarterRun, RectificationOrder
from sanitation.services import cards, rectification
from tests.factories import sanitation as make
from tests.factories import sanitation_scores as also

pytestmark = pytest.mark.django_db
WHY = "2025年三季度的考核已经冻结"


MADE = {
    "paste-checks": also.paste_check,
    "special-assessments": also.assessment,
    "fee-collections": lambda street, village: also.fee(street, village, occurred_on=also.DAY),
    "warning-cards": also.yellow_card,
    "rectification-orders": lambda street, village: RectificationOrder.objects.create(
        unit=street,
        community=village,
        occurred_on=also.DAY,
        due_on=date(2025, 8, 20),
        problem="成堆垃圾",
    ),
    "inspections": also.handed_in,
    "findings": also.patrol,
}
BY_LEDGER = [slug for slug in MADE if slug not in ("inspections", "findings")]


@pytest.fixture
def rows(street, community, acting):
    """A kept and a deleted row of each, dated in the quarter that is frozen then."""
    with acting(street):
        make.rubric(street)
        kept = {slug: created(street, community) for slug, created in MADE.items()}
        gone = {slug: created(street, community) for slug, created in MADE.items()}
        for row in gone.values():
            type(row).objects.filter(pk=row.pk).update(deleted_at="2025-09-01T00:00:00Z")
        run = also.quarter_run(street)
        QuarterRun.objects.filter(pk=run.pk).update(state=RunState.FROZEN, is_open=True)
    return kept, gone


class Sent:
    """A valid form of the record."""

    from_file = False

    def __init__(self, record, **changed):
        self.instance = record
        for name, value in changed.items():
            setattr(record, name, value)

    def save(self, commit=True):
        return self.instance


@pytest.mark.parametrize("slug", MADE)
def test_it_is_neither_deleted_nor_restored(rows, street, inspector, acting, slug):
    kept, gone = rows
    ledger = ledgers[slug]
    with acting(inspector):
        with pytest.raises(ValidationError, match=WHY):
            ledger.recycle(kept[slug], version=kept[slug].version, by=inspector)
        row = type(gone[slug]).objects.get(pk=gone[slug].pk)
        with pytest.raises(ValidationError, match=WHY):
            ledger.restore(row, by=inspector)


@pytest.mark.parametrize("slug", BY_LEDGER)
def test_it_is_neither_added_nor_changed_nor_moved_there(
    rows, street, community, inspector, acting, slug
):
    ledger, row = ledgers[slug], rows[0][slug]
    with acting(inspector):
        with pytest.raises(ValidationError, match=WHY) as refused:
            ledger.save(Sent(row, occurred_on=date(2025, 8, 13)), by=inspector)
        assert "occurred_on" in refused.value.message_dict
        row.refresh_from_db()
        with pytest.raises(ValidationError, match=WHY):
            ledger.save(Sent(row, occurred_on=date(2025, 10, 8)), by=inspector)
        new = type(row)(unit=street, community=community, occurred_on=also.DAY)
        with pytest.raises(ValidationError, match=WHY):
            ledger.save(Sent(new), by=inspector)


def test_what_stays_as_it_is_may_be_stored_again(rows, inspector, acting):
    with acting(inspector):
        for slug in BY_LEDGER:
            ledgers[slug].save(Sent(rows[0][slug]), by=inspector)


def test_an_order_is_closed_and_a_card_lifted_later(rows, inspector, acting):
    with acting(inspector):
        order, card = rows[0]["rectification-orders"], rows[0]["warning-cards"]
        sent = Sent(order, closed_on=date(2025, 10, 9), result="已清走")
        ledgers["rectification-orders"].save(sent, by=inspector)
        cards.lift(card, lifted_on=date(2025, 10, 9), lifted_for="复查通过", by=inspector)
        card.refresh_from_db()
        later = Sent(card, lifted_for="复查通过，报市里备案")
        ledgers["warning-cards"].save(later, by=inspector)
        with pytest.raises(ValidationError, match=WHY):
            ledgers["rectification-orders"].save(Sent(order, problem="散落垃圾"), by=inspector)


def test_no_order_is_issued_into_it(rows, street, community, inspector, acting):
    order = RectificationOrder(
        unit=street, community=community, occurred_on=also.DAY, working_days=5, problem="乱堆"
    )
    with acting(inspector), pytest.raises(ValidationError, match=WHY):
        rectification.issue(order, by=inspector)


def test_the_page_says_it_at_the_day_and_in_the_bin(rows, street, community, inspector, client_of):
    client = client_of(inspector)
    given = {
        "_key": str(uuid4()),
        "unit": street.pk,
        "community": community.pk,
        "occurred_on": "2025-08-12",
        "checker": "吴永刚",
        "sampled": 50,
        "pasted": 45,
    }
    answer = client.post("/ledger/paste-checks/add/", given)
    assert WHY in str(answer.context["form"].errors["occurred_on"])
    after = client.post("/ledger/paste-checks/add/", given | {"occurred_on": "2025-10-12"})
    assert after.status_code == 302
    gone = rows[1]["paste-checks"]
    url = reverse("ledger-bin", args=["paste-checks"])
    told = client.post(url, {"_key": str(uuid4()), "pk": gone.pk}, follow=True)
    assert f"不能恢复：{WHY}" in told.content.decode()
