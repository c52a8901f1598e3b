"""Whose a run is, who takes its files, how long they are there, and when it is given up."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from portal.crypto import encrypt_bytes
from portal.models import AccessLog
from portal.roles import Role
from portal.scope import Denied
from portal.summaries import outlines
from reports import jobs, services
from reports.jobs import everywhere
from reports.models import BulkItem, BulkRun, Summary
from reports.services import bulk, bulk_files
from tests.conftest import acting_as, as_command
from tests.reports.conftest import YEAR

pytestmark = pytest.mark.django_db
State = BulkItem.State


@pytest.fixture
def section(make_user, street):
    return make_user(Role.STREET_SECTION, street)


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street)


@pytest.fixture
def start(section, street, community):
    def begin(*kinds, by=section):
        asked = [outlines[kind] for kind in kinds or ("A",)]
        with acting_as(by):
            return bulk.start(unit=street, outlines=asked, units=[community], period=YEAR, by=by)

    return begin


def finish(run, title="2025年总结"):
    """Every item done, with a short file in place of a drawn one."""
    with acting_as(run.asked_by):
        for item in run.items.select_related("unit"):
            about = {"kind": item.kind, "unit": item.unit, "period_key": item.period_key}
            item.summary = Summary.objects.create(title=title, **about)
            item.state, item.changed_at = State.DONE, timezone.now()
            item.pdf = encrypt_bytes(b"%PDF " + item.kind.encode(), bulk_files.context_of(item.pk))
            item.save()
    return run


def change(run, **values):
    with acting_as(run.unit, *[item.unit for item in items_of(run)]):
        run.items.update(**values)


def items_of(run):
    with acting_as(run.asked_by):
        return list(run.items.select_related("unit").order_by("pk"))


def names(client, run):
    answer = client.get(reverse("bulk-zip", args=[run.pk]))
    if answer.status_code == 404:
        return None
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()


def status(client, name, run):
    return client.get(reverse(name, args=[run.pk])).status_code


def test_a_colleague_who_may_not_read_all_of_it_does_not_find_the_run(start, client_of, inspector):
    run = finish(start("A"))
    client = client_of(inspector)
    assert status(client, "bulk-run", run) == status(client, "bulk-zip", run) == 404
    assert client.get(reverse("bulk-list")).context["page"].paginator.count == 0


def test_a_colleague_who_may_read_all_takes_it_and_each_unit_and_kind_is_logged(
    start, client_of, make_user, street, community
):
    run = finish(start("A", "D"))
    colleague = make_user(Role.STREET_SECTION, street)
    client = client_of(colleague)
    assert len(names(client, run)) == 2
    with acting_as(colleague):
        logged = AccessLog.objects.filter(subject="reports.bulkrun", subject_id=run.pk)
        told = set(logged.values_list("unit", "field", "user"))
    assert told == {(community.pk, kind, colleague.pk) for kind in "AD"}


def test_who_lost_the_sight_of_the_records_takes_no_file_of_their_own_run(
    start, client_of, section
):
    run = finish(start("A"))
    with as_command():
        section.assignments.update(role=Role.SANITATION_INSPECTOR)
    client = client_of(section)
    page = client.get(reverse("bulk-run", args=[run.pk]))
    assert list(page.context["page"].object_list) == []
    assert names(client, run) is None


def test_only_who_asked_for_the_run_tries_again(start, make_user, street, section, client_of):
    run = start("A")
    change(run, state=State.FAILED, tries=3)
    colleague = make_user(Role.STREET_SECTION, street)
    with acting_as(colleague), pytest.raises(Denied, match="发起人"):
        bulk.retry(run, by=colleague)
    page = client_of(colleague).get(reverse("bulk-run", args=[run.pk])).content.decode()
    assert "重试未成的" not in page
    with acting_as(section):
        assert bulk.retry(run, by=section) == 1
    [item] = items_of(run)
    assert (item.state, item.tries) == (State.WAITING, 0)


def test_a_draft_is_not_used_again_for_who_may_not_read_its_records(
    start, section, staff, community
):
    run = start("A")
    with acting_as(staff):
        mine = services.draft(outline=outlines["A"], unit=community, period=YEAR, by=staff)
    with as_command():
        section.assignments.update(role=Role.SANITATION_INSPECTOR)
    [item] = items_of(run)
    bulk.work(item.pk, everywhere("test"))
    with acting_as(community):
        item = BulkItem.objects.get(pk=item.pk)
        assert (item.state, item.summary, bytes(item.pdf)) == (State.FAILED, None, b"")
        assert Summary.objects.get().version == mine.version


def test_names_in_the_zip_are_safe_and_one_for_each(start, client_of, section, community):
    run = finish(start("A", "D"), title='../..\\a:b*"\x07' + "长" * 100)
    found = names(client_of(section), run)
    stem = f"{community.code} _.._a_b___" + "长" * 60
    assert sorted(found) == [f"{stem} A.pdf", f"{stem} D.pdf"]
    assert max(len(name.encode()) for name in found) < 255


def test_what_was_withdrawn_or_given_up_is_not_in_the_zip(start, client_of, section):
    run = finish(start("A", "D"))
    with acting_as(section):
        Summary.objects.filter(kind="A").update(state=Summary.State.WITHDRAWN)
    client = client_of(section)
    assert [name[-5:] for name in names(client, run)] == ["D.pdf"]
    with acting_as(section):
        Summary.objects.filter(kind="D").update(deleted_at=timezone.now())
    assert names(client, run) is None


def test_the_zip_loads_files_a_few_at_a_time(start, client_of, section):
    """Nothing but the iterator reads the column of files."""
    run, client = finish(start("A", "D")), client_of(section)
    with CaptureQueriesContext(connection) as asked:
        names(client, run)
    reading = [query["sql"] for query in asked if '"pdf",' in query["sql"]]
    assert len(reading) == 1


def test_files_end_after_two_weeks_and_the_page_says_so(start, client_of, section):
    run, fresh = finish(start("A")), finish(start("D"))
    change(run, changed_at=timezone.now() - timedelta(days=15))
    assert bulk_files.purge(everywhere("test")) == 1
    assert bulk_files.purge(everywhere("test")) == 0
    client = client_of(section)
    page = client.get(reverse("bulk-run", args=[run.pk])).content.decode()
    assert "文件已过期，请重新起草" in page
    assert "打包下载" not in page
    assert names(client, run) is None
    assert len(names(client, fresh)) == 1


def jobs_of(run):
    keys = [item.pk for item in items_of(run)]
    return ProcrastinateJob.objects.filter(
        task_name="bulk-summary", status="todo", args__item__in=keys
    )


def take_job(run):
    """As a worker does, which is then stopped."""
    with connection.cursor() as cursor:
        keys = list(jobs_of(run).values_list("pk", flat=True))
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = ANY(%s)", [keys])


def test_an_item_has_one_waiting_job_however_often_it_is_looked_after(start):
    run = start("A")
    change(run, changed_at=timezone.now() - timedelta(hours=1))
    assert bulk.resume(everywhere("test")) == 0
    [job] = jobs_of(run)
    [item] = items_of(run)
    assert job.queueing_lock == f"bulk-summary-{item.pk}"
    with acting_as(run.unit):
        assert not jobs.defer(item.pk)  # where two look at the same moment
        jobs.queue([item.pk])
    assert jobs_of(run).count() == 1


def test_an_item_that_loses_its_worker_again_and_again_is_given_up(start):
    run = start("A")
    for tries in (1, 2, 3):
        take_job(run)
        change(
            run, state=State.RUNNING, tries=tries, changed_at=timezone.now() - timedelta(hours=1)
        )
        assert bulk.resume(everywhere("test")) == (tries < 3)
    [item] = items_of(run)
    assert (item.state, item.message) == (State.FAILED, bulk.GIVEN_UP)


def test_a_run_of_nobody_fails_with_a_plain_message(start, street):
    run = start("A")
    [item] = items_of(run)
    with acting_as(street):
        BulkRun.objects.filter(pk=run.pk).update(asked_by=None)
    bulk.work(item.pk, everywhere("test"))
    with acting_as(item.unit):
        assert BulkItem.objects.get().message == bulk.NO_LONGER
