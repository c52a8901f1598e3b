"""What is due goes with all its parts and files; what a kept record refers to stays whole."""

import itertools
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from disability.enums.applications import StepKind
from disability.models import ApplicationStep, CertificateApplication
from portal.attachments import vault
from portal.attachments.services import attach, checked
from portal.models import Attachment, Unit, WorkNotice
from portal.models.units import UnitKind
from portal.retention.services import approve, propose
from portal.roles import Role
from sanitation.models import (
    Finding,
    Inspection,
    RectificationOrder,
    RectificationRound,
    SampledGroup,
)
from servicecenter.enums.cases import CaseState
from servicecenter.models import (
    Case,
    CaseMaterial,
    CasePause,
    CaseRedating,
    CaseStep,
    Rating,
    Redress,
    RedressStep,
)
from tests import factories
from tests.attachments import files
from tests.exports.test_register import pages_of
from tests.factories import (
    cases,
    certificate_applications,
    disability,
    redress,
    sanitation,
    sanitation_inspect,
    sanitation_rectification,
)

pytestmark = pytest.mark.django_db(transaction=True)
COLOURS = itertools.cycle(range(256))
OLD = timezone.localdate().replace(day=1) - timedelta(days=366 * 11)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def head(make_user, community):
    return make_user(Role.STREET_SUPERVISOR, community.parent)


@pytest.fixture
def second(make_user, community):
    return make_user(Role.STREET_SUPERVISOR, community.parent, "second")


@pytest.fixture
def dispose(acting, head, second):
    """``dispose(code, …)``: proposed by one, approved by the other; what became of the first kind."""

    def run(*codes):
        with acting(head):
            proposed = propose(codes, "年度清理", by=head)
        with acting(second):
            outcome = approve(proposed, by=second)
        return outcome[0] | {"run": proposed, "parts": dict(outcome[0]["parts"])}

    return run


def photo(row, by):
    [kept] = attach(
        row,
        [checked(files.picture(colour=(next(COLOURS), 80, 40)), Attachment.Purpose.PHOTO)],
        purpose="photo",
        caption="",
        by=by,
    )
    return kept


def left(*models):
    return {m.__name__: n for m in models if (n := m._base_manager.count())}


@pytest.fixture
def old_case(acting, head, community):
    with acting(head):
        case = cases.case(community, CaseState.ARCHIVED, occurred_on=OLD)
        CaseStep.objects.create(
            unit=community,
            case=case,
            occurred_on=OLD,
            action="register",
            target=CaseState.REGISTERED,
        )
        material = CaseMaterial.objects.create(unit=community, case=case, name="身份证", copies=1)
        CasePause.objects.create(
            unit=community,
            case=case,
            reason="assessment",
            evidence="评定委托书",
            starts_on=OLD,
            ends_on=OLD + timedelta(days=1),
        )
        rated = redress.rating(case, 1, occurred_on=OLD + timedelta(days=4))
        again = redress.redress(rated, due_on=OLD + timedelta(days=9))
        RedressStep.objects.create(
            unit=community,
            redress=again,
            occurred_on=OLD + timedelta(days=5),
            action="open",
            source="calling",
            target="calling",
        )
        photo(case, head)
        photo(material, head)
    return case


def test_a_case_goes_with_its_steps_materials_ratings_and_files(
    old_case, acting, head, community, dispose, media, client_of
):
    with acting(head):
        young = cases.case(community, CaseState.ARCHIVED)
        CaseStep.objects.create(
            unit=community,
            case=young,
            occurred_on=date(2025, 3, 3),
            action="register",
            target=young.state,
        )
        kept = photo(young, head)
        names = set(Attachment.objects.values_list("name", flat=True)) - {kept.name}
    outcome = dispose("servicecenter.cases")
    assert (outcome["gone"], outcome["referred"]) == (1, 0)
    assert outcome["parts"] == {
        "办理环节": 1,
        "办件材料": 1,
        "挂起": 1,
        Rating._meta.verbose_name: 1,
        Redress._meta.verbose_name: 1,
        RedressStep._meta.verbose_name: 1,
        "附件": 2,
    }
    with acting(head):
        assert left(
            Case, CaseStep, CaseMaterial, CasePause, Rating, Redress, RedressStep, Attachment
        ) == {
            "Case": 1,
            "CaseStep": 1,
            "Attachment": 1,
        }
    for name in names:
        with pytest.raises(vault.Missing):
            vault.get(name)
    assert [
        path for path in media.rglob("*") if path.is_file() and kept.name not in path.name
    ] == []
    assert vault.get(kept.name)
    client = client_of(head)
    run = outcome["run"]
    assert "连同 办理环节 1、办件材料 1" in client.get(f"/retention/{run.pk}/").content.decode()
    [paper] = [
        "".join(page.split())
        for page in pages_of(client.get(f"/retention/{run.pk}/list.pdf").content)
    ]
    assert "附件2" in paper


