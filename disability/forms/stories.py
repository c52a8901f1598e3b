"""The form of a case story: consent of the right person, and nobody named in the text."""

import re

from disability.forms.people import PersonForm
from portal.ledgers.fields import DayField
from portal.width import to_halfwidth
from residents.enums import ConsentKind
from residents.models import Consent, Membership, Resident

TOLD = ("title", "text", "quote", "alias", "speaker")
BLANKS = re.compile(r"\s+")
NUMBERS = re.compile(r"\d{17}[\dXx]|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)")
COMPOUND = (
    "欧阳", "太史", "上官", "端木", "司马", "东方", "独孤", "南宫", "夏侯", "诸葛", "尉迟", "皇甫",
    "公孙", "慕容", "长孙", "宇文", "司徒", "令狐", "轩辕", "钟离", "闾丘", "司空", "濮阳", "澹台",
)  # fmt: skip


def alias_of(name: str) -> str:
    """倪某 for 倪建国, 欧阳某 for 欧阳文."""
    surname = name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
    return f"{surname}某"


def names_around(resident, user) -> dict[str, str]:
    """Every name that would give the person away, with the words that may stand instead."""
    homes = Membership.objects.kept().filter(resident=resident).values("household")
    kin = Resident.objects.visible_to(user).filter(
        memberships__household__in=homes, memberships__deleted_at__isnull=True
    )
    names = set(kin.values_list("name", flat=True))
    files = resident.disability_files.kept().values_list("guardian_name", flat=True)
    names |= {resident.name, resident.former_name, resident.contact_name, *files}
    return {name: alias_of(name) for name in names if len(name) > 1}


class StoryForm(PersonForm):
    """Refuses a text that names the person or their household; begins the alias as 倪某.

    The consent is told by its day; without one the story is kept, and told nowhere.
    """

    consent_on = DayField(
        label="同意日期",
        required=False,
        help_text="本人（监护人）同意公开案例的日期，先在“告知与同意”中登记；没有同意的不写入总结。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.consent_id:
            self.initial["consent_on"] = self.instance.consent.occurred_on

    def clean(self):
        data = super().clean()
        resident = data.get("resident")
        if resident is None:
            return data
        data["alias"] = data.get("alias") or alias_of(resident.name)
        day = data.get("consent_on")
        self.instance.consent = self._find_consent(day, resident) if day else None
        names = names_around(resident, self.user)
        numbers = {resident.id_number, resident.phone} - {""}
        for name in TOLD:
            self._refuse_named(name, data.get(name) or "", names, numbers)
        return data

    def _find_consent(self, day, resident):
        """The standing consent given that day, one for telling the case before any other."""
        given = Consent.objects.visible_to(self.user).filter(resident=resident, occurred_on=day)
        given = sorted(given, key=lambda each: ("案例" not in each.purpose, each.pk))
        standing = [c for c in given if c.kind != ConsentKind.NOTICE and not c.withdrawn_on]
        if standing:
            return standing[0]
        if not given:
            message = "这位居民那天没有同意记录，请先在“告知与同意”中登记。"
        elif given[0].withdrawn_on:
            message = f"那天的同意已于{given[0].withdrawn_on}撤回，不能再使用。"
        else:
            message = "那天登记的是告知，不是同意。"
        self.add_error("consent_on", message)
        return None

    def _refuse_named(self, field, text, names, numbers):
        compact = BLANKS.sub("", to_halfwidth(text))
        for name in sorted(names, key=len, reverse=True):
            if BLANKS.sub("", name) in compact:
                self.add_error(field, f"文中写了姓名“{name}”，请改为“{names[name]}”等化名。")
                return
        found = NUMBERS.search(compact) or next((n for n in numbers if n in compact), None)
        if found:
            self.add_error(field, "文中有证件号码或电话号码，请删去。")
