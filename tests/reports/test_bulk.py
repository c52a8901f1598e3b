"""Many summaries in one run, and the drafts of the night."""

import io
import uuid
import zipfile

import pytest
from django.urls import reverse

from portal.models import AccessLog
from portal.roles import Role
from portal.summaries import outlines
from reports import services
from reports.jobs import everywhere
from reports.models import BulkItem, BulkRun, Summary
from reports.services import bulk, nightly
from tests.conftest import acting_as, as_command
from tests.reports.conftest import YEAR

pytestmark = pytest.mark.django_db
State = BulkItem.State


@pytest.fixture
def supervisor(make_user, street):
    return make_user(Role.STREET_SUPERVISOR, street)


@pytest.fixture
def run(acting, supervisor, street, community, year_of_records):
    with acting(supervisor):
        return bulk.start(
            unit=street,
            outlines=[outlines["A"], outlines["D"]],
            units=[community],
            period=YEAR,
            by=supervisor,
        )


def work_all(run):
    """As the worker does, outside of any scope."""
    with acting_as(run.unit):
        items = list(run.items.values_list("pk", flat=True))
    for pk in items:
        bulk.work(pk, everywhere("test"))


def states(acting, supervisor, run):
    with acting(supervisor):
        return sorted(run.items.values_list("state", flat=True))


def test_each_item_has_its_result_and_the_zip_holds_them(acting, run, supervisor, client_of):
    work_all(run)
    assert states(acting, supervisor, run) == [State.DONE] * 2
    client = client_of(supervisor)
    page = client.get(reverse("bulk-run", args=[run.pk])).content.decode()
    assert '完成 <span class="nums">2</span>' in page
    taken = client.get(reverse("bulk-zip", args=[run.pk]))
    names = zipfile.ZipFile(io.BytesIO(b"".join(taken.streaming_content))).namelist()
    assert "440103001001 明珠社区2025年残疾人工作总结 A.pdf" in names
    assert len(names) == 2
    assert AccessLog.objects.filter(subject="reports.bulkrun").exists()


def test_one_that_breaks_fails_alone_and_is_tried_again(acting, run, supervisor, monkeypatch):
    made = bulk._make

    def breaks(item):
        if item.kind == "D":
            raise RuntimeError("broken")
        made(item)

    monkeypatch.setattr(bulk, "_make", breaks)
    work_all(run)
    assert states(acting, supervisor, run) == [State.DONE, State.FAILED]
    monkeypatch.undo()
    with acting(supervisor):
        assert not Summary.objects.filter(kind="D").exists()
        assert bulk.retry(run, by=supervisor) == 1
    work_all(run)
    assert states(acting, supervisor, run) == [State.DONE] * 2


def test_what_a_person_wrote_stays(acting, staff, run, supervisor, community):
    with acting(staff):
        mine = services.draft(outline=outlines["A"], unit=community, period=YEAR, by=staff)
        texts = {"basics": "我写的话。"}
        services.save(mine, version=mine.version, title=mine.title, texts=texts, by=staff)
    work_all(run)
    with acting(supervisor):
        assert mine.sections.get(key="basics").text == "我写的话。"
        item = run.items.get(kind="A", unit=community)
        assert (item.summary, item.message) == (mine, bulk.REUSED)


def test_an_item_done_is_not_made_again(acting, run, supervisor):
    work_all(run)
    with acting(supervisor):
        before = dict(run.items.values_list("pk", "changed_at"))
    work_all(run)
    with acting(supervisor):
        assert dict(run.items.values_list("pk", "changed_at")) == before


def test_whoever_lost_the_right_drafts_nothing(acting, run, supervisor):
    with as_command():
        supervisor.assignments.all().delete()
    work_all(run)
    with acting(run.unit):
        assert set(run.items.values_list("message", flat=True)) == {bulk.NO_LONGER}


def test_the_form_names_what_it_lacks(client_of, supervisor, street, community):
    client, url = client_of(supervisor), reverse("bulk-start")
    sent = {"unit": street.pk, "reach": "communities", "period": "2025", "other": "2025"}
    page = client.post(url, sent | {"_key": str(uuid.uuid4())})
    assert "kinds" in page.context["form"].errors
    client.post(url, sent | {"kinds": ["A"], "_key": str(uuid.uuid4())})
    with acting_as(supervisor):
        assert BulkRun.objects.get().items.count() == 1
    listed = client.get(reverse("bulk-list")).content.decode()
    assert "2025年" in listed


@pytest.mark.usefixtures("year_of_records")
def test_the_night_drafts_renews_and_leaves_what_people_touched(acting, staff, community):
    once = nightly.draft_one(community.pk, "A", "2025")
    again = nightly.draft_one(community.pk, "A", "2025")
    assert (once, again) == (nightly.DRAFTED, nightly.LEFT)
    with acting(staff):
        found = Summary.objects.get(kind="A")
        assert found.automatic
        services.save(found, version=found.version, title="我的标题", texts={}, by=staff)
    assert nightly.draft_one(community.pk, "A", "2025") == nightly.LEFT
    with acting(staff):
        assert Summary.objects.get(kind="A").title == "我的标题"


@pytest.mark.usefixtures("community")
def test_a_unit_without_records_gets_no_draft(community):
    assert nightly.draft_one(community.pk, "A", "2025") == nightly.LEFT


def test_what_a_run_drafted_is_renewed_by_the_next(acting, run, supervisor, community):
    work_all(run)
    with acting(supervisor):
        again = bulk.start(
            unit=run.unit,
            outlines=[outlines["A"]],
            units=[community],
            period=YEAR,
            by=supervisor,
        )
    work_all(again)
    with acting(supervisor):
        assert again.items.get().message == ""
        assert Summary.objects.get(kind="A").automatic
