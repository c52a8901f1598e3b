"""Who draws a subsidy: what the form refuses, at which field, and that nothing is stored then."""

from datetime import date

import pytest

from disability.models import Payment, PaymentRun, Subsidy, SubsidyStandard
from portal.figures import engine
from portal.periods import Period
from portal.roles import Role
from tests import factories
from tests.disability.posting import keyed

ADD = "/ledger/subsidies/add/"
YEAR = Period.parse("2025")


@pytest.fixture
def person(acting, community):
    with acting(community):
        person = factories.resident(community, "黄文发")
        factories.certificate(person)
        return person


@pytest.fixture
def client(client_of, make_user, community):
    return client_of(make_user(Role.COMMUNITY_STAFF, community))


@pytest.fixture
def add(client, acting, community, person):
    """``add(kind, **fields)``: the answer to the posted form."""

    def post(kind="nursing", url=ADD, **fields):
        with acting(community):
            key = factories.subsidy_kind(kind).pk
        data = {"resident": person.pk, "resident_text": "黄文发", "kind": key}
        return client.post(url, keyed(data | {"starts_on": "2025-01"} | fields))

    return post


def errors(answer) -> dict:
    assert answer.status_code == 200, "stored"
    return answer.context["form"].errors


def stored(acting, community) -> int:
    with acting(community):
        return Subsidy.objects.count()


def test_months_are_kept_from_the_first_day_through_the_last(acting, community, add):
    answer = add(starts_on="2025年2月", ends_on="202502", stop_reason="declined")
    assert answer.status_code == 302
    with acting(community):
        row = Subsidy.objects.get()
        assert (row.starts_on, row.ends_on) == (date(2025, 2, 1), date(2025, 2, 28))
        assert row.level == "2", "the certificate's"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"starts_on": "三月"}, "starts_on", "不是月份"),
        ({"starts_on": ""}, "starts_on", "请填写计发起月"),
        ({"ends_on": "2024-12", "stop_reason": "other"}, "ends_on", "不能早于"),
        ({"ends_on": "2025-03"}, "stop_reason", "请选择停发原因"),
        ({"stop_reason": "moved"}, "ends_on", "请填写计发末月"),
        ({"bank_number": "6222 abc"}, "bank_number", "只填数字"),
        ({"applied_on": "2099-01-01"}, "applied_on", "不能晚于今天"),
    ],
)
def test_wrong_input_is_told_at_its_field(acting, community, add, fields, field, words):
    assert words in str(errors(add(**fields))[field])
    assert stored(acting, community) == 0


def test_a_second_subsidy_of_the_kind_is_refused_in_the_same_months(acting, community, add, person):
    with acting(community):
        factories.subsidy(person, ends_on=date(2025, 3, 31), stop_reason="declined")
    assert "不能重复享受" in str(errors(add(starts_on="2025-03"))["starts_on"])
    assert stored(acting, community) == 1
    assert add(starts_on="2025-04").status_code == 302
    assert add("living", starts_on="2025-01").status_code == 302, "the two may be drawn together"


def test_another_communitys_subsidy_is_refused_though_it_cannot_be_seen(
    acting, community, other_community, add, person
):
    with acting(community, other_community):
        factories.subsidy(person, unit=other_community)
    answer = add()
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert stored(acting, community) == 0


def test_subsistence_care_stacks_with_no_subsidy(acting, community, add, person):
    with acting(community):
        factories.care_tag(person, "extreme_poverty", date(2025, 6, 1))
    for kind in ("living", "nursing", "care"):
        assert "特困" in str(errors(add(kind))["kind"]), kind
    assert stored(acting, community) == 0
    ended = {"ends_on": "2025-05", "stop_reason": "stacking"}
    assert add(**ended).status_code == 302, "it ended before"


def test_the_dead_draw_nothing_from_the_month_after(acting, community, add, person):
    with acting(community):
        factories.life_event(person, "died", date(2025, 3, 10))
    assert "去世" in str(errors(add(starts_on="2025-04"))["starts_on"])
    late = {"ends_on": "2025-04", "stop_reason": "died"}
    assert "最多发到当月" in str(errors(add(**late))["ends_on"])
    assert stored(acting, community) == 0
    assert add(ends_on="2025-03", stop_reason="died").status_code == 302


def test_an_application_must_be_the_persons_and_of_the_kind(acting, community, add, person):
    with acting(community):
        other = factories.application(factories.resident(community, "陈大文"))
        wrong = factories.application(person, kind="living_allowance")
    for application, words in ((other, "另一位"), (wrong, "申请的不是")):
        answer = add(application=application.pk)
        assert words in str(errors(answer)["application"])


def test_what_does_not_fit_is_told_and_stored(acting, community, add, person):
    with acting(community):
        person.certificates.update(level="3")
    answer = add()
    assert answer.status_code == 302
    shown = " ".join(str(each) for each in answer.wsgi_request._messages)
    assert "只发一级、二级" in shown


