"""Long prints: asked for, laid out under the asker's scope, fetched only by the asker, dropped."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.exports import jobs
from portal.exports.selection import Selection
from portal.models import AccessLog, RegisterPrint, RoleAssignment
from portal.roles import Role
from portal.tasks import housekeeping
from tests import factories
from tests.conftest import as_command
from tests.exports.test_register import pages_of

PRINT = "/ledger/visits/export/print/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign(acting, other_community):
    with acting(other_community):
        factories.visit(factories.resident(other_community, "金丝雀"))


@pytest.fixture
def asked(acting, client_of, staff, person, foreign):
    """Two visits of one year, and the job for them."""
    with acting(staff):
        for year in (2024, 2025):
            factories.visit(person, f"{year}-03-10")
    client = client_of(staff)
    answer = client.post(PRINT + "?period=2025", {"_key": str(uuid.uuid4()), "columns": "seen"})
    with acting(staff):
        return RegisterPrint.objects.get(), client, answer


def run(job):
    jobs.print_register(print_id=job.pk, user_id=job.user_id)


def test_asking_leads_to_a_page_that_waits_and_then_offers_the_file(asked, acting, staff):
    job, client, answer = asked
    assert answer["Location"] == f"/exports/prints/{job.pk}/"
    waiting = client.get(answer["Location"]).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert "共 1 条" in waiting
    assert client.get(f"/exports/prints/{job.pk}/file/").status_code == 404
    run(job)
    done = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "every 2s" not in done
    assert "下载 PDF" in done
    file = client.get(f"/exports/prints/{job.pk}/file/")
    text = "".join(pages_of(file.content))
    assert "时段：2025年" in text
    assert "2025-03-10" in text
    assert "2024-03-10" not in text
    assert "金丝雀" not in text
    with acting(staff):
        assert [(log.action, log.rows) for log in AccessLog.objects.all()] == [("pdf", 1)]


def test_the_job_is_queued_with_ids_alone(asked):
    from procrastinate.contrib.django.models import ProcrastinateJob

    job, *_ = asked
    queued = ProcrastinateJob.objects.get(task_name="print_register")
    assert queued.args == {"print_id": job.pk, "user_id": job.user_id}


def test_the_kept_file_and_selection_are_sealed(asked, acting, staff):
    job, *_ = asked
    run(job)
    with acting(staff):
        job.refresh_from_db()
        assert not bytes(job.content).startswith(b"%PDF")
        assert job.selection.sealed.partition(":")[0].isdecimal()


def test_nobody_else_sees_or_fetches_it(asked, client_of, make_user, community, head):
    job, *_ = asked
    run(job)
    for other in (head, make_user(Role.COMMUNITY_STAFF, community)):
        for path in ("", "file/"):
            assert client_of(other).get(f"/exports/prints/{job.pk}/{path}").status_code == 404


def test_after_the_role_is_lost_it_is_neither_made_nor_fetched(asked, acting, staff, client_of):
    job, *_ = asked
    with as_command():
        RoleAssignment.objects.filter(user=staff).update(valid_to="2021-01-01")
    run(job)
    with acting(job.unit):
        job.refresh_from_db()
        assert job.state != "done"
    assert client_of(staff).get(f"/exports/prints/{job.pk}/file/").status_code == 403


def test_a_role_lost_after_the_print_closes_the_file(asked, staff, client_of):
    job, *_ = asked
    run(job)
    with as_command():
        RoleAssignment.objects.filter(user=staff).update(valid_to="2021-01-01")
    assert client_of(staff).get(f"/exports/prints/{job.pk}/file/").status_code == 403


def test_a_job_runs_once(asked, acting, staff):
    job, *_ = asked
    run(job)
    with acting(staff):
        job.refresh_from_db()
        made = job.finished_at
    run(job)
    with acting(staff):
        job.refresh_from_db()
        assert job.finished_at == made


def test_the_cap_prints_the_first_rows_and_says_what_is_left(
    acting, staff, person, settings, client_of
):
    settings.PRINT_ROWS_MOST = 2
    with acting(staff):
        for _ in range(5):
            factories.visit(person)
    client = client_of(staff)
    assert "打印只排前 2 条" in client.get("/ledger/visits/export/").content.decode()
    client.post(PRINT, {"_key": str(uuid.uuid4())})
    with acting(staff):
        job = RegisterPrint.objects.get()
    run(job)
    file = client.get(f"/exports/prints/{job.pk}/file/")
    assert "本表只打印前 2 条，其余 3 条未打印" in "".join(pages_of(file.content))


def test_rows_that_disagree_with_the_figure_fail_the_job(asked, acting, staff, monkeypatch):
    job, client, _ = asked
    monkeypatch.setattr(Selection, "records", lambda self: self.listing.records().none())
    run(job)
    page = client.get(f"/exports/prints/{job.pk}/").content.decode()
    assert "列表与指标的条数不一致" in page
    with acting(staff):
        job.refresh_from_db()
        assert (job.state, job.content) == ("failed", None)


def test_a_print_that_never_ends_says_so(asked, acting, staff):
    job, client, _ = asked
    with acting(staff):
        long_ago = timezone.now() - timedelta(minutes=20)
        RegisterPrint.objects.filter(pk=job.pk).update(asked_at=long_ago)
    page = client.get(f"/exports/prints/{job.pk}/").content.decode()
    assert "等待超过 15 分钟" in page
    assert "every 2s" not in page


def test_housekeeping_drops_prints_after_a_day(asked, acting, staff):
    job, *_ = asked
    with acting(staff):
        RegisterPrint.objects.filter(pk=job.pk).update(
            asked_at=timezone.now() - timedelta(hours=25)
        )
    assert housekeeping(timestamp=0)["prints"] == 1
