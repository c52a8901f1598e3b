"""What the pages of a person and of a household show beyond their fields, as of any day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse
from django.utils import timezone

from portal.ledgers.fields import DayField, sent_id
from portal.ledgers.registry import ledgers
from portal.roles import DOMAINS
from portal.scope import access_of
from portal.timeline import PAGE, Source, in_force, timeline, visible
from residents.ledgers.about import AboutResident
from residents.models import CareTag, Consent, Membership, ResidencySpell

LONGEST_TIMELINE = 500
MEMBERS_FIRST = ("relation", "resident__born_on", "pk")


class DayForm(forms.Form):
    """The day as of which a page tells; today unless another one is chosen."""

    as_of = DayField(label="截至日期", required=False)

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("截至日期不能晚于今天。")
        return day


@dataclass(frozen=True)
class Day:
    """The chosen day and the form that chooses another."""

    form: DayForm
    day: date
    is_today: bool


def chosen_day(params) -> Day:
    form = DayForm(params if "as_of" in params else None)
    today = timezone.localdate()
    day = (form.is_valid() and form.cleaned_data["as_of"]) or today
    return Day(form, day, day == today)


def sources() -> list[Source]:
    """Every ledger about residents, of whatever department."""
    return [Source(ledger, "resident") for ledger in ledgers if isinstance(ledger, AboutResident)]


def timeline_of(about, request, path="resident"):
    """The timeline under the parameters ``only`` (a ledger) and ``shown`` (how many)."""
    asked = sent_id(request.GET.get("shown", "")) or PAGE
    return timeline(
        [Source(source.ledger, path) for source in sources()],
        about,
        request.user,
        only=request.GET.get("only", ""),
        asked=min(asked, LONGEST_TIMELINE),
    )


@dataclass(frozen=True)
class Recordable:
    """Where the user may record something about a person: what is daily work at once, the rest by
    department and section."""

    daily: list[dict]
    folds: dict[str, list[dict]]

    def __bool__(self):
        return bool(self.daily or self.folds)


def recordable(person, user) -> Recordable:
    """The ledgers in which the user may record, each with the person filled in."""
    access, daily, folds = access_of(user), [], defaultdict(list)
    for ledger in (source.ledger for source in visible(sources(), user)):
        if not ledger.in_menu or not access.may(ledger.edit_permission):
            continue
        link = {
            "title": ledger.title,
            "icon": ledger.icon,
            "url": f"{ledger.url('add')}?resident={person.pk}",
        }
        fold = daily if ledger.quick else folds[ledger.section or DOMAINS[ledger.domain]]
        fold.append(link)
    return Recordable(daily, dict(folds))


def person_page(person, request) -> dict:
    """How the person lived on the chosen day: households, residency, care tags, age."""
    chosen = chosen_day(request.GET)
    user, day = request.user, chosen.day
    memberships = Membership.objects.in_force(day).filter(resident=person)
    spells = ResidencySpell.objects.visible_to(user).in_force(day).filter(resident=person)
    tags = CareTag.objects.visible_to(user).in_force(day).filter(resident=person)
    return {
        "chosen": chosen,
        "age": person.age_on(day),
        "memberships": memberships.visible_to(user).select_related("household"),
        "spells": spells.select_related("unit"),
        "care_tags": tags.select_related("kind"),
        "withdrawn": Consent.objects.visible_to(user).filter(
            resident=person, withdrawn_on__isnull=False
        ),
        "standing": in_force(sources(), person, user, day),
        "timeline": timeline_of(person, request),
        "recordable": recordable(person, user),
    }


def members_on(household, day, user) -> list[dict]:
    """Who belonged to the household on the day: {membership, person, age, tags}, the head first."""
    rows = Membership.objects.visible_to(user).in_force(day).filter(household=household)
    members = list(rows.select_related("resident").order_by(*MEMBERS_FIRST))
    people = [member.resident_id for member in members]
    tags = CareTag.objects.visible_to(user).in_force(day).filter(resident__in=people)
    tags_of = defaultdict(list)
    for tag in tags.select_related("kind"):
        tags_of[tag.resident_id].append(tag.kind.name)
    return [
        {
            "membership": member,
            "person": member.resident,
            "age": member.resident.age_on(day),
            "tags": tags_of[member.resident_id],
            "url": ledgers["residents"].url("detail", member.resident),
        }
        for member in members
    ]


def household_page(household, request) -> dict:
    """Who belonged to the household on the chosen day, who did before, and what was recorded."""
    chosen = chosen_day(request.GET)
    members = members_on(household, chosen.day, request.user)
    others = Membership.objects.visible_to(request.user).filter(household=household)
    others = others.exclude(pk__in=[member["membership"].pk for member in members])
    return {
        "chosen": chosen,
        "members": members,
        "others": [
            {
                "membership": member,
                "url": ledgers["residents"].url("detail", member.resident),
            }
            for member in others.select_related("resident").order_by("-starts_on", "-pk")
        ],
        "timeline": timeline_of(
            [member["person"].pk for member in members], request, path="resident__in"
        ),
        "card_url": reverse("household-card", args=[household.pk]),
    }
