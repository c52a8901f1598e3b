"""办证申请: every step of every kind of business, what the last one writes, and many at once."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from disability.application_workflow import OVER, SHARED, WORKFLOWS
from disability.enums.applications import Business, Stage, StepKind
from disability.models import ApplicationStep, Certificate, CertificateApplication, DisabilityFile
from disability.services import applications as services
from portal.figures import engine
from portal.ledgers import ledgers
from portal.ledgers.forms import form_class_for
from portal.periods import Period
from portal.roles import Role
from residents.life_events import LifeEventKind
from residents.models import Application
from residents.workflow import DECIDED
from tests import factories
from tests.factories.certificate_applications import certificate_application, take

pytestmark = pytest.mark.django_db
B, K, S = Business, StepKind, Stage
YEAR = Period.parse("2025")
ACCEPT, ASSESS, PUBLISH = (
    (K.ACCEPT, date(2025, 3, 4)),
    (K.ASSESS, date(2025, 3, 5)),
    (K.PUBLISH, date(2025, 3, 10)),
)
APPROVE, MAKE, ISSUE = (
    (K.APPROVE, date(2025, 3, 18)),
    (K.MAKE, date(2025, 3, 20)),
    (K.ISSUE, date(2025, 3, 25)),
)
TO_CARD = (APPROVE, MAKE, ISSUE)
FINISH = (K.FINISH, date(2025, 3, 25))
WAYS = {
    B.NEW: (ACCEPT, ASSESS, PUBLISH, *TO_CARD),
    B.CHANGE: (ACCEPT, ASSESS, PUBLISH, *TO_CARD),
    B.RENEW: (ACCEPT, *TO_CARD),
    B.REISSUE: (ACCEPT, *TO_CARD),
    B.MOVE: (ACCEPT, APPROVE, FINISH),
    B.CANCEL: (ACCEPT, APPROVE, FINISH),
}


@pytest.fixture
def staff(make_user, community):
    return make_user(Role.COMMUNITY_STAFF, community)


@pytest.fixture
def person(acting, community):
    with acting(community):
        return factories.resident(community)


def begun(person, business):
    if business != B.NEW:
        factories.certificate(person, "4", "3", expires_on=date(2029, 12, 31))
    return certificate_application(person, business)


@pytest.mark.parametrize("business", list(B))
def test_the_whole_way_and_the_shared_row_beside_it(acting, staff, person, business):
    with acting(staff):
        application = begun(person, business)
        for step in WAYS[business]:
            take(application, step, conclusion=["42"])
            shared = Application.objects.get(pk=application.application_id)
            assert shared.state == SHARED[S(application.stage)]
            assert (shared.decided_on is not None) == (shared.state in DECIDED)
            assert (shared.unit_id, shared.resident_id, shared.occurred_on) == (
                application.unit_id,
                application.resident_id,
                application.occurred_on,
            )
        assert (application.stage, application.closed_on) == (S.DONE, date(2025, 3, 25))
        assert shared.decided_on == date(2025, 3, 18)
        kinds = [step.kind for step in application.steps.all()]
        assert kinds == [K.APPLY, *(kind for kind, _ in WAYS[business])]


@pytest.mark.parametrize(
    ("business", "number", "level", "old"),
    [
        (B.NEW, "42", "2", None),
        (B.CHANGE, "42", "2", "replaced"),
        (B.RENEW, "43", "3", "replaced"),
        (B.REISSUE, "43B1", "3", "replaced"),
    ],
)
def test_the_card_that_is_handed_out(acting, staff, person, business, number, level, old):
    with acting(staff):
        factories.disability_file(person, components=["43"])
        application = take(begun(person, business), *WAYS[business], conclusion=["42"])
        card = application.issued
        assert card.number == f"{person.id_number}{number}"
        assert (card.level, card.occurred_on, card.expires_on) == (
            level,
            date(2025, 3, 25),
            date(2035, 3, 25),
        )
        if old:
            before = Certificate.objects.get(pk=application.certificate_id)
            assert (before.status, before.ended_on) == (old, date(2025, 3, 25))
        in_use = Certificate.objects.filter(resident=person, ended_on__isnull=True)
        assert in_use.count() == 1
        told = DisabilityFile.objects.get(resident=person).components
        assert told == (["42"] if business in (B.NEW, B.CHANGE) else ["43"])


def test_several_components_make_a_multiple_of_the_most_severe_level(acting, staff, person):
    with acting(staff):
        way = WAYS[B.NEW]
        application = take(begun(person, B.NEW), *way, conclusion=["43", "31"])
        assert (application.issued.category, application.issued.level) == ("7", "1")
        assert application.issued.number.endswith("71")


@pytest.mark.parametrize(("business", "status"), [(B.CANCEL, "cancelled"), (B.MOVE, "moved")])
def test_without_a_card_the_old_one_ends(acting, staff, person, business, status):
    with acting(staff):
        application = take(begun(person, business), *WAYS[business])
        old = Certificate.objects.get(pk=application.certificate_id)
        assert (old.status, old.ended_on) == (status, date(2025, 3, 25))
        assert application.issued is None


def test_each_step_from_each_stage_of_each_business(acting, staff, person):
    """The table decides: every pair that it does not name is refused, whatever the business."""
    with acting(staff):
        application = begun(person, B.RENEW)
        for business, workflow in WORKFLOWS.items():
            for stage in S:
                over = date(2025, 3, 31) if stage in OVER else None
                CertificateApplication.objects.filter(pk=application.pk).update(
                    business=business, stage=stage, closed_on=over
                )
                application.refresh_from_db()
                for kind in K:
                    known = workflow.steps.get(kind)
                    if known and stage in known.sources:
                        continue
                    taken = services.Taken(kind, date(2025, 4, 1), note="说明")
                    with pytest.raises(ValidationError, match="不能办理"):
                        services.take([application], taken, by=staff)
        assert application.steps.count() == 1


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (((K.ACCEPT, date(2025, 3, 2)),), "不能早于上一步的日期2025-03-03"),
        (((K.ACCEPT, date(2099, 1, 1)),), "不能晚于今天"),
        ((ACCEPT, ASSESS, PUBLISH, (K.APPROVE, date(2025, 3, 17))), "最早2025-03-18审批"),
    ],
)
def test_days_of_steps_are_checked(acting, staff, person, steps, message):
    with acting(staff):
        application = begun(person, B.NEW)
        with pytest.raises(ValidationError, match=message):
            take(application, *steps, conclusion=["42"])


def test_the_notice_is_a_setting(settings):
    assert services.earliest_approval(date(2025, 9, 26)) == date(2025, 10, 11)
    settings.CERTIFICATE_NOTICE_DAYS = 1
    assert services.earliest_approval(date(2025, 9, 26)) == date(2025, 9, 29)
    settings.CERTIFICATE_NOTICE_DAYS = 0
    assert services.earliest_approval(date(2025, 9, 26)) == date(2025, 9, 26)


def test_of_many_one_that_cannot_go_on_stops_all_and_is_named(acting, staff, community):
    with acting(staff):
        people = [factories.resident(community, name) for name in ("王一", "王二")]
        first, second = (begun(person, B.RENEW) for person in people)
        take(second, ACCEPT)
        with pytest.raises(ValidationError, match="王二（换领）"):
            services.take([first, second], services.Taken(K.ACCEPT, date(2025, 3, 5)), by=staff)
    with acting(staff):
        first.refresh_from_db()


def test_refused_returned_and_withdrawn(acting, staff, community):
    with acting(staff):
        one, two, three = (factories.resident(community) for _ in range(3))
        refused = take(begun(one, B.NEW), ACCEPT, (K.REFUSE, date(2025, 3, 6)))
        returned = take(begun(two, B.RENEW), ACCEPT, (K.RETURN, date(2025, 3, 6)))
        withdrawn = take(begun(three, B.RENEW), (K.WITHDRAW, date(2025, 3, 6)))
        assert [a.application.state for a in (refused, returned, withdrawn)] == [
            "refused",
            "pending",
            "withdrawn",
        ]
        counts = {
            code: engine.read(f"disability.{code}", [community.pk], YEAR).value
            for code in ("applications", "applications_refused", "applications_pending")
        }
        assert list(counts.values()) == [3, 1, 1]


def test_figures_tell_how_far_applications_came(acting, staff, community):
    """S5-10: applied, accepted, assessed, approved, issued; and by kind of business."""
    with acting(staff):
        for steps in ((), WAYS[B.RENEW][:1], WAYS[B.RENEW][:2], WAYS[B.RENEW]):
            take(begun(factories.resident(community), B.RENEW), *steps)
        assessed = begun(factories.resident(community), B.NEW)
        take(assessed, ACCEPT, ASSESS, conclusion=["42"])

        def read(code, **category):
            return engine.read(f"disability.{code}", [community.pk], YEAR, category).value

        steps = ("", "_accepted", "_assessed", "_approved", "_issued", "_pending")
        assert [read(f"applications{step}") for step in steps] == [5, 4, 1, 2, 1, 4]
        assert read("applications", business="renew") == 4
        assert read("applications_accepted", business="new") == 1
        assert read("certificates_issued") == 1


# --- the form -----------------------------------------------------------------------------------------


@pytest.fixture
def judge(acting, staff):
    def form_of(person, **fields):
        data = {"resident": person.pk, "business": "renew", "occurred_on": "2025-03-03"} | fields
        ledger = ledgers["certificate-applications"]
        return form_class_for(ledger)(data, ledger=ledger, user=staff)

    with acting(staff):
        yield form_of


@pytest.mark.parametrize(
    ("fields", "at", "message"),
    [
        ({}, "business", "没有这位居民在用的残疾人证"),
        ({"business": "new", "issued_on": "2025-03-25"}, "issued_on", "之前的步骤"),
        ({"business": "new", "accepted_on": "2025-03-01"}, "accepted_on", "不能早于上一步"),
        ({"business": "cancel", "made_on": "2025-03-25"}, "made_on", "没有这一步"),
        ({"business": "new", "applicant": "guardian"}, "guardian_name", "请填写监护人姓名"),
        ({"business": "new", "occurred_on": "2099-01-01"}, "occurred_on", "不能晚于今天"),
        (
            {"business": "new", "accepted_on": "2025-03-04", "assessed_on": "2025-03-05"},
            "conclusion",
            "请选择评定结论",
        ),
        (
            {
                "business": "new",
                "accepted_on": "2025-03-04",
                "assessed_on": "2025-03-05",
                "conclusion": ["42"],
                "published_on": "2025-03-10",
                "approved_on": "2025-03-12",
            },
            "approved_on",
            "最早2025-03-18",
        ),
    ],
)
def test_wrong_values_are_told_at_their_field(judge, person, fields, at, message):
    form = judge(person, **fields)
    assert message in str(form.errors.get(at)), form.errors


def test_wards_apply_through_the_guardian_whom_the_file_names(judge, community):
    person = factories.resident(community)
    factories.certificate(person, "5", "2")
    factories.disability_file(person, components=["52"], guardian_name="黄秀英")
    assert "由监护人申请" in str(judge(person).errors["applicant"])
    form = judge(person, applicant="guardian")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["guardian_name"] == "黄秀英"


def test_the_dead_are_cancelled_only(judge, community):
    person = factories.resident(community)
    factories.certificate(person)
    factories.life_event(person, LifeEventKind.DIED, date(2025, 1, 1))
    person.refresh_from_db()
    assert "去世" in str(judge(person).errors["occurred_on"])
    assert judge(person, business="cancel").is_valid()


def test_paper_files_are_typed_in_with_their_steps(judge, acting, staff, person):
    factories.certificate(person)
    form = judge(
        person, accepted_on="2025-03-04", approved_on="2025-03-05", made_on="2025-03-06",
        issued_on="2025-03-07",
    )  # fmt: skip
    assert form.is_valid(), form.errors
    application = ledgers["certificate-applications"].save(form, by=staff)
    assert application.stage == S.DONE
    assert application.issued.occurred_on == date(2025, 3, 7)


# --- pages --------------------------------------------------------------------------------------------


def test_a_hundred_and_eight_are_entered_on_one_page(client_of, acting, staff, community):
    with acting(staff):
        people = [factories.resident(community, f"王{n}") for n in range(108)]
        for person in people:
            factories.certificate(person)
        ward = factories.resident(community, "小明", born_on=date(2015, 1, 1))
        factories.certificate(ward)
    client, url = client_of(staff), "/disability/applications/many/"
    data = {"business": "renew", "occurred_on": "2025-03-03", "agent": "李主任"}
    data |= {"people": [p.pk for p in (*people, ward)], "_key": str(uuid.uuid4())}
    refused = client.post(url, data)
    assert "小明要由监护人申请，档案中没有监护人。" in refused.content.decode()
    with acting(staff):
        assert not CertificateApplication.objects.exists()
    data |= {"people": [p.pk for p in people], "_key": str(uuid.uuid4())}
    assert client.post(url, data).status_code == 302
    with acting(staff):
        assert CertificateApplication.objects.count() == ApplicationStep.objects.count() == 108
        assert Application.objects.filter(kind="disability_certificate").count() == 108
        rows = [a.pk for a in CertificateApplication.objects.all()]
    step = "/disability/applications/step/accept/"
    data = {"on": "2025-03-04", "actor": "李主任", "applications": rows, "_key": str(uuid.uuid4())}
    assert client.post(step, data).status_code == 302
    with acting(staff):
        assert set(CertificateApplication.objects.values_list("stage", flat=True)) == {S.ACCEPTED}
    again = client.post(step, data | {"_key": str(uuid.uuid4())})
    assert "有的已经办过这一步" in again.content.decode()


def test_one_goes_on_from_its_own_page_and_only_there(client_of, acting, staff, person):
    with acting(staff):
        application = begun(person, B.RENEW)
    client = client_of(staff)
    page = client.get(f"/ledger/certificate-applications/{application.pk}/").content.decode()
    assert "2025-03-03 申请" in page
    assert f"/disability/applications/step/accept/?only={application.pk}" in page
    shared = f"/ledger/applications/{application.application_id}/"
    told = client.get(shared).content.decode()
    assert "step/accept" not in told
    assert f"{shared}edit/" not in told
    assert client.get(f"{shared}edit/").status_code == 403


def test_who_may_not_edit_may_not_step(client_of, make_user, acting, staff, person, community):
    with acting(staff):
        application = begun(person, B.RENEW)
    clerk = make_user(Role.WINDOW_CLERK, community)
    for url in ("/disability/applications/many/", "/disability/applications/step/accept/"):
        assert client_of(clerk).get(url).status_code == 403
    assert client_of(staff).get("/disability/applications/step/dance/").status_code == 404
    done = client_of(staff).get(f"/disability/applications/step/make/?only={application.pk}")
    assert done.status_code == 302


def test_recycled_and_taken_back_with_the_shared_row(client_of, acting, staff, person):
    with acting(staff):
        application = begun(person, B.RENEW)
        ledger = ledgers["certificate-applications"]
        ledger.check_deletable(application)
        ledger.recycle(application, version=application.version, by=staff)
        assert not Application.objects.kept().exists()
        assert not ApplicationStep.objects.kept().exists()
        application.refresh_from_db()
        ledger.restore(application, by=staff)
        assert Application.objects.kept().count() == ApplicationStep.objects.kept().count() == 1


def test_changed_together_with_the_shared_row(client_of, acting, staff, person):
    with acting(staff):
        application = begun(person, B.RENEW)
        application.occurred_on -= timedelta(days=1)
        services.change(application)
        shared = Application.objects.get(pk=application.application_id)
        assert shared.occurred_on == application.steps.get().occurred_on == date(2025, 3, 2)
