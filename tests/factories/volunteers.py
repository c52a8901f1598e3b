"""Volunteers, their organisations, activities, shifts and hours; call inside ``acting``."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from portal.models import next_serial
from portal.office.enums import Rank
from residents.enums import Sex
from residents.models import Activity
from tests.factories.people import id_number
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.enums.help import RecognitionKind, Satisfaction, ServiceKind
from volunteers.enums.hours import HoursState, RecordManner
from volunteers.enums.organisations import OrgKind
from volunteers.enums.placements import PlacementKind, TaskKind
from volunteers.enums.publicity import Medium
from volunteers.enums.volunteers import JoiningManner
from volunteers.models import (
    HelpRequest,
    OrgMembership,
    PublicityItem,
    Recognition,
    Served,
    ServiceRecord,
    Shift,
    SignUp,
    Trainee,
    TraineeLog,
    Volunteer,
    VolunteerActivity,
    VolunteerActivityType,
    VolunteerOrg,
)
from volunteers.services.help import store

DAY = date(2025, 3, 8)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A local moment."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def volunteer(unit, name="林晓燕", resident=None, **fields) -> Volunteer:
    """A person from outside, or the resident; of age, joined on paper."""
    serial = fields.pop("serial_number", "") or f"{unit.code}-{next_serial(unit, 'volunteer'):05d}"
    person = {"resident": resident}
    if resident is None:
        born = fields.pop("born_on", date(1990, 5, 6))
        person = {
            "name": name,
            "sex": Sex.FEMALE,
            "born_on": born,
            "id_kind": "citizen",
            "number": id_number(born),
            "phone": "13874815522",
        }
    fields = {"joined_on": date(2024, 3, 5), "manner": JoiningManner.PAPER} | person | fields
    return Volunteer.objects.create(unit=unit, serial_number=serial, **fields)


def org(unit, name="明珠社区志愿服务站", **fields) -> VolunteerOrg:
    fields = {"kind": OrgKind.STATION, "head": "周书记", "founded_on": date(2020, 3, 5)} | fields
    return VolunteerOrg.objects.create(unit=unit, name=name, **fields)


def membership(of, person, **fields) -> OrgMembership:
    fields = {"starts_on": date(2024, 3, 5)} | fields
    return OrgMembership.objects.create(unit=of.unit, org=of, volunteer=person, **fields)


def activity_type(code="cleanup") -> VolunteerActivityType:
    return VolunteerActivityType.objects.get(code=code)


def announced(unit, day=DAY, **fields) -> VolunteerActivity:
    """An activity that seeks volunteers and is not held yet."""
    fields = {
        "title": "周末清洁家园",
        "type": activity_type(fields.pop("code", "cleanup")),
        "place": "明珠小区",
        "state": ActivityState.RECRUITING,
    } | fields
    return VolunteerActivity.objects.create(unit=unit, starts_on=day, **fields)


def held(unit, day=DAY, **fields) -> VolunteerActivity:
    """One that took place, with the shared fact that all departments count."""
    made = announced(unit, day, **fields)
    made.activity = Activity.objects.create(
        unit=unit,
        occurred_on=day,
        title=made.title,
        kind=made.type.kind,
        place=made.place,
        domains=sorted({"volunteers", *made.type.domains, *made.also}),
    )
    made.state = ActivityState.HELD
    made.save()
    return made


def shift(activity, start=9, hours=3, **fields) -> Shift:
    begins = at(activity.starts_on, start)
    fields = {"capacity": 5, "ends_at": begins + timedelta(hours=hours)} | fields
    return Shift.objects.create(unit=activity.unit, activity=activity, starts_at=begins, **fields)


def sign_up(of, person, state=SignUpState.SIGNED) -> SignUp:
    return SignUp.objects.create(
        unit=of.unit, shift=of, volunteer=person, state=state, signed_at=timezone.now()
    )


def service(person, activity, start=9, minutes=120, state=HoursState.COUNTED, **fields):
    """A record of service on the activity's day; counted unless told otherwise."""
    came = at(activity.starts_on, start)
    fields = {
        "came_at": came,
        "left_at": came + timedelta(minutes=minutes),
        "manner": RecordManner.LEADER,
        "recorder": "李梅",
    } | fields
    record = ServiceRecord(
        unit=activity.unit, volunteer=person, activity=activity, state=state, **fields
    )
    record.derive()
    record.save()
    return record


def trainee(unit, name="苏文静", **fields) -> Trainee:
    fields = {
        "kind": PlacementKind.SOCIAL,
        "school": "江城大学",
        "major": "社会工作",
        "mentors": "赵主任、金主任",
        "starts_on": date(2025, 7, 7),
        "ends_on": date(2025, 8, 15),
    } | fields
    return Trainee.objects.create(unit=unit, name=name, **fields)


def trainee_log(of, day=date(2025, 7, 8), **fields) -> TraineeLog:
    fields = {"task": TaskKind.FILING, "minutes": 180, "what": "整理居民档案"} | fields
    return TraineeLog.objects.create(unit=of.unit, trainee=of, occurred_on=day, **fields)


# --- whom they served -----------------------------------------------------------------------------
def help_request(person, occurred_on=date(2025, 3, 3), **fields) -> HelpRequest:
    fields = {"service": ServiceKind.CLEANING, "needs": "腿脚不便，想请人擦窗户。"} | fields
    return HelpRequest.objects.create(
        unit=person.unit, resident=person, occurred_on=occurred_on, **fields
    )


def served(person, of, **fields) -> Served:
    """On the day of the activity, found good."""
    fields = {
        "occurred_on": of.starts_on,
        "service": ServiceKind.CLEANING,
        "satisfaction": Satisfaction.SATISFIED,
    } | fields
    return store(Served(unit=person.unit, resident=person, activity=of, **fields))


def recognition(unit, **fields) -> Recognition:
    fields = {
        "occurred_on": DAY,
        "kind": RecognitionKind.LETTER,
        "giver": "明珠小区 3 栋居民",
        "content": "感谢志愿者雨天送药上门。",
    } | fields
    return Recognition.objects.create(unit=unit, **fields)


def publicity(unit, **fields) -> PublicityItem:
    fields = {
        "occurred_on": DAY,
        "title": "邻里守望暖人心",
        "medium": Medium.NEWSPAPER,
        "outlet": "清河日报",
        "rank": Rank.DISTRICT,
    } | fields
    return PublicityItem.objects.create(unit=unit, **fields)
