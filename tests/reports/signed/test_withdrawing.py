"""Withdrawn or disposed of by law: a tombstone with the hash stays, and says why."""

import io
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.attachments import services as attachments
from portal.errors import StaleRecord
from portal.models import Attachment
from portal.roles import Role
from portal.scope import Denied
from reports import proof, services
from reports.evidence.pseudonyms import Pseudonyms
from reports.evidence.vault import keep
from reports.frozen import Damaged
from reports.models import BulkItem, BulkRun, Bundle, Issue, ReviewStep, Summary, Tombstone
from reports.permissions import is_disposed
from reports.services.review import take
from reports.services.scans import file_scans
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
    for gone in ("summary-preview", "summary-preflight", "summary-pages"):
        url_of = reverse(gone, args=[issue.summary_id])
        assert client_of(head).get(url_of).status_code == 403
    assert client.get(url).status_code == 403
    assert client_of(staff).get(url).status_code == 403


def test_after_withdrawal_the_next_issue_is_the_second(issue, acting, head, staff):
    with acting(head):
        withdraw(issue, version=issue.summary.version, reason="数据有误", by=head)
        draft = reviewed(services.draft_from(issue, by=staff), staff, head)
        again = services.issue(draft, version=draft.version, by=head, note="更正走访日期")
    assert again.number == 2


# --- disposal by law ----------------------------------------------------------------------------
@pytest.fixture
def second(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street, name="赵敏")


@pytest.fixture
def old(issue, acting, head):
    """The issue, archived as it is when its time is over."""
    with acting(head):
        take(issue.summary, "archive", version=issue.summary.version, by=head)
        return Issue.objects.select_related("summary", "bundle", "unit", "group").get(pk=issue.pk)


def test_one_alone_destroys_nothing(old, acting, head, staff, second):
    with acting(head):
        for approver in (None, head, staff):
            with pytest.raises(Denied, match="批准"):
                dispose(old, reason="保存期满", by=head, approved_by=approver)
        second.is_active = False
        with pytest.raises(Denied, match="不能批准"):
            dispose(old, reason="保存期满", by=head, approved_by=second)
        assert not Tombstone.objects.exists()
        assert bytes(Bundle.objects.get(pk=old.bundle_id).sealed)


def test_what_is_still_in_use_is_not_disposed_of(issue, acting, head, second):
    with acting(head), pytest.raises(Denied, match="已归档或已撤回"):
        dispose(issue, reason="保存期满", by=head, approved_by=second)


def test_the_database_wants_two_accounts_too(old, acting, head):
    about = {"issue": old, "unit_id": old.unit_id, "kind": "disposed", "sha256": "0" * 64}
    about |= {"reason": "自己批准自己", "buried_by": head, "buried_at": timezone.now()}
    for approver in (None, head):
        with acting(head), pytest.raises(IntegrityError), transaction.atomic():
            Tombstone.objects.create(**about, approved_by=approver)


def test_disposal_replaces_persons_and_keeps_the_sums(old, acting, head, second):
    issue = old
    with acting(head):
        before = proof.bundle_of(issue)
        [stone] = dispose(issue, reason="保存期满", by=head, approved_by=second)
        assert (stone.buried_by, stone.approved_by) == (head, second)
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
            dispose(kept, reason="再来", by=head, approved_by=second)


def test_pages_say_that_the_evidence_was_disposed_of(old, acting, client_of, head, second):
    issue = old
    with acting(head):
        dispose(issue, reason="保存期满，目录第8号", by=head, approved_by=second)
    client = client_of(head)
    page = client.get(issue.get_absolute_url()).content.decode()
    assert "所依据的记录已依法处置" in page
    assert "保存期满，目录第8号" in page
    assert "正文文字本身是签发的档案" in page
    assert "赵敏" in page
    assert client.get(reverse("issue-pdf", args=[issue.pk])).status_code == 403
    for kind, status in {
        **dict.fromkeys(("codes.pdf", "word.docx", "page.html"), 403),
        **dict.fromkeys(("public.pdf", "evidence.xlsx"), 200),
    }.items():
        url = reverse("issue-file", args=[issue.pk, kind])
        assert client.get(url).status_code == status
        assert (url in page) == (status == 200)
    url = reverse("issue-evidence", args=[issue.pk, "disability.visits_home"])
    assert "甲0" in client.get(url).content.decode()


def test_paper_that_names_the_same_persons_goes_too(
    old, acting, head, second, client_of, django_capture_on_commit_callbacks, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    content = b"%PDF-1.7 a scan"
    file = attachments.Checked(content, b"", Attachment.Media.PDF, 1)
    with acting(head):
        with django_capture_on_commit_callbacks(execute=True):
            [scan] = file_scans(old, [file], by=head)
        assert attachments.content_of(scan) == content
        run = BulkRun.objects.create(
            unit=old.unit, kinds=["A"], period_key="2025", asked_by=head, asked_at=timezone.now()
        )
        item = BulkItem.objects.create(
            **old.about, run=run, state="done", summary=old.summary, pdf=b"a draft with names"
        )
        with django_capture_on_commit_callbacks(execute=True):
            dispose(old, reason="保存期满", by=head, approved_by=second)
        assert not Attachment.objects.exists()
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]
        item.refresh_from_db()
        assert bytes(item.pdf) == b""
        with pytest.raises(Denied, match="不再归存"):
            file_scans(old, [file], by=head)
    assert client_of(head).get(reverse("bulk-zip", args=[run.pk])).status_code in (403, 404)


def test_what_was_destroyed_is_not_signed_again(old, acting, head, staff, second):
    with acting(head):
        dispose(old, reason="保存期满", by=head, approved_by=second)
        draft = reviewed(services.draft_from(old, by=staff), staff, head)
        with pytest.raises(Denied, match="已依法处置的签发件完全相同"):
            services.issue(draft, version=draft.version, by=head, note="补盖印章")


def test_an_empty_file_that_nothing_answers_for_is_damage(issue, acting, head):
    issue.pdf = b""  # the database refuses to store that
    with acting(head):
        assert not is_disposed(issue)
        with pytest.raises(Damaged):
            proof.pdf_of(issue)


def test_every_issue_of_the_same_bundle_gets_its_tombstone(old, acting, head, staff, second):
    issue = old
    with acting(head):
        draft = reviewed(services.draft_from(issue, by=staff), staff, head)
        again = services.issue(draft, version=draft.version, by=head, note="补盖印章")
        with pytest.raises(Denied, match="须全部归档或撤回"):
            dispose(issue, reason="保存期满", by=head, approved_by=second)
        withdraw(again, version=again.summary.version, reason="盖错印章", by=head)
        stones = dispose(issue, reason="保存期满", by=head, approved_by=second)
        assert [stone.issue_id for stone in stones] == [issue.pk, again.pk]
        again = Issue.objects.select_related("bundle", "unit", "group").get(pk=again.pk)
        assert proof.bundle_of(again).disposed


def test_command_lists_then_disposes(old, acting, head, second, community):
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
    with pytest.raises(CommandError, match="--approved-by"):
        told()
    with pytest.raises(CommandError, match="不能由经办人自己批准"):
        told(approved_by=head.username)
    assert "已处置，代号版校验码" in told(approved_by=second.username)
    assert "共 0 件" in told(approved_by=second.username)


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
