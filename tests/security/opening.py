"""Rows that more than the values of their fields opens: files that lie on disk, a child, what was thrown away."""

import io
from datetime import date

from django.utils import timezone
from PIL import Image

from portal.attachments import services as attachments
from portal.crypto import encrypt_bytes
from portal.models import Attachment, Notice
from portal.office.models import Posting
from reports.models import Board, BulkItem, Issue, Summary
from reports.services import bulk_files
from servicecenter.models import Letter
from tests import factories
from tests.factories import sanitation_cleaners
from tests.factories import volunteers as volunteering
from tests.security.filling import PDF, make
from tests.security.routes import CHILD
from volunteers.models import Volunteer, VolunteerActivity
from volunteers.selectors.links import checkin_code

SCHOOL_AGE = 8


def picture(colour: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (120, 80), colour).save(target, "JPEG")
    return target.getvalue()


def photographed(record, word, user, purpose=Attachment.Purpose.PHOTO, colour="white") -> None:
    file = attachments.checked(picture(colour), purpose)
    attachments.attach(record, [file], purpose=purpose, caption=word, by=user)


def open_the_rest(first: int, word, unit, user, trainee) -> dict[str, dict]:
    """After the first row of every table. How far from it these are is told by ``routes.FURTHER``, or
    returned: url name → values."""
    photographed(Issue.objects.get(), word, user, Attachment.Purpose.SCAN, "gray")
    photographed(Notice.objects.get(), word, user, colour="black")
    item = BulkItem.objects.get()
    item.pdf = encrypt_bytes(PDF, bulk_files.context_of(item.pk))
    item.save()
    Board.objects.create(
        unit=unit,
        recorded_by=user,
        title=f"{word}旧看板",
        deleted_at=timezone.now(),
        deleted_by=user,
    )
    born = date(timezone.localdate().year - SCHOOL_AGE, 1, 1)
    child = factories.resident(unit, f"{word}丙", pk=first + CHILD, born_on=born)
    Posting.objects.update(due_on=date(2025, 12, 31))
    asked = {"kind": "application", "item_key": first, "code_hash": f"{word}{first}"}
    application = make(Letter, word, unit, user, **asked)
    correction = factories.data_request(child, kind="correct", content=word)
    drawn = factories.subsidy(child)  # without a certificate
    taught = sanitation_cleaners.training(unit)
    placed = volunteering.trainee(unit, f"{word}丁", user=trainee, ends_on=date(2099, 12, 31))
    log = volunteering.trainee_log(placed, what=word)
    served = volunteering.service(
        Volunteer.objects.get(pk=first), VolunteerActivity.objects.get(pk=first)
    )
    return {
        "cleaner-training-attend": {"pk": taught.pk},
        "data-request-lines": {"pk": correction.pk},
        "letter-take": {"pk": application.pk},
        "my-placement-drop": {"pk": log.pk},
        "my-placement-log": {"pk": log.pk},
        "public-my-correction": {"pk": served.pk},
        "public-shift": {"pk": first, "code": checkin_code(first)},
        "subsidy-outcome": {"pk": drawn.pk, "kind": drawn.kind_id},
    }


def summed_up(word, street, supervisor) -> dict[str, dict]:
    """The summary of the street, beside which those of its communities stand."""
    summary = make(Summary, word, street, supervisor)
    return {name: {"pk": summary.pk} for name in ("summary-communities", "summary-reconcile")}
