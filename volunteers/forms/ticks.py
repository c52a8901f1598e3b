"""Many volunteers chosen at once, ticked on a list that is narrowed by team and by skill."""

from collections import defaultdict

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.pinyin import name_keys
from residents.people_ticks import Candidate, Chosen, RowTicks, parts_of
from volunteers.enums.volunteers import Skill
from volunteers.models import OrgMembership, Volunteer, VolunteerOrg
from volunteers.selectors.volunteers import active_on

MOST = 1000


class VolunteersField(forms.Field):
    """Gives the ticked of ``rows``, by number; by default all whom the user sees as volunteers today."""

    def __init__(self, *, rows, label="志愿者", **kwargs):
        super().__init__(label=label, widget=RowTicks(), **kwargs)
        people = rows.select_related("resident", "unit").order_by("serial_number", "pk")
        self.rows = {person.pk: person for person in people}
        self.teams = self._teams()
        self.widget.offered = self.offered
        named = VolunteerOrg.objects.filter(
            pk__in={pk for found in self.teams.values() for pk in found}
        )
        self.widget.narrowed_by = [
            ("队伍", [(str(org.pk), org.name) for org in named]),
            ("技能", Skill.choices),
        ]
        self.error_messages["required"] = "请勾选志愿者。"

    def _teams(self) -> dict[int, list[int]]:
        found = defaultdict(list)
        now = OrgMembership.objects.in_force(timezone.localdate()).filter(volunteer__in=self.rows)
        for volunteer, org in now.values_list("volunteer", "org"):
            found[volunteer].append(org)
        return found

    def offered(self) -> list[Candidate]:
        several = len({person.unit_id for person in self.rows.values()}) > 1
        return [
            Candidate(
                person.pk,
                person.called,
                f"{person.called}{name_keys(person.called).search}{person.serial_number}".lower(),
                person.serial_number + (f" · {person.unit.name}" if several else ""),
                (tuple(map(str, self.teams[person.pk])), tuple(person.skills)),
            )
            for person in self.rows.values()
        ]

    def clean(self, value):
        ticked, _ = parts_of(value) if isinstance(value, Chosen) else (set(value or ()), "")
        chosen = [self.rows[key] for key in self.rows if key in ticked]
        if len(chosen) != len(ticked):
            raise ValidationError("名单已有变化，请核对后重新勾选。")
        if self.required and not chosen:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > MOST:
            raise ValidationError(f"一次最多 {MOST} 人，现在是 {len(chosen)} 人，请分几次。")
        return chosen


def present_volunteers(user):
    """Whom the user sees as volunteers today."""
    return active_on(timezone.localdate(), Volunteer.objects.visible_to(user))
