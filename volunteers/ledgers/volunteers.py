"""志愿者: who they are and since when."""

import django_filters
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Subquery, When
from django.urls import reverse
from django.utils import timezone

from portal.ledgers import MORE, Action, Column, column, register
from portal.ledgers.presenting import detail_groups
from portal.ledgers.registry import ledgers
from portal.scope import access_of
from residents.enums import Sex
from residents.ledgers.about import AboutResident, unit_column
from volunteers.enums.hours import Star
from volunteers.forms.volunteers import OWN, VolunteerForm, of_a_file, sees_residents
from volunteers.ledgers.sections import PEOPLE
from volunteers.models import OrgMembership, Volunteer, VolunteerOrg
from volunteers.models.volunteers import OF_AGE
from volunteers.selectors.stars import standing
from volunteers.selectors.volunteers import active_on, in_force, orgs_below, search_volunteers
from volunteers.services.shifts import hold_ahead
from volunteers.services.volunteers import GUARDIAN, enrol, left


def of_sex(rows, name, value):
    return rows.filter(sex=value) | rows.filter(resident__sex=value)


def of_origin(rows, name, value):
    return rows.filter(resident__isnull=value == "outside")


def in_or_out(rows, name, value):
    today = in_force(timezone.localdate())
    return rows.filter(today) if value == "active" else rows.exclude(today)


def of_org(rows, name, org):
    """Who belongs today to the organisation or to one below it."""
    members = OrgMembership.objects.in_force(timezone.localdate()).filter(org__in=orgs_below(org))
    return rows.filter(pk__in=members.values("volunteer"))


def teams(record) -> str:
    return "、".join(record.teams)


def star(record) -> str:
    return Star(record.star).label if record.star else ""


def origin(record) -> str:
    return "居民" if record.resident_id else "辖区外"


def _beside_the_point(record, age) -> set[str]:
    """Labels of fields that are rightly empty: a resident's own in the register, a grown-up's
    guardian, the leaving of who stays."""
    names = [*OWN, "area"] if record.resident_id else ["resident"]
    if age is not None and age >= OF_AGE:
        names += GUARDIAN
    if not record.left_on:
        names += ["left_on", "leaving_reason"]
    return {str(Volunteer._meta.get_field(name).verbose_name) for name in names}