def test_the_list_tells_before_it_is_approved_what_goes_along(old_case, acting, head):
    with acting(head):
        run = propose(["servicecenter.cases"], "年度清理", by=head)
    parts = dict(run.frozen[0]["parts"])
    assert (parts["附件"], parts["办理环节"]) == (2, 1)


def test_a_case_to_which_a_kept_one_refers_stays_whole(old_case, acting, head, community, dispose):
    with acting(head):
        cases.case(community, CaseState.ARCHIVED, parent=old_case)
        before = left(Case, CaseStep, CaseMaterial, Rating, Redress, Attachment)
    outcome = dispose("servicecenter.cases")
    assert (outcome["gone"], outcome["referred"], outcome["parts"]) == (0, 1, {})
    with acting(head):
        assert left(Case, CaseStep, CaseMaterial, Rating, Redress, Attachment) == before
        for file in Attachment.objects.all():
            assert vault.get(file.name)


def test_a_part_that_nobody_may_remove_goes_with_its_case_and_only_so(
    old_case, acting, head, dispose
):
    with acting(head):
        notice = WorkNotice.objects.first()  # one of its own would outlive the test
        moved = CaseRedating.objects.create(
            unit=old_case.unit, case=old_case, notice=notice, after=OLD, by="x"
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            CaseRedating.objects.filter(pk=moved.pk)._raw_delete("default")
    outcome = dispose("servicecenter.cases")
    assert (outcome["gone"], outcome["parts"]["改期记录"]) == (1, 1)
    with acting(head):
        assert left(CaseRedating) == {}


@pytest.fixture
def inspection(acting, head, community):
    with acting(head):
        row = sanitation.inspection(community, occurred_on=OLD)
        grid = Unit.objects.create(
            kind=UnitKind.GRID, code=f"{community.code}001", name="第一网格", parent=community
        )
        sanitation_inspect.sampled(row, grid)
        found = sanitation.finding(row, found_at=timezone.now() - timedelta(days=366 * 11))
        order = sanitation_rectification.order(community, finding=found, occurred_on=OLD)
        sanitation_rectification.round_(order)
        photo(found, head)
    return row


MODELS = (Inspection, SampledGroup, Finding, RectificationOrder, RectificationRound, Attachment)


def test_an_inspection_goes_with_its_groups_findings_and_what_became_of_them(
    inspection, acting, head, dispose
):
    outcome = dispose("sanitation.inspections")
    assert (outcome["gone"], outcome["referred"]) == (1, 0)
    with acting(head):
        assert left(*MODELS) == {}


def test_an_inspection_stays_whole_while_one_finding_is_kept(inspection, acting, head, dispose):
    with acting(head):
        Finding.objects.update(found_at=timezone.now() - timedelta(days=400))
        before = left(*MODELS)
    outcome = dispose("sanitation.inspections")
    assert (outcome["gone"], outcome["referred"]) == (0, 1)
    with acting(head):
        assert left(*MODELS) == before


def test_an_application_goes_with_its_steps_and_a_file_with_its_scans(
    acting, head, community, dispose
):
    with acting(head):
        person = factories.resident(community, "王建国")
        disability.certificate(person, occurred_on=date(1990, 1, 1))
        application = certificate_applications.certificate_application(
            person, occurred_on=date(1990, 3, 3)
        )
        certificate_applications.take(application, (StepKind.WITHDRAW, date(1990, 3, 4)))
        CertificateApplication.objects.filter(pk=application.pk).update(closed_on=date(1990, 3, 4))
        disabled = disability.disability_file(
            person, opened_on=date(1990, 1, 1), closed_on=date(1991, 1, 1)
        )
        photo(disabled, head)
        photo(application, head)
        assert ApplicationStep.objects.exists()
    outcome = dispose("disability.applications", "disability.files")
    assert outcome["gone"] == 1
    with acting(head):
        assert left(CertificateApplication, ApplicationStep, Attachment) == {}


def test_out_of_the_bin_goes_only_what_is_all_in_the_bin(old_case, acting, head, dispose):
    with acting(head):
        gone = timezone.now() - timedelta(days=60)
        Case.objects.filter(pk=old_case.pk).update(deleted_at=gone, deleted_by=head)
    outcome = dispose("bin:servicecenter.case")
    assert (outcome["gone"], outcome["referred"]) == (0, 1)
    with acting(head):
        for model in (CaseStep, CaseMaterial, CasePause, Rating, Redress, RedressStep):
            model.objects.update(deleted_at=gone, deleted_by=head)
    outcome = dispose("bin:servicecenter.case")
    assert outcome["gone"] == 1
