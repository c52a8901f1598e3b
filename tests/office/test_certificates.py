"""Certificates are numbered without gaps, and their seal is one row that nobody types twice."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction

from portal.office.enums import SealKind
from portal.office.models import IssuedCertificate, SealUse
from portal.office.services import store_certificate
from portal.roles import Role
from tests import factories

URL = "/ledger/issued-certificates/"
TYPED = {
    "kind": "residence",
    "occurred_on": "2025-03-10",
    "applicant": "黄文发",
    "id_tail": "123X",
    "purpose": "办理入学",
    "issued_by": "李梅",
    "approver": "林国栋",
    "seal": "office",
    "copies": "2",
}


@pytest.fixture
def clerk(make_user, community):
    return make_user(Role.WINDOW_CLERK, community)


@pytest.fixture
def desk(client_of, clerk):
    return client_of(clerk)


def post(client, url, **typed):
    return client.post(url, {"_key": str(uuid.uuid4()), **TYPED, **typed})


def issue(unit, day=date(2025, 3, 10), **fields):
    usual = {"kind": "residence", "applicant": "黄文发", "purpose": "入学", "issued_by": "李梅"}
    certificate = IssuedCertificate(unit=unit, occurred_on=day, **usual | fields)
    return store_certificate(
        certificate, seal=SealKind.OFFICE, copies=1, approver="林国栋", by=None
    )


def issue_and_undo(unit):
    """What was undone gives its number back."""
    with transaction.atomic():
        issue(unit)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_numbers_run_by_unit_and_year(acting, street, community, other_community):
    with acting(street):
        given = [
            issue(unit, date(year, 5, 1)).label
            for unit, year in [
                (community, 2025),
                (community, 2025),
                (other_community, 2025),
                (community, 2024),
                (community, 2025),
            ]
        ]
    assert given == ["〔2025〕1号", "〔2025〕2号", "〔2025〕1号", "〔2024〕1号", "〔2025〕3号"]


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_numbers_without_gap(acting, community):
    def one(number):
        try:
            with acting(community):
                if number % 4 == 3:
                    issue_and_undo(community)
                return issue(community).number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        numbers = list(pool.map(one, range(20)))
    assert sorted(numbers) == list(range(1, 21))


@pytest.mark.django_db
def test_the_window_issues_a_certificate_and_the_register_has_its_seal(desk, acting, community):
    assert post(desk, f"{URL}add/").status_code == 302
    with acting(community):
        use = SealUse.objects.get()
        assert (use.document, use.copies, use.approver, use.user) == (
            "居住证明〔2025〕1号",
            2,
            "林国栋",
            "李梅",
        )
        certificate = use.certificate
    changed = post(
        desk, f"{URL}{certificate.pk}/edit/", copies="3", version=str(certificate.version)
    )
    assert changed.status_code == 302
    with acting(community):
        assert SealUse.objects.get().copies == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("id_tail", "44010319700101", "最多 4 个字"),
        ("id_tail", "12X4", "只填证件号码的后四位"),
        ("copies", "0", "不能小于 1"),
        ("approver", "", "请填写批准人"),
        ("occurred_on", "2099-01-01", "日期不能晚于今天"),
    ],
)
def test_a_wrong_field_says_so_and_gives_no_number(desk, acting, community, field, typed, message):
    answer = post(desk, f"{URL}add/", **{field: typed})
    assert message in str(answer.context["form"].errors[field])
    with acting(community):
        assert not IssuedCertificate.objects.exists()
        assert not SealUse.objects.exists()


@pytest.mark.django_db
def test_a_certificate_keeps_its_year_and_is_made_void_not_deleted(desk, acting, community):
    with acting(community):
        certificate = issue(community)
    edit = f"{URL}{certificate.pk}/edit/"
    answer = post(desk, edit, occurred_on="2024-03-10", version="1")
    assert "按年度编号" in str(answer.context["form"].errors["occurred_on"])
    answer = post(desk, edit, voided_on="2025-03-11", version="1")
    assert "写明原因" in str(answer.context["form"].errors["void_reason"])
    answer = desk.post(
        f"{URL}{certificate.pk}/delete/", {"_key": str(uuid.uuid4()), "version": "1"}, follow=True
    )
    assert "不能删除" in answer.content.decode()
    assert (
        post(desk, edit, voided_on="2025-03-11", void_reason="写错", version="1").status_code == 302
    )
    with acting(community), pytest.raises(IntegrityError), transaction.atomic():
        factories.office.issued_certificate(community, number=1)


@pytest.mark.django_db
def test_the_seal_of_a_certificate_is_changed_with_the_certificate_only(
    client_of, staff, acting, community
):
    with acting(community):
        use = issue(community).seal_use
    client = client_of(staff)
    answer = client.post(
        f"/ledger/seal-uses/{use.pk}/edit/",
        {
            "_key": str(uuid.uuid4()),
            "version": "1",
            "document": "别的",
            "occurred_on": "2025-03-10",
            "seal": "office",
            "copies": "1",
            "approver": "甲",
            "user": "乙",
            "domains": ["office"],
        },
    )
    assert "随证明登记" in str(answer.context["form"].errors)
    gone = client.post(
        f"/ledger/seal-uses/{use.pk}/delete/",
        {"_key": str(uuid.uuid4()), "version": "1"},
        follow=True,
    )
    assert "不能单独删除" in gone.content.decode()
