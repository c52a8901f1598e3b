"""Withdrawn or disposed of by law: a tombstone with the hash stays, and says why."""

import io
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from portal.errors import StaleRecord
from portal.roles import Role
from portal.scope import Denied
from reports import proof, services
from reports.evidence.pseudonyms import Pseudonyms
from reports.evidence.vault import keep
from reports.models import Bundle, Issue, ReviewStep, Summary, Tombstone
from reports.services.withdrawing import dispose, withdraw
from tests.reports.conftest import reviewed

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("issued")]


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


# --- withdrawal ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.COMMUNITY_HEAD, True),
        (Role.STREET_SUPERVISOR, True),
        (Role.COMMUNITY_STAFF, False),
        (Role.STREET_SECTION, False),
    ],
)
def test_who_signs_may_withdraw(issue, acting, make_user, community, street, role, may):
    user = make_user(role, street if role.startswith("street") else community)
    with acting(user):
        if may:
            withdraw(issue, version=issue.summary.version, reason="数据有误", by=user)
            assert Summary.objects.get(pk=issue.summary_id).state == "withdrawn"
        else:
            with pytest.raises(Denied):
                withdraw(issue, version=issue.summary.version, reason="数据有误", by=user)


def test_withdrawal_leaves_step_and_tombstone_and_happens_once(issue, acting, head):
    with acting(head):
        with pytest.raises(ValidationError):
            withdraw(issue, version=issue.summary.version, reason="  ", by=head)
        stone = withdraw(issue, version=issue.summary.version, reason=" 数据有误 ", by=head)
        assert (stone.kind, stone.sha256, stone.reason) == ("withdrawn", issue.sha256, "数据有误")
        [step] = ReviewStep.objects.filter(step="withdraw")
        assert (step.opinion, step.taken_by) == ("数据有误", head)
        with pytest.raises(StaleRecord):
            withdraw(issue, version=issue.summary.version, reason="又点了一次", by=head)
        seen = Issue.objects.select_related("summary").get(pk=issue.pk)
        with pytest.raises(Denied, match="已撤回"):
            withdraw(seen, version=seen.summary.version, reason="再撤", by=head)


def test_withdrawn_page_says_so_and_keeps_the_file_for_signers(issue, client_of, head, staff):
    url = reverse("issue-withdraw", args=[issue.pk])
    client = client_of(head)
    assert "请写明撤回的理由" in post(client, url, reason="").content.decode()
    versions = client.get(url).context["form"].shown_versions
    typed = {"reason": "数据有误", "versions": versions}
    assert "确认后将会" in post(client, url, **typed).content.decode()
    stale = f"{issue.summary_id}:{issue.summary.version + 1}"
    assert post(client, url, **typed | {"versions": stale}).status_code == 409
    assert post(client, url, **typed, step="confirm").status_code == 302
    page = client_of(staff).get(issue.get_absolute_url()).content.decode()
    assert "已撤回" in page
    assert "数据有误" in page
    assert "下载 PDF" not in page
    pdf = reverse("issue-pdf", args=[issue.pk])
    assert client_of(staff).get(pdf).status_code == 403
    assert client_of(head).get(pdf).status_code == 200
    assert client.get(url).status_code == 403
    assert client_of(staff).get(url).status_code == 403


def test_after_withdrawal_the_next_issue_is_the_second(issue, acting, head, staff):
    with acting(head):
        withdraw(issue, version=issue.summary.version, reason="数据有误", by=head)
        draft = reviewed(services.draft_from(issue, by=staff), staff, head)
        again = services.issue(draft, version=draft.version, by=head, note="更正走访日期")
    assert again.number == 2


# --- disposal by law ----------------------------------------------------------------------------
def test_disposal_replaces_persons_and_keeps_the_sums(issue, acting, head):
    with acting(head):
        before = proof.bundle_of(issue)
        [stone] = dispose(issue, reason="保存期满", by=head)
        kept = Issue.objects.select_related("bundle", "unit", "group").get(pk=issue.pk)
        after = proof.bundle_of(kept)
        assert (stone.sha256, stone.replaced_by.sha256) == (before.sha256, after.sha256)
        assert after.disposed
        assert bytes(Bundle.objects.get(pk=issue.bundle_id).sealed) == b""
        assert bytes(kept.pdf) == b""
        for key in before.bundle["rows"]:
            told = [
                (row.pk, row.version, row.measure, row.day) for row in before.rows(key).values()
            ]
            assert told == [
                (row.pk, row.version, row.measure, row.day) for row in after.rows(key).values()
            ]
        clear = str(after.bundle)
        for name in ("黄文发", "单小花", "欧阳丹"):
            assert name in str(before.bundle)
            assert name not in clear
        assert "甲001" in clear
        assert proof.content_of(kept)["title"] == issue.content["title"]
        with pytest.raises(Denied, match="已经依法处置过"):
            dispose(kept, reason="再来", by=head)


def test_pages_say_that_the_evidence_was_disposed_of(issue, acting, client_of, head):
    with acting(head):
        dispose(issue, reason="保存期满，目录第8号", by=head)
    client = client_of(head)
    page = client.get(issue.get_absolute_url()).content.decode()
    assert "所依据的记录已依法处置" in page
    assert "保存期满，目录第8号" in page
    assert client.get(reverse("issue-pdf", args=[issue.pk])).status_code == 403
    url = reverse("issue-evidence", args=[issue.pk, "disability.visits_home"])
    assert "甲0" in client.get(url).content.decode()


def test_every_issue_of_the_same_bundle_gets_its_tombstone(issue, acting, head, staff):
    with acting(head):
        draft = reviewed(services.draft_from(issue, by=staff), staff, head)
        again = services.issue(draft, version=draft.version, by=head, note="补盖印章")
        stones = dispose(issue, reason="保存期满", by=head)
        assert [stone.issue_id for stone in stones] == [issue.pk, again.pk]
        again = Issue.objects.select_related("bundle", "unit", "group").get(pk=again.pk)
        assert proof.bundle_of(again).disposed


def test_command_lists_then_disposes(issue, acting, head, community):
    def told(**options):
        out = io.StringIO()
        about = {
            "unit": community.code,
            "period": "2025",
            "reason": "保存期满",
            "user": head.username,
        }
        call_command("dispose", stdout=out, **about, **options)
        return out.getvalue()

    assert "待处置" in told(check=True)
    with acting(head):
        assert not Tombstone.objects.exists()
    assert "已处置，代号版校验码" in told()
    assert "共 0 件" in told()


def test_pseudonyms_are_stable_and_never_end():
    names = Pseudonyms()
    assert names.of("黄文发、单小花") == "甲001、甲002"
    assert names.of("黄文发") == "甲001"
    for number in range(11_000):
        names.of(str(number))
    assert len(set(names.values())) == len(names)
    assert names["10999"] == "甲乙013"


def test_a_bundle_of_the_same_content_is_not_stored_twice(issue, acting, head):
    with acting(head):
        bundle = proof.bundle_of(issue).bundle
        assert keep(bundle, issue.unit).pk == issue.bundle_id
