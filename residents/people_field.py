"""Several residents typed into one box, one on a line: a name, an ID, or a name and its last four."""

import re

from django import forms
from django.core.exceptions import ValidationError

from portal.crypto import keyed_hash
from portal.ledgers.fields import CleanCharField
from portal.width import to_halfwidth
from residents.models import Resident
from residents.selectors import search_residents

MOST = 200
APART = re.compile(r"[\n,，、;；]+")
WITH_TAIL = re.compile(r"(.*[^\s（(])[\s（(]*([0-9]{3}[0-9Xx])[)）]?")
HINT = "一行一人（或用顿号隔开）：写姓名；同名的在后面加证件后四位，如：王秀兰 2345。"


class PeopleField(CleanCharField):
    """Gives the residents in the order typed, each once; names every entry that is not clear."""

    widget = forms.Textarea

    def __init__(self, *, user, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("help_text", HINT)
        kwargs.setdefault("max_length", 8000)
        super().__init__(**kwargs)
        self.user = user

    def clean(self, value):
        return self.named_in(super().clean(value))

    def named_in(self, text: str) -> list[Resident]:
        """The residents that the text names; raises ValidationError for every entry not clear."""
        typed = [part.strip() for part in APART.split(text) if part.strip()]
        if len(typed) > MOST:
            raise ValidationError(f"一次最多 {MOST} 人，现在是 {len(typed)} 人，请分几次。")
        rows = Resident.objects.visible_to(self.user).select_related("unit")
        found, wrong = {}, []
        for entry in typed:
            people = list(matches(rows, entry)[:2])
            if len(people) == 1:
                found[people[0].pk] = people[0]
            elif not people:
                wrong.append(f"没有找到“{entry}”，请先登记居民。")
            else:
                wrong.append(f"“{entry}”不止一人，请在姓名后加证件后四位。")
        if wrong:
            raise ValidationError(wrong[:20])
        return list(found.values())

    def has_changed(self, initial, data):
        return (initial or "").strip() != (data or "").strip()


def matches(rows, entry: str):
    """The residents whom the entry may mean: those of exactly this name before any other."""
    entry = to_halfwidth(entry)
    tail = WITH_TAIL.fullmatch(entry)
    if tail and not entry[0].isdigit():
        last = keyed_hash(tail[2].upper(), "id4")
        return rows.filter(name=tail[1].strip(), id_tail_hash=last)
    same = rows.filter(name=entry)
    return same if same.exists() else search_residents(rows, entry)
