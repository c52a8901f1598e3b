"""What a volunteer does by their own link. A second tap on a button does nothing again: whoever acts
by a link has no key of a form (SubmitOnce knows users), so each act here may be repeated."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from volunteers.enums.hours import HoursState, RecordManner
from volunteers.models import ServiceCertificate, ServiceRecord, Shift, SignUp, Volunteer
from volunteers.models.volunteers import OF_AGE
from volunteers.selectors import mine
from volunteers.services import certificates, corrections, hours, shifts
from volunteers.services.volunteers import leave


def sign_up(volunteer: Volunteer, shift: Shift) -> SignUp:
    """Sign up, or what was signed up before. Raises ValidationError with the reason."""
    return _once(
        lambda: mine.sign_up_for(volunteer, shift),
        lambda: shifts.sign_up(shift, volunteer, by_self=True),
    )


def withdraw(volunteer: Volunteer, shift: Shift) -> None:
    """Take it back while the shift lies ahead. Raises ValidationError once it has begun."""
    row = mine.sign_up_for(volunteer, shift)
    if row is None:
        return
    if shift.starts_at <= timezone.now():
        raise ValidationError("这个班次已经开始，不能再取消；来不了的请告诉活动负责人。")
    shifts.withdraw(row)


def check_in(volunteer: Volunteer, shift: Shift, after: str) -> ServiceRecord:
    """Come to the shift. ``after`` is the key of the last record that the page showed, "" for none: a
    tap on a page from before is one that was done already."""

    def before():
        last = mine.presence(volunteer, shift)
        known = "" if last is None else str(last.pk)
        is_here = last is not None and last.state == HoursState.OPEN
        return last if is_here or known != after else None

    return _once(before, lambda: hours.check_in(shift, volunteer, manner=RecordManner.QR))


def check_out(volunteer: Volunteer, shift: Shift, pause: int) -> ServiceRecord | None:
    """Leave the shift; what was recorded before stays."""
    last = mine.presence(volunteer, shift)
    if last is None or last.state != HoursState.OPEN:
        return last
    return hours.check_out(last, pause=pause)


def ask_correction(record: ServiceRecord, claim: str, minutes: int | None):
    """Say that one's record is wrong; one such request is open at a time."""
    return _once(
        lambda: mine.open_correction(record), lambda: corrections.ask(record, claim, minutes)
    )


def ask_certificate(volunteer: Volunteer, purpose: str, starts_on, ends_on) -> ServiceCertificate:
    """Ask for a certificate; the same one is asked for once."""
    return _once(
        lambda: (
            mine.certificates_waiting(volunteer)
            .filter(purpose=purpose, starts_on=starts_on, ends_on=ends_on)
            .first()
        ),
        lambda: certificates.request(volunteer, purpose, starts_on, ends_on),
    )


def publish_name(volunteer: Volunteer, may: bool) -> None:
    """Consent that the name is public, or withdraw it; it holds at once.

    Raises ValidationError where somebody under age consents.
    """
    if may and volunteer.is_minor_on(timezone.localdate()):
        raise ValidationError(f"您未满 {OF_AGE} 周岁，公示中只显示姓，不能公开全名。")
    if volunteer.may_publish != may:
        volunteer.may_publish = may
        volunteer.save(update_fields=["may_publish"])


def leave_by_self(volunteer: Volunteer, reason: str) -> None:
    """Cease to be a volunteer today.

    Raises ValidationError on a day of service: that day still counts.
    """
    today = timezone.localdate()
    if mine.services(volunteer).filter(occurred_on=today).exists():
        raise ValidationError("您今天有服务记录，请明天再办理退出，今天的时长照常计算。")
    leave(volunteer, today, reason)


def _once(found, act):
    """What ``found`` tells, else what ``act`` does; two at the same moment act once."""
    before = found()
    if before is not None:
        return before
    try:
        with transaction.atomic():
            return act()
    except ValidationError:
        meanwhile = found()
        if meanwhile is None:
            raise
        return meanwhile