@register
class VolunteerLedger(AboutResident):
    """Of residents among others: the page of a resident tells that they are volunteers."""

    slug, title, icon, section = "volunteers", "志愿者", "heart-handshake", PEOPLE
    model = Volunteer
    description = "在册志愿者；居民从居民册中选，辖区外的人直接填写。加入须本人申请或同意。"
    date = "joined_on"
    order = ("serial_number", "pk")
    select_related = ("resident",)
    columns = (
        Column("姓名", lambda v: v.called, field="name", sort="sounds", width=12),
        column(Volunteer, "serial_number", width=22),
        Column("来源", origin, sort="resident", width=8),
        Column("性别", lambda v: v.shown_sex, field="sex", width=6),
        Column(
            "年龄", lambda v: v.age_on(timezone.localdate()), sort="born", numeric=True, width=6
        ),
        Column("出生日期", lambda v: v.birth, field="born_on", sort="born", listed=False),
        column(Volunteer, "id_kind", sort="", listed=False),
        Column(
            "证件号码",
            lambda v: v.shown_id,
            field="number",
            width=22,
            masked=True,
            sealed="full_id",
            listed=False,
        ),
        Column(
            "联系电话",
            lambda v: v.shown_phone,
            field="phone",
            width=16,
            masked=True,
            sealed="full_phone",
        ),
        column(Volunteer, "skills", width=24),
        Column("所在队伍", teams, width=24),
        Column("星级", star, sort="star", width=8),
        "joined_on",
        column(Volunteer, "manner", listed=False),
        column(Volunteer, "evidence", sort="", width=24, listed=False),
        column(Volunteer, "intentions", width=24, listed=False),
        column(Volunteer, "free_times", width=24, listed=False),
        column(Volunteer, "profession", sort="", listed=False),
        column(Volunteer, "area", sort="", width=20, listed=False),
        column(Volunteer, "may_publish", listed=False),
        column(Volunteer, "guardian_name", sort="", listed=False),
        Column(
            "监护人电话",
            lambda v: v.shown_guardian_phone,
            field="guardian_phone",
            width=16,
            masked=True,
            sealed="guardian_phone",
            listed=False,
        ),
        column(Volunteer, "guardian_agreed_on", listed=False),
        column(Volunteer, "left_on", listed=False),
        column(Volunteer, "leaving_reason", sort="", width=20, listed=False),
        unit_column(Volunteer),
    )
    form_class = VolunteerForm
    form_layout = (
        ("resident", "joined_on"),
        ("manner", "evidence"),
        ("name", "id_kind", "number"),
        ("sex", "born_on"),
        ("phone", "area"),
        "skills",
        "intentions",
        "free_times",
        "profession",
        ("guardian_name", "guardian_phone", "guardian_agreed_on"),
        ("serial_number", "may_publish"),
        ("left_on", "leaving_reason"),
    )
    form_folds = {
        "name": "不在居民册中的人填这里",
        "skills": "技能、意向和时间",
        "guardian_name": "未满 18 周岁：监护人同意",
        "serial_number": MORE,
    }
    filters = ("skills", "intentions", "free_times", "manner")
    more_filters = {
        "standing": django_filters.ChoiceFilter(
            label="在册情况",
            choices=[("active", "在册"), ("left", "已退出")],
            method=in_or_out,
            empty_label="全部",
        ),
        "origin": django_filters.ChoiceFilter(
            label="来源",
            choices=[("resident", "居民"), ("outside", "辖区外")],
            method=of_origin,
            empty_label="全部",
        ),
        "by_sex": django_filters.ChoiceFilter(
            label="性别", choices=Sex.choices, method=of_sex, empty_label="全部"
        ),
        "of_org": django_filters.ModelChoiceFilter(
            label="队伍", queryset=VolunteerOrg.objects.kept(), method=of_org, empty_label="全部"
        ),
    }
    resolvers = {}
    search = ("name",)
    search_hint = "姓名、拼音首字母、志愿者编号或电话后四位"
    footer = ("volunteers.registered", "volunteers.new", "volunteers.left")
    detail_template = "volunteers/volunteer.html"
    related = (
        ("org-memberships", "volunteer"),
        ("service-records", "volunteer"),
        ("star-awards", "volunteer"),
        ("volunteer-insurances", "volunteer"),
        ("volunteer-trainings", "volunteer"),
        ("volunteer-awards", "volunteer"),
        ("volunteer-evaluations", "volunteer"),
        ("service-certificates", "volunteer"),
    )
    unmaskable = ("number", "phone", "guardian_phone")
    has_portrait = True
    today = "joined_on"

    def readable(self, rows):
        lives = When(resident__isnull=False, then=F("resident__pinyin"))
        born = When(resident__isnull=False, then=F("resident__born_on"))
        today = timezone.localdate()
        now = OrgMembership.objects.in_force(today)
        stars = standing(today).filter(volunteer=OuterRef("pk")).order_by("-level")
        of_them = now.filter(volunteer=OuterRef("pk")).order_by("org__kind", "org__name")
        return (
            super()
            .readable(rows)
            .annotate(
                sounds=Case(lives, default=F("pinyin")),
                born=Case(born, default=F("born_on")),
                teams=ArraySubquery(of_them.values("org__name")),
                star=Subquery(stars.values("level")[:1]),
            )
        )

    def as_of(self, rows, day):
        return active_on(day, rows)

    def found(self, rows, text):
        return search_volunteers(rows, text)

    def label_of(self, record):
        return record.called

    def hint_of(self, record):
        return f"{record.serial_number} · {record.unit}"

    def identity_of(self, record):
        """The number; a row of a file that has none finds it by the person (forms.volunteers)."""
        number = record.serial_number.strip().upper()
        return (number,) if number else ()

    def form_of_file(self, form_class):
        return of_a_file(form_class)

    def save(self, form, *, by):
        record = form.save(commit=False)
        if record._state.adding:
            enrol(record, by=by, whole=form.whole)
        else:
            if record.left_on:
                hold_ahead(record)
            record.save()
        if record.left_on:
            left(record, by=by)
        return record

    def actions(self, record, user):
        may = access_of(user).may(self.edit_permission, record.unit_id)
        if record.left_on or not may:
            return []
        return [
            Action("退出", reverse("volunteer-leave", args=[record.pk])),
            Action("作废旧证", reverse("volunteer-renew-link", args=[record.pk])),
        ]

    def list_actions(self, user):
        """Cards and letters carry the code of the person's own page: for who may change the record."""
        return [Action("打印志愿者证和欢迎信", reverse("volunteer-cards"))]

    def page(self, record, request):
        links = []
        if record.resident_id and sees_residents(request.user):
            links.append(("居民档案", ledgers["residents"].url("detail", record.resident)))
        day = record.left_on or timezone.localdate()
        age = record.age_on(day)
        groups = detail_groups(self, record, request.user)
        beside = _beside_the_point(record, age)
        groups[0]["unfilled"] = [each for each in groups[0]["unfilled"] if each not in beside]
        return {
            "fields": groups,
            "page_links": links,
            "age": age,
            "origin": origin(record),
            "star": star(record),
        }
