"""Taking an application up: it becomes a registered case."""

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.attachments.services import attach
from portal.intake.services import Answer
from portal.models import Attachment
from portal.scope import access_of
from residents.models import Resident
from residents.selectors import known_by_number
from servicecenter.enums.cases import CaseChannel, OutsiderKind
from servicecenter.models import Case, CaseMaterial, ItemVersion, Letter, Outsider
from servicecenter.services import cases
from servicecenter.services.public import answer, files_of
from servicecenter.workflow import CLERK


def applicant_of(letter: Letter, user) -> Resident | Outsider:
    """The resident with that very number whom the user sees, else an outsider, known or new (unsaved)."""
    if letter.id_hash:
        found = known_by_number(user, letter.id_hash)
        outsiders = Outsider.objects.kept().filter(unit=letter.unit_id, number_hash=letter.id_hash)
        if found := found or outsiders.first():
            return found
    return Outsider(
        unit_id=letter.unit_id,
        kind=OutsiderKind.PERSON if letter.id_kind else OutsiderKind.COMPANY,
        name=letter.name,
        id_kind=letter.id_kind,
        number=letter.id_number,
        phone=letter.phone,
        recorded_by=user,
    )


@transaction.atomic
def take_application(letter: Letter, *, by) -> Case:
    """Register the application as a case of its unit, with its files, and close the letter.

    Raises ValidationError, Denied, StaleRecord; then nothing is changed.
    """
    access_of(by).check(CLERK, letter.unit_id)
    version = ItemVersion.objects.visible_to(by).filter(pk=letter.item_key).first()
    if version is None:
        raise ValidationError("这个事项已经没有这一版办事指南，请退回并说明，或在窗口登记。")
    applicant = applicant_of(letter, by)
    if applicant.pk is None:
        applicant.full_clean(exclude={"recorded_by", "deleted_by", "pinyin", "name_keys"})
        applicant.save()
    which = "resident" if isinstance(applicant, Resident) else "outsider"
    case = Case(
        unit=letter.unit,
        item=version,
        occurred_on=letter.occurred_on,
        request=letter.content,
        phone=letter.phone,
        channel=CaseChannel.ONLINE,
        **{which: applicant},
    )
    materials = [
        CaseMaterial(material=material, name=material.name)
        for material in version.materials.filter(deleted_at__isnull=True)
    ]
    case = cases.register(case, materials=materials, by=by, note="网上申请")
    if files := files_of(letter):
        attach(case, files, purpose=Attachment.Purpose.SCAN, caption="网上申请附件", by=by)
    answer(letter, Answer(became=case))
    return case
