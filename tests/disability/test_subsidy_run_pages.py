"""Pages of payment runs: drafting, the run, its lines, statements; amounts in capitals."""

from datetime import date
from decimal import Decimal

import pytest

from disability.enums.subsidies import PaymentState
from disability.models import PaymentRun, SubsidyKind
from disability.services.payments import draft_run
from portal.months import following
from portal.numerals import capital_amount
from portal.roles import Role
from tests import factories
from tests.disability.posting import keyed
from tests.disability.runs import JANUARY, month_of, pay, people

pytestmark = pytest.mark.usefixtures("january_2026")


def test_a_run_is_drafted_on_one_page_that_tells_what_will_be(
    acting, client_of, community, clerk, colleague
):
    with acting(community):
        rows = people(community, 3, "nursing", 150)
        month_of(community, clerk, colleague, JANUARY, "nursing")
        factories.subsidy(factories.resident(community, "新来的"), "nursing", date(2025, 2, 1))
        factories.life_event(rows[0].resident, "died", date(2025, 1, 10))
        kind = factories.subsidy_kind().pk
    client = client_of(clerk)
    sent = {"kinds": [kind], "month": "2025-02"}
    page = client.post("/disability/subsidy-runs/draft/", keyed(sent)).content.decode()
    assert "3人，450元；与上月相比，新增1人、停发1人" in page
    with acting(community):
        assert PaymentRun.objects.count() == 1, "only told, not stored"
    answer = client.post("/disability/subsidy-runs/draft/", keyed(sent | {"step": "confirm"}))
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "肆佰伍拾元整" in page
    assert "新来的" in page
    assert "停发" in page
    with acting(community):
        run = PaymentRun.objects.get(month=date(2025, 2, 1))
    paper = client.get(f"/disability/subsidy-runs/{run.pk}/register.pdf")
    assert paper["Content-Type"] == "application/pdf"
    again = client.post("/disability/subsidy-runs/draft/", keyed(sent))
    assert "已有发放批次" in str(again.context["form"].errors["month"])
    ahead = client.post("/disability/subsidy-runs/draft/", keyed(sent | {"month": "2026-02"}))
    assert "还没有到" in str(ahead.context["form"].errors["month"])


def test_a_line_is_changed_only_in_a_draft_and_with_a_reason(
    acting, client_of, community, clerk, colleague
):
    with acting(community):
        people(community, 1)
        run = draft_run(community, factories.subsidy_kind("care"), JANUARY, by=clerk)
        line = run.payments.get()
    client, url = client_of(clerk), f"/ledger/subsidy-payments/{line.pk}/edit/"
    sent = {"subsidy": line.subsidy_id, "subsidy_text": "", "month": "2025-01", "state": "planned"}
    sent |= {"amount": "200", "version": 1}
    answer = client.post(url, keyed(sent))
    assert "请填写调整原因" in str(answer.context["form"].errors["reason"])
    assert client.post(url, keyed(sent | {"reason": "当月住院半月"})).status_code == 302
    forced = client.post(
        url, keyed(sent | {"reason": "有", "state": "paid", "paid_on": "2025-01-20"})
    )
    assert forced.status_code == 200
    with acting(community):
        run.refresh_from_db()
        pay(run, clerk, colleague)
        line.refresh_from_db()
        assert (line.amount, line.state) == (200, "paid")
    sent |= {"state": "paid", "paid_on": "2025-01-20", "amount": "400", "version": line.version}
    answer = client.post(url, keyed(sent))
    assert "先退回修改" in str(answer.context["form"].errors["amount"])


def test_a_statement_tells_what_one_person_was_paid(acting, client_of, community, clerk, colleague):
    with acting(community):
        row = people(community, 2)[0]
        for n in range(3):
            month_of(community, clerk, colleague, following(JANUARY, n))
        line = row.payments.first()
        line.state, line.paid_on = PaymentState.RETURNED, None
        line.returned_on, line.return_reason = date(2025, 3, 25), "账号有误"
        line.save()
    client = client_of(clerk)
    page = client.get(f"/disability/statements/{row.resident_id}/").content.decode()
    assert "养护补贴 2 个月、800.00 元" in page
    assert "账号有误" in page
    paper = client.get(f"/disability/statements/{row.resident_id}/paper.pdf")
    assert paper.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "零元整"),
        (9200, "玖仟贰佰元整"),
        (110400, "壹拾壹万零肆佰元整"),
        (10005, "壹万零伍元整"),
        ("100020003.50", "壹亿零贰万零叁元伍角整"),
        ("10.05", "壹拾元零伍分"),
        ("0.30", "叁角整"),
    ],
)
def test_amounts_in_capitals(amount, words):
    assert capital_amount(Decimal(amount)) == words


def test_kinds_are_kept_by_the_street_and_carry_their_rule(
    acting, client_of, make_user, community, street, clerk
):
    url = "/disability/subsidy-kinds/"
    assert client_of(clerk).get(url).status_code == 403
    client = client_of(make_user(Role.STREET_SECTION, street))
    page = client.get(url).content.decode()
    assert "残疾等级：一级、二级" in page
    assert "须是低保对象" in page
    sent = {"name": "助学补贴", "ordinal": "40", "is_due": "on", "needs_certificate": "on"}
    answer = client.post(f"{url}add/", keyed(sent))
    assert "先选择等级" in str(answer.context["form"].errors["is_due"])
    wrong = sent | {"needs_tags": ["orphan"], "excluded_tags": ["orphan"]}
    answer = client.post(f"{url}add/", keyed(wrong))
    assert "不能既是条件又是排除" in str(answer.context["form"].errors["excluded_tags"])
    answer = client.post(f"{url}add/", keyed(sent | {"name": "养护补贴", "levels": ["1"]}))
    assert "已有这个名称" in str(answer.context["form"].errors["name"])
    assert client.post(f"{url}add/", keyed(sent | {"levels": ["1"]})).status_code == 302
    with acting(street, community):
        kind = SubsidyKind.objects.get(name="助学补贴")
        assert (kind.levels, kind.is_due, kind.needs_certificate) == (["1"], True, True)
        factories.subsidy(factories.resident(community), "care")
        care = factories.subsidy_kind("care")
    assert client.post(f"{url}{kind.pk}/delete/", keyed({})).status_code == 302
    answer = client.post(f"{url}{care.pk}/delete/", keyed({}))
    assert "不能删除" in str(answer.context["form"].errors)
    kept = {"name": "养护补贴", "ordinal": "30", "is_retired": "on"}
    assert client.post(f"{url}{care.pk}/", keyed(kept)).status_code == 302
    form = client_of(clerk).get("/ledger/subsidies/add/").context["form"]
    assert "养护补贴" not in {str(each) for each in form.fields["kind"].queryset}
