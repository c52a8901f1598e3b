"""What belongs to a case beside its steps: materials that come later, stations that handle along."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.scope import access_of
from servicecenter.models import CaseMaterial, CasePartner
from servicecenter.services.cases import LATER
from servicecenter.services.cases_guards import check_agent, stations_for
from servicecenter.workflow import CLERK, FINISHED, HANDLER, UNACCEPTED


def _refuse_future(name: str, day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({name: "日期不能晚于今天。"})


@transaction.atomic
def give_material(material: CaseMaterial, *, by) -> CaseMaterial:
    """Store that a late material was handed in on ``given_on``, with its counts."""
    access_of(by).check(CLERK, material.unit_id)
    if material.given_on is None:
        raise ValidationError({"given_on": "请填写收件日期。"})
    _refuse_future("given_on", material.given_on)
    if material.given_on < material.case.occurred_on:
        raise ValidationError({"given_on": "收件日期不能早于申请日期。"})
    material.full_clean(exclude=LATER)
    material.save()
    return material


@transaction.atomic
def ask_partner(partner: CasePartner, *, by) -> CasePartner:
    """Ask a further station of the unit or its street to handle an open case along with the lead."""
    access_of(by).check(HANDLER, partner.unit_id)
    case, day = partner.case, partner.asked_on
    if case.state in FINISHED | UNACCEPTED:
        raise ValidationError(f"现在是“{case.get_state_display()}”，不能请其他站所协办。")
    _refuse_future("asked_on", day)
    if day < case.accepted_on:
        raise ValidationError({"asked_on": "协办起始日期不能早于受理日期。"})
    if partner.station_id == case.station_id:
        raise ValidationError({"station": "这个站所是主办，不用再协办。"})
    if not stations_for(case, day).filter(pk=partner.station_id).exists():
        raise ValidationError({"station": "请选择本单位或所属街道在用的站所。"})
    check_agent(case, partner.handler, "handler", day)
    partner.recorded_by = by
    partner.full_clean(exclude=LATER)
    partner.save()
    return partner


@transaction.atomic
def finish_partner(partner: CasePartner, *, by) -> CasePartner:
    """Store the opinion of the station that handled along, and the day on which it was done."""
    access_of(by).check(HANDLER, partner.unit_id)
    if not partner.done_on:
        raise ValidationError({"done_on": "请填写协办完成日期。"})
    if not partner.opinion:
        raise ValidationError({"opinion": "请填写协办意见。"})
    _refuse_future("done_on", partner.done_on)
    partner.full_clean(exclude=LATER)
    partner.save()
    return partner
