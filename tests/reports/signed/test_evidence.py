"""The bundle: sealed, found by its hash, never changed, and adding up to every figure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from portal.figures import Ratio, engine, figures
from portal.figures.by_row import combined, rows_of
from portal.models import AccessLog
from portal.scope import below
from reports import proof, services
from reports.evidence import page, vault
from reports.evidence.bundling import Bundling
from reports.evidence.columns import NUMBER, PERSON
from reports.evidence.keeping import keep_evidence
from reports.facts import told_keys
from reports.frozen import Damaged, values_of
from reports.models import Bundle, EvidenceRow, Tombstone
from residents.models import Visit
from tests.reports.conftest import HOME, PHONE, reviewed

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("issued")]


def test_rows_of_every_figure_make_its_value(issue, acting, head, community):
    """Of all figures that count anything here; the demo street is asked in tests/portal."""
    with acting(head):
        units, counted = below([community.pk]), 0
        for figure in figures:
            if not isinstance(figure, Ratio):
                value = engine.read(figure.code, units, issue.period).value
                assert combined(figure.code, rows_of(figure.code, units, issue.period)) == value
                counted += bool(value)
    assert counted > 20


def test_bundle_adds_up_to_each_figure_told(issue, acting, head):
    with acting(head):
        evidence = proof.bundle_of(issue)
        for key in evidence.bundle["rows"]:
            figure, rows = evidence.figure(key), evidence.rows(key)
            told = Decimal(str(figure["value"]))
            if figure["rows"] == "differ":
                assert len({k for row in rows.values() for k in row.keys}) == told
            elif figure["row_measure"] == figure["measure"]:
                assert sum(row.measure for row in rows.values()) == told
            assert EvidenceRow.objects.filter(issue=issue, code=key).count() == len(rows)
        assert {value.code for value in values_of(issue.content).values()} >= {
            "disability.visits",
            "disability.visit_coverage",
        }


def test_rows_are_kept_as_people_know_them_with_numbers_masked(issue, acting, head):
    with acting(head):
        evidence = proof.bundle_of(issue)
        [first, *_] = evidence.rows("disability.visits_home")
        told = dict(
            zip(
                evidence.labels("disability.visits_home"),
                evidence.texts("disability.visits_home", first),
                strict=True,
            )
        )
        visit = Visit.objects.select_related("resident").get(pk=first)
    assert str(visit.resident) in told.values()
    assert f"{visit.occurred_on:%Y-%m-%d}" in told.values()
    columns = evidence.ledger_of("disability.registered")["columns"]
    assert {kind for _, kind in columns} >= {PERSON, NUMBER}
    assert evidence.persons
    clear = str(evidence.bundle)
    assert visit.resident.id_number not in clear


def test_bundle_lies_sealed_and_opens_only_as_what_it_was(issue, acting, head):
    with acting(head):
        bundle = Bundle.objects.get(pk=issue.bundle_id)
        assert "黄文发".encode() not in bytes(bundle.sealed)
        bundle.sealed = bytes(bundle.sealed)[:-1] + b"x"
        with pytest.raises(Damaged):
            vault.opened(bundle)
        other = vault.keep({"format": 1, "other": 1}, issue.unit)
        issue.bundle = other
        with pytest.raises(Damaged, match="not the one"):
            proof.bundle_of(issue)


def test_equal_evidence_is_stored_once(issue, acting, head, staff):
    with acting(head):
        draft = reviewed(services.draft_from(issue, by=staff), staff, head)
        again = services.issue(draft, version=draft.version, by=head, note="补盖印章")
        assert again.bundle_id == issue.bundle_id
        assert Bundle.objects.count() == 1


def test_a_bundle_may_only_be_emptied(issue, acting, head):
    with acting(head):
        for column, table in (("sealed", "reports_bundle"), ("pdf", "reports_issue")):
            refused = pytest.raises(DatabaseError, match="only be emptied")
            with refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {column} = 'other'")
            refused = pytest.raises(DatabaseError, match="nothing answers for emptying")
            with refused, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {column} = ''")


def test_the_log_holds_no_copy_of_the_evidence(issue, acting, head):
    with acting(head), connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(length(after::text)) FROM audit.log WHERE table_name = 'reports_bundle'"
        )
        assert cursor.fetchone()[0] < 600
        cursor.execute("SELECT count(*) FROM audit.log WHERE table_name = 'reports_evidencerow'")
        assert cursor.fetchone()[0] == 0


def test_damage_is_told_plainly(issue, client_of, head, staff, acting):
    with acting(head):
        Tombstone.objects.create(  # names nothing that took its place
            issue=issue,
            unit=issue.unit,
            kind="disposed",
            sha256=issue.bundle.sha256,
            buried_by=head,
            approved_by=staff,
            buried_at=timezone.now(),
        )
        Bundle.objects.filter(pk=issue.bundle_id).update(sealed=b"")
    response = client_of(head).get(issue.get_absolute_url())
    assert response.status_code == 409
    assert "签发件已损坏" in response.content.decode()


def test_proof_address_leads_to_the_issue_in_scope_alone(
    issue, client_of, head, make_user, other_community
):
    url = reverse("issue-proof", args=[issue.sha256[:16]])
    response = client_of(head).get(url)
    assert (response.status_code, response.url) == (302, issue.get_absolute_url())
    stranger = client_of(make_user("community_head", other_community))
    assert stranger.get(url).status_code == 404
    for wrong in (issue.sha256[:8], "0" * 16, "%25" * 5, "x" * 16):
        assert client_of(head).get(f"/summaries/proof/{wrong}/").status_code == 404


def test_evidence_page_tells_rows_day_definition_and_who_changed_them(
    issue, client_of, head, acting, staff
):
    with acting(staff):
        visit = Visit.objects.filter(mode="home").latest("occurred_on")
        visit.occurred_on = date(2024, 12, 31)
        visit.save()
    url = reverse("issue-evidence", args=[issue.pk, "disability.visits_home"])
    page = client_of(head).get(url).content.decode()
    assert "统计日期：" in page
    assert "第 1 版" in page
    assert "修改，不再计入" in page
    changes = client_of(head).get(url, {"show": "changes"}).content.decode()
    assert "李梅" in changes
    assert "2024-12-31" in changes
    told = client_of(head).get(issue.get_absolute_url()).content.decode()
    assert f"{HOME} − 1 = {HOME - 1}人次" in told
    assert f"{HOME + PHONE} − 1 = {HOME + PHONE - 1}人次" in told
    assert "1 条由李梅于" in told


def test_a_figure_redefined_is_told_as_its_own_class(issue, client_of, head, monkeypatch):
    code = "disability.visits_home"
    changed = replace(figures[code], version=2, definition="另一种口径。")
    monkeypatch.setitem(figures._found, code, changed)
    page = client_of(head).get(issue.get_absolute_url()).content.decode()
    assert "口径变化" in page
    assert "另一种口径。" in page
    assert "不能再用它算现在的数" in page


def test_a_figure_no_longer_declared_keeps_its_rows(issue, client_of, head, monkeypatch):
    code = "disability.handouts"
    monkeypatch.delitem(figures._found, code)
    page = client_of(head).get(issue.get_absolute_url()).content.decode()
    assert "指标已停用" in page
    rows = client_of(head).get(reverse("issue-evidence", args=[issue.pk, code]))
    assert rows.status_code == 200
    assert rows.context["lists"][0]["change"].issued == 200


def test_a_record_knows_the_issues_that_counted_it(
    issue, client_of, head, make_user, community, acting
):
    with acting(head):
        visit = Visit.objects.filter(mode="home").first()
    url = f"/ledger/disability-visits/{visit.pk}/"
    page = client_of(head).get(url).content.decode()
    assert f"已写入《{issue.content['title']}》（第 1 次签发）的" in page
    assert issue.get_absolute_url() in page
    clerk = make_user("window_clerk", community)
    told = client_of(clerk).get(f"/ledger/visits/{visit.pk}/").content.decode()
    assert "次签发" not in told


def test_a_reissue_says_what_differs_from_the_one_before(
    issue, client_of, head, staff, acting, edit_a_visit
):
    edit_a_visit()
    with acting(head):
        draft = services.draft_from(issue, by=staff)
        draft.sections.filter(key="next").update(text="继续努力。")
        draft = reviewed(draft, staff, head)
    client, url = client_of(head), reverse("summary-issue", args=[draft.pk])
    assert "更正说明" in client.get(url).content.decode()
    sent = {"_key": "1f0c8e0e-0a52-4d6e-9c6e-0c8a53d6f001", "version": draft.version}
    assert "请写明这次更正了什么" in client.post(url, sent).content.decode()
    sent |= {"_key": "1f0c8e0e-0a52-4d6e-9c6e-0c8a53d6f002", "note": "更正走访日期"}
    page = client.get(client.post(url, sent).url).content.decode()
    assert "更正走访日期" in page
    assert f"<del>{HOME}人次</del>" in page
    assert "继续努力。" in page


# --- who sees the rows of a figure ---------------------------------------------------------------
def test_rows_are_shown_by_the_domain_that_the_figure_had(issue, acting, head, community):
    with acting(head):
        [change] = proof.changes_of(issue, proof.bundle_of(issue), "disability.visits_home")
        assert change.figure["domain"] == "disability"
        assert page.may_see(change, head, issue)
        retired = replace(change, key="disability.no_longer_declared")
        assert page.may_see(retired, head, issue)
        figure = {name: told for name, told in change.figure.items() if name != "domain"}
        assert page.may_see(replace(change, figure=figure), head, issue)  # of an older bundle
        assert not page.may_see(replace(retired, figure=figure), head, issue)
        other = replace(retired, figure=figure | {"domain": "nobody_holds_it"})
        assert not page.may_see(other, head, issue)


def test_a_look_at_the_rows_leaves_a_trace(issue, acting, client_of, head):
    url = reverse("issue-evidence", args=[issue.pk, "disability.visits_home"])
    assert client_of(head).get(url).status_code == 200
    with acting(head):
        log = AccessLog.objects.get()
    assert (log.action, log.subject, log.subject_id) == ("file", "reports.issue", issue.pk)
    assert (log.field, log.rows) == ("evidence disability.visits_home", HOME)


def test_too_many_rows_are_refused_before_their_columns_are_read(issue, acting, head, monkeypatch):
    monkeypatch.setattr(Bundling, "bundle", lambda *_: pytest.fail("read"))
    with acting(head):
        sections = [(s["key"], s["heading"], s["text"]) for s in issue.content["sections"]]
        texts = [text for _, _, text in sections]
        facts = services.facts_of(issue.summary, texts)
        with pytest.raises(ValidationError, match="按半年或季度分别签发"):
            keep_evidence(
                "", sections, facts, told_keys(texts, issue.outline), moment=issue.as_of, most=5
            )
