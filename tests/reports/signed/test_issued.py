"""An issue never changes, and what changed since is told."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from portal.figures import figures
from portal.figures.engine import evidence, read
from portal.scope import Denied, below
from reports import proof, services
from reports.frozen import Damaged, laid_out
from reports.models import Issue
from residents.models import Visit
from tests import factories
from tests.reports.conftest import HOME, PHONE, YEAR, reviewed
from tests.reports.test_issuing import text_of_pdf

# On one worker: the issue is signed once.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("issued")]


def test_issue_holds_text_numbers_definitions_and_the_rows_counted(issue, acting, head, community):
    content = issue.content
    with acting(head):
        units = below([community.pk])
        rows = evidence("disability.visits_home", units, YEAR)
        expected = sorted([row.pk, row.version] for row in rows)
        now = read("disability.visits_home", units, YEAR)
    [value] = [f for f in content["figures"] if f["code"] == "disability.visits_home"]
    assert value == {
        "code": "disability.visits_home",
        "label": now.figure.label,
        "measure": "人次",
        "definition": now.figure.definition,
        "version": 1,
        "kind": "flow",
        "date_basis": now.figure.date_basis,
        "period_key": "2025",
        "number": str(HOME),
        "told": f"{HOME}人次",
        "numerator": "",
        "denominator": "",
        "key": "disability.visits_home",
    }
    assert content["evidence"]["disability.visits_home"] == {
        "model": "residents.visit",
        "rows": expected,
    }
    assert (issue.number, issue.period_key, issue.kind) == (1, "2025", "A")
    assert content["counted_to"] == "2025-12-31"


def test_ratio_is_frozen_with_its_terms_and_the_rows_of_both(issue):
    [value] = [f for f in issue.content["figures"] if f["code"] == "disability.visit_coverage"]
    assert (value["numerator"], value["denominator"], value["told"]) == ("2", "3", "66.7%（2/3）")
    frozen = issue.content["evidence"]
    assert "disability.visit_coverage" not in frozen
    assert len(frozen["disability.registered"]["rows"]) == 3
    assert len(frozen["disability.visited_registered"]["rows"]) == HOME + PHONE


def test_hashes_are_of_the_canonical_content_and_of_the_file(issue, acting, head):
    with acting(head):
        kept = Issue.objects.get(pk=issue.pk)
        told = json.dumps(
            kept.content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
        assert hashlib.sha256(told).hexdigest() == kept.sha256
        assert hashlib.sha256(kept.pdf).hexdigest() == kept.pdf_sha256


def test_pdf_tells_the_figures_and_the_check_number(issue):
    text = text_of_pdf(proof.pdf_of(issue))
    assert "明珠社区2025年残疾人工作总结" in text
    assert f"共走访残疾人{HOME + PHONE}人次" in text
    assert f"入户走访{HOME}人次" in text
    assert "发放宣传资料200份" in text
    assert f"校验码：{issue.sha256[:16]}" in text
    assert "数据截至2025年12月31日" in text
    assert "草稿" not in text


def test_later_edit_leaves_the_issue_and_shows_as_a_difference(issue, acting, head, edit_a_visit):
    before = (str(laid_out(issue.content)), bytes(issue.pdf))
    visit = edit_a_visit()
    with acting(head):
        kept = Issue.objects.get(pk=issue.pk)
        assert (str(laid_out(proof.content_of(kept))), proof.pdf_of(kept)) == before
        changed = {
            d.issued.code: (d.issued.told, d.now.told) for d in proof.differences(kept) if d.changed
        }
        [rows] = proof.row_changes(kept, "disability.visits_home")
    assert changed["disability.visits_home"] == (f"{HOME}人次", f"{HOME - 1}人次")
    assert "disability.handouts" not in changed
    assert (rows.gone, rows.edited, rows.added) == ((visit.pk,), (), ())


def test_edited_and_added_rows_are_told_apart(issue, acting, head, community):
    with acting(community):
        edited = Visit.objects.filter(mode="home").first()
        edited.content = "补记"
        edited.save()
        added = factories.visit(edited.resident, date(2025, 9, 1))
    with acting(head):
        [rows] = proof.row_changes(issue, "disability.visits_home")
    assert (rows.gone, rows.edited, rows.added) == ((), (edited.pk,), (added.pk,))
    assert not rows.unchanged


def test_nothing_changed_is_no_difference(issue, acting, head):
    with acting(head):
        assert [d for d in proof.differences(issue) if d.changed or d.redefined] == []
        assert proof.row_changes(issue, "disability.visits_home")[0].unchanged


def test_changed_definition_is_told_as_such(issue, acting, head, monkeypatch):
    code = "disability.visits_home"
    redefined = replace(figures[code], version=2)
    monkeypatch.setitem(figures._found, code, redefined)
    with acting(head):
        told = [d.issued.code for d in proof.differences(issue) if d.redefined]
    assert told == [code]


def test_issued_summary_is_closed(issue, acting, head, staff):
    summary = issue.summary
    with acting(head):
        summary.refresh_from_db()
        with pytest.raises(Denied, match="“已签发”，不能签发"):
            services.issue(summary, version=summary.version, by=head)
        with pytest.raises(Denied, match="已经签发"):
            services.save(summary, version=summary.version, title="改", texts={}, by=staff)


def test_correction_becomes_the_next_number(issue, acting, head, staff, edit_a_visit):
    edit_a_visit()
    with acting(head):
        again = reviewed(services.draft_from(issue, by=staff), staff, head)
        second = services.issue(again, version=again.version, by=head)
    assert second.number == 2
    values = {f["code"]: f["number"] for f in second.content["figures"]}
    assert values["disability.visits_home"] == str(HOME - 1)
    assert [s["text"] for s in second.content["sections"]] == [
        s["text"] for s in issue.content["sections"]
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_issue SET number = 9",
        "UPDATE reports_issue SET content = '{}'",
        "DELETE FROM reports_issue",
    ],
)
def test_web_role_can_neither_change_nor_delete_an_issue(issue, acting, head, statement):
    refusal = pytest.raises(ProgrammingError, match="permission denied")
    with acting(head), refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_damage_is_noticed_at_each_read(issue):
    issue.pdf = bytes(issue.pdf) + b" "
    with pytest.raises(Damaged):
        proof.pdf_of(issue)
    issue.content["title"] = "另一个标题"
    with pytest.raises(Damaged):
        proof.content_of(issue)