def test_standards_of_one_kind_and_level_do_not_overlap(acting, community, client):
    with acting(community):
        kind = factories.subsidy_kind().pk
    url = "/ledger/subsidy-standards/add/"
    first = {"kind": kind, "amount": "100", "starts_on": "2024-01", "level": ""}
    assert client.post(url, keyed(first)).status_code == 302
    answer = client.post(url, keyed(first | {"starts_on": "2025-01", "amount": "120"}))
    assert "前一标准" in str(errors(answer)["starts_on"])
    assert client.post(url, keyed(first | {"level": "1", "amount": "200"})).status_code == 302
    with acting(community):
        assert SubsidyStandard.objects.count() == 2


def test_the_nearest_and_most_exact_standard_counts(acting, community, street, person):
    with acting(community, street):
        factories.standard(street, amount=100)
        factories.standard(street, amount=150, level="2")
        row = factories.subsidy(person, level="2")
        other = factories.subsidy(factories.resident(community, "陈大文"))
        monthly = engine.read("disability.subsidy_monthly", {community.pk}, YEAR)
        assert monthly.value == 250
        factories.standard(community, amount=170, starts_on=date(2025, 7, 1))
        assert engine.read("disability.subsidy_monthly", {community.pk}, YEAR).value == 340
        half = Period.parse("2025H1")
        assert engine.read("disability.subsidy_monthly", {community.pk}, half).value == 250
        assert {row.pk, other.pk}


def test_bank_numbers_are_sealed_and_masked(acting, community, add, client):
    add(bank_name="农商银行", bank_number="6217001234567890123")
    with acting(community):
        row = Subsidy.objects.get()
        assert row.masked_bank.endswith("0123")
        assert "6217" not in row.masked_bank
    page = client.get(f"/ledger/subsidies/{row.pk}/").content.decode()
    assert "6217001234567890123" not in page
    assert row.masked_bank in page


# --- payments of the past ------------------------------------------------------------------------------

PAY = "/ledger/subsidy-payments/add/"


@pytest.fixture
def pay(client, acting, community, person):
    with acting(community):
        factories.standard(community, amount=400)
        enrolled = factories.subsidy(person, ends_on=date(2025, 11, 30), stop_reason="declined")

    def post(**fields):
        data = {"subsidy": enrolled.pk, "subsidy_text": "", "month": "2025-02", "amount": "400"}
        return client.post(PAY, keyed(data | {"state": "paid", "paid_on": "2025-02-10"} | fields))

    return post


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"amount": "380"}, "reason", "请填写调整原因"),
        ({"paid_on": ""}, "paid_on", "请填写发放日期"),
        ({"state": "returned"}, "returned_on", "请填写退回日期"),
        ({"state": "planned"}, "state", "选择"),
        ({"month": "2024-12"}, "month", "自2025-01起"),
        ({"month": "2025-12"}, "month", "只发到2025-11"),
        ({"amount": "-1"}, "amount", "不能"),
        ({"amount": ""}, "amount", "请填写实发金额"),
    ],
)
def test_a_wrong_payment_is_told_at_its_field(acting, community, pay, fields, field, words):
    assert words in str(errors(pay(**fields))[field])
    with acting(community):
        assert not Payment.objects.exists()
        assert not PaymentRun.objects.exists()


def test_a_payment_of_the_past_begins_its_run_and_stands_once(acting, community, pay):
    assert pay().status_code == 302
    assert pay(month="2025-03", amount="380", reason="当月住院").status_code == 302
    assert "不能重复发放" in str(errors(pay()))
    with acting(community):
        runs = PaymentRun.objects.order_by("month")
        assert [(r.month.month, r.state, r.is_drafted) for r in runs] == [
            (2, "paid", False),
            (3, "paid", False),
        ]
        paid = engine.read("disability.subsidy_paid", {community.pk}, YEAR)
        assert paid.value == 780


def test_a_month_computed_here_takes_no_payment_by_hand(acting, community, pay):
    with acting(community):
        factories.payment_run(community, month=date(2025, 2, 1), state="draft", paid_on=None)
    assert "由系统编制" in str(errors(pay())["month"])


def test_what_the_bank_sent_back_is_not_paid_until_paid_again(acting, community, client, pay):
    pay()
    with acting(community):
        row = Payment.objects.get()
    step = f"/ledger/subsidy-payments/{row.pk}/step/"
    sent = {"versions": f"{row.pk}:1", "returned_on": "2025-02-12", "return_reason": "账号有误"}
    assert client.post(f"{step}fail/", keyed(sent)).status_code == 302
    with acting(community):
        assert engine.read("disability.subsidy_paid", {community.pk}, YEAR).value == 0
        assert engine.read("disability.subsidy_returned", {community.pk}, YEAR).value == 1
    again = {"versions": f"{row.pk}:2", "paid_on": "2025-03-01"}
    assert client.post(f"{step}repay/", keyed(again)).status_code == 302
    with acting(community):
        march, february = Period.parse("2025-03"), Period.parse("2025-02")
        assert engine.read("disability.subsidy_paid", {community.pk}, march).value == 400
        assert engine.read("disability.subsidy_paid", {community.pk}, february).value == 0
        assert engine.read("disability.subsidy_returned", {community.pk}, YEAR).value == 0
