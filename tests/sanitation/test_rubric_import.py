"""A rubric with its items and faults comes in from three sheets, and again changes nothing."""

import io

import openpyxl
import pytest

from portal.exports.xlsx import workbook
from portal.imports.running import run
from portal.ledgers import ledgers
from portal.models import RoleAssignment
from portal.roles import Role
from sanitation.models import RubricFault, RubricItem
from sanitation.rubric_templates import RURAL
from sanitation.services.rubrics import from_template
from tests.conftest import as_command

pytestmark = pytest.mark.django_db
SLUGS = ("rubrics", "rubric-items", "rubric-faults")


@pytest.fixture
def manager(make_user, street):
    """Who manages rubrics and may import: no role alone does both."""
    user = make_user(Role.STREET_SECTION, street)
    with as_command():
        RoleAssignment.objects.create(
            user=user, unit=street, role=Role.SANITATION_INSPECTOR, valid_from="2020-01-01"
        )
    return user


def exported(slug, user) -> bytes:
    ledger = ledgers[slug]
    rows = ledger.queryset(user).order_by(*ledger.order)
    return workbook(ledger.title, ledger.shown_columns, rows)[0]


def test_an_edition_goes_out_and_comes_in_unchanged(manager, street, acting):
    with acting(manager):
        from_template(street, RURAL, starts_on="2025-01-01", by=manager)
        for slug in SLUGS:
            content = exported(slug, manager)
            report = run(content, ledger=ledgers[slug], unit=street, by=manager, commit=True)
            assert not report.problems, "\n".join(report.lines())
            rows = ledgers[slug].queryset(manager).count()
            assert report.totals["unchanged"] == rows


def test_another_street_takes_it_over_from_the_file(manager, make_user, street, acting):
    with acting(manager):
        rubric = from_template(street, RURAL, starts_on="2025-01-01", by=manager)
        files = [exported(slug, manager) for slug in SLUGS]
        RubricFault.objects.all().delete()
        RubricItem.objects.all().delete()
        rubric.delete()
        for slug, content in zip(SLUGS, files, strict=True):
            report = run(content, ledger=ledgers[slug], unit=street, by=manager, commit=True)
            assert not report.errors, "\n".join(report.lines())
        assert RubricItem.objects.count() == 12
        assert RubricFault.objects.count() == sum(len(item.faults) for item in RURAL.items)


def test_a_fault_of_an_unknown_item_is_refused(manager, street, acting):
    book = openpyxl.Workbook()
    book.active.append(
        ["扣分情形", "评分项目", "检查评分表", "版次", "序号", "每处扣分", "问题类型"]
    )
    book.active.append(["成堆", "无此项目", RURAL.name, 1, 1, 2, "成堆垃圾"])
    out = io.BytesIO()
    book.save(out)
    with acting(manager):
        from_template(street, RURAL, starts_on="2025-01-01", by=manager)
        report = run(
            out.getvalue(), ledger=ledgers["rubric-faults"], unit=street, by=manager, commit=True
        )
    assert "没有这个项目" in " ".join(report.lines())
