"""Applications to join that nobody has answered yet."""

from portal.intake.states import IntakeState
from portal.scope import access_of
from portal.worklists import Group, Worklist, register, stepping
from volunteers.models import VolunteerApplication
from volunteers.services.joining import MAY


def waiting(units):
    rows = VolunteerApplication.objects.kept().filter(unit__in=units, state=IntakeState.SENT)
    return rows.select_related("unit").order_by("recorded_at", "pk")


def theirs(rows, user):
    """Where the user may look the applicant up in the register."""
    units = frozenset.intersection(*(access_of(user).units(each) for each in MAY))
    return rows.filter(unit__in=units)


register(
    Worklist(
        "volunteers.applications",
        "志愿者申请待处理",
        MAY[0],
        waiting,
        "volunteer-applications",
        lambda row: row.name,
        lambda row: f"{row.occurred_on} 收到",
        for_user=theirs,
        group=Group.DECIDE,
        act=stepping("办理", "volunteer-application-approve"),
    )
)
