"""A row that was damaged, or written by another release, is told of in words: never a fault, nothing changed."""

import uuid

import pytest
from django.db.models import Value
from django.utils import timezone

from portal.exports.jobs import print_register
from portal.history import Words
from portal.imports.batch_views import UNREADABLE
from portal.models import (
    DisposalRun,
    ExportProfile,
    ExportProfileVersion,
    ImportBatch,
    ImportState,
    ImportStep,
    RegisterPrint,
    SavedSearch,
)
from portal.retention.paper import disposal_paper
from portal.roles import Role
from portal.saved.looking import BROKEN
from reports.models import ReviewStep
from residents.models import Resident, Visit
from tests import factories

pytestmark = pytest.mark.django_db
IN_WORDS = "有一项内容读不出来"


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def browser(client_of, staff):
    return client_of(staff)


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data, follow=True)


@pytest.fixture
def batch(acting, staff, community):
    """An upload whose file does not open, with a step of which this release knows nothing."""
    with acting(staff):
        made = ImportBatch.objects.create(
            unit=community,
            ledger="visits",
            filename="走访.xlsx",
            sha256="0" * 64,
            content=b"7:bm90IHNlYWxlZA==",
            uploaded_by=staff,
        )
        ImportStep.objects.create(
            unit=community, batch=made, action="weigh", target=ImportState.UPLOADED, by=staff
        )
    return made


def test_the_page_of_a_batch_names_a_step_that_it_does_not_know(browser, batch):
    page = browser.get(f"/imports/{batch.pk}/")
    assert page.status_code == 200
    assert "weigh" in page.content.decode()


@pytest.mark.parametrize("step", ["approve", "confirm", "return", "undo", "withdraw"])
def test_a_step_of_such_a_batch_is_refused_in_words(browser, batch, step):
    assert post(browser, f"/imports/{batch.pk}/{step}/", reason="请核对").status_code == 409


def test_a_file_that_does_not_open_is_to_be_uploaded_again(browser, batch, acting, staff):
    checked = post(browser, f"/imports/{batch.pk}/check/")
    assert checked.status_code == 409
    assert UNREADABLE in checked.content.decode()
    for answer in (
        browser.get(f"/imports/{batch.pk}/mapping/", follow=True),
        post(browser, f"/imports/{batch.pk}/mapping/"),
    ):
        assert answer.redirect_chain == [(f"/imports/{batch.pk}/", 302)]
        assert UNREADABLE in answer.content.decode()
    with acting(staff):
        assert ImportBatch.objects.get().state == ImportState.UPLOADED


@pytest.mark.parametrize("kept", [None, {}, {"fields": [{"depth": 1}]}, []])
def test_a_profile_whose_definition_is_lost_says_so(browser, acting, staff, community, kept):
    with acting(staff):
        profile = ExportProfile.objects.create(
            unit=community, ledger="visits", name="走访名册", created_by=staff
        )
        if kept is not None:
            ExportProfileVersion.objects.create(
                unit=community, profile=profile, number=1, definition=kept, made_by=staff
            )
    for path in ("", "edit/"):
        page = browser.get(f"/exports/profiles/{profile.pk}/{path}")
        assert page.status_code == 409
        assert IN_WORDS in page.content.decode()
    assert browser.get("/exports/profiles/").status_code == 200


@pytest.mark.parametrize("kept", ["{}", "no JSON", '{"params": [], "search": ""}', "null"])
def test_a_saved_search_that_cannot_be_read_is_to_be_saved_anew(browser, acting, staff, kept):
    with acting(staff):
        search = SavedSearch.objects.create(
            user=staff, ledger="visits", name="走访", selection=kept, described="全部记录"
        )
    page = browser.get(f"/saved/{search.pk}/")
    assert page.status_code == 200
    assert BROKEN in page.content.decode()


def test_a_print_whose_rows_cannot_be_read_ends_in_words(acting, staff, community):
    with acting(staff):
        job = RegisterPrint.objects.create(
            unit=community,
            user=staff,
            unit_ids=[community.pk],
            ledger="visits",
            selection="{}",
            columns=["日期"],
        )
    print_register(print_id=job.pk, user_id=staff.pk)
    with acting(staff):
        job.refresh_from_db()
    assert (job.state, job.message) == (
        RegisterPrint.State.FAILED,
        "所选的范围读不出来。请联系系统管理员。",
    )


def test_a_number_that_does_not_open_is_told_on_the_page(browser, acting, community):
    with acting(community):
        person = factories.resident(community, "黄文发")
        Resident.objects.filter(pk=person.pk).update(id_number=Value("7:bm90IHNlYWxlZA=="))
    page = browser.get(f"/ledger/residents/{person.pk}/")
    assert page.status_code == 409
    assert IN_WORDS in page.content.decode()
    assert "黄文发" not in page.content.decode()


def test_a_step_of_a_summary_that_is_no_more_keeps_its_name(staff):
    assert str(ReviewStep(step="submit", taken_at=timezone.now())) == "送审"
    assert str(ReviewStep(step="weigh", taken_at=timezone.now())) == "weigh"


@pytest.mark.parametrize("value", [{"a": 1}, ["a"]])
def test_a_logged_value_of_another_shape_is_told_as_it_is(value):
    assert Words(Visit, []).value(Visit._meta.get_field("mode"), value) == str(value)


def test_a_disposal_of_nothing_is_printed_as_nothing(make_user, community, acting):
    head = make_user(Role.SECURITY_ADMINISTRATOR, community)
    run = DisposalRun(unit=community, frozen=[], outcome=[], proposed_by=head, reason="x")
    with acting(head):
        assert disposal_paper(run, head).startswith(b"%PDF")
