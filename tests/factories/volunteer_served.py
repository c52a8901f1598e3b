"""Whom volunteers served, and what was said and published of it; call inside ``acting``."""

from datetime import date

from residents.models import CareKind
from tests.factories import people, volunteers
from volunteers.enums.activities import ActivityState
from volunteers.enums.help import HelpState
from volunteers.models import VolunteerProject


def one_of_each(person) -> None:
    """A row in every ledger of those served and of publicity, all of one activity."""
    unit = person.unit
    station = volunteers.org(unit, "明珠社区邻里守望服务站")
    helper = volunteers.volunteer(unit, "田小雨")
    project = VolunteerProject.objects.create(
        unit=unit, name="邻里守望", starts_on=date(2024, 3, 5), org=station
    )
    activity = volunteers.held(unit, date(2025, 3, 9), title="邻里守望入户清洁")
    volunteers.help_request(person, wanted_on=date(2025, 3, 20), service="repair")
    volunteers.served(person, activity, volunteer=helper, minutes=90, people=2, said="很干净")
    volunteers.recognition(
        unit, occurred_on=date(2025, 3, 10), activity=activity, org=station, volunteer=helper
    )
    volunteers.publicity(
        unit, occurred_on=date(2025, 3, 10), activity=activity, project=project, link="第 3 版"
    )


def _at_home(unit):
    person = people.resident(unit, "覃秀英")
    people.member(people.household(unit, "9-901"), person)
    return person


# --- what breaks a rule of quality ------------------------------------------------------------------
def without_home(unit):
    return volunteers.served(people.resident(unit, "覃秀英"), volunteers.held(unit))


def for_no_tag_of_theirs(unit):
    kind = CareKind.objects.get(code="lonely_elder")
    return volunteers.served(_at_home(unit), volunteers.held(unit), care_kind=kind)


def promised_and_called_off(unit):
    off = volunteers.announced(unit, state=ActivityState.CANCELLED, cancelled_for="暴雨")
    return volunteers.help_request(
        _at_home(unit), state=HelpState.ARRANGED, shift=volunteers.shift(off)
    )
