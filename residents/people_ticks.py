"""Many people chosen at once: ticked on a list that the form offers, others typed below it.

    self.fields["people"] = TickedPeopleField(
        user=user, label="参加的人", offered=lambda: [Candidate.of(person, "肢体二级", "4")],
        narrowed_by=[("残疾类别", Category.choices)],
    )

Its value is a list of residents, each once. Without a script the list is plain tick boxes; with one
it is searched by name or pinyin, narrowed by the given choices, and all that is listed ticked at once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script

from portal.ledgers.fields import sent_id
from portal.text import clean_text
from residents.models import Resident
from residents.people_field import HINT, PeopleField

MOST = 1000


@dataclass(frozen=True)
class Candidate:
    """Somebody on the list. ``hint`` tells two of one name apart; ``keys`` hold, for each way to
    narrow the list, the values under which the person is found."""

    pk: int
    name: str
    words: str
    hint: str = ""
    keys: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, person: Resident, hint: str = "", *keys: str | Sequence[str]):
        told = tuple((key,) if isinstance(key, str) else tuple(map(str, key)) for key in keys)
        words = f"{person.name}{person.name_keys}".lower()
        return cls(person.pk, person.name, words, hint, told)


@dataclass(frozen=True)
class Chosen:
    """What a form sent: keys of the ticked, and a text."""

    ticked: tuple[str, ...]
    typed: str


class TicksWidget(forms.Widget):
    template_name = "widgets/ticks.html"
    use_fieldset = True

    class Media:
        js = [Script("js/ticks.js", defer=True)]

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.offered: Callable[[], Sequence[Candidate]] = list
        self.narrowed_by: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()

    def id_for_label(self, id_):
        return ""

    def value_from_datadict(self, data, files, name):
        """An import gives the text of a cell, or the residents themselves."""
        if not hasattr(data, "getlist"):
            return data.get(name)
        return Chosen(tuple(data.getlist(name)), data.get(f"{name}_text", ""))

    def value_omitted_from_data(self, data, files, name):
        return False  # nobody ticked posts nothing

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        ticked, typed = parts_of(value)
        offered = self.offered()
        beyond = ticked - {each.pk for each in offered}
        people = Resident.objects.filter(pk__in=beyond).order_by("pinyin", "pk") if beyond else ()
        nowhere = [()] * len(self.narrowed_by)
        context["widget"] |= {
            "people": [*offered, *(Candidate.of(person, "", *nowhere) for person in people)],
            "ticked": ticked,
            "typed": typed,
            "narrowed_by": self.narrowed_by,
            "hint": HINT,
        }
        return context


class HiddenTicks(TicksWidget):
    """What was ticked and typed, sent again unseen."""

    template_name = "widgets/ticks_hidden.html"
    input_type = "hidden"

    @property
    def is_hidden(self):
        return True


class RowTicks(TicksWidget):
    """A list to tick of which nothing else may be chosen."""

    def get_context(self, name, value, attrs):
        context = forms.Widget.get_context(self, name, value, attrs)
        ticked, _ = parts_of(value)
        context["widget"] |= {
            "people": list(self.offered()),
            "ticked": ticked,
            "typed": "",
            "narrowed_by": self.narrowed_by,
            "hint": "",
        }
        return context


def parts_of(value) -> tuple[set[int], str]:
    if isinstance(value, Chosen):
        return {sent_id(pk) for pk in value.ticked} - {0}, value.typed
    if isinstance(value, str):
        return set(), value
    return {sent_id(getattr(person, "pk", person)) for person in value or ()} - {0}, ""


class TickedPeopleField(PeopleField):
    """Gives the ticked residents by name, then those typed; only whom the user sees can be chosen.

    ``offered`` is asked when the list is shown. A plain text is read as PeopleField reads it."""

    hidden_widget = HiddenTicks

    def __init__(self, *, offered=list, narrowed_by=(), **kwargs):
        kwargs.setdefault("help_text", "")
        super().__init__(**kwargs | {"widget": TicksWidget()})
        self.offered, self.narrowed_by = offered, narrowed_by
        self.offer()

    def offer(self) -> None:
        """Ask for the list once, though the field be shown twice."""
        self.widget.offered = lambda: self._offered
        self.widget.narrowed_by = self.narrowed_by

    @cached_property
    def _offered(self) -> list[Candidate]:
        return list(self.offered())

    def __deepcopy__(self, memo):
        field = super().__deepcopy__(memo)
        field.__dict__.pop("_offered", None)
        field.offer()
        return field

    def clean(self, value):
        if value is None or isinstance(value, str):
            people = self._typed(value or "")
        elif isinstance(value, Chosen):
            people = self._ticked(value) + self._typed(value.typed)
        else:
            people = list(value)
        found = list({person.pk: person for person in people}.values())
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(found) > MOST:
            raise ValidationError(f"一次最多 {MOST} 人，现在是 {len(found)} 人，请分几次。")
        return found

    def _ticked(self, value: Chosen) -> list[Resident]:
        keys = {sent_id(pk) for pk in value.ticked}
        people = Resident.objects.visible_to(self.user).filter(pk__in=keys).select_related("unit")
        found = list(people.order_by("pinyin", "pk"))
        if len(found) < len(keys):
            raise ValidationError("名单已有变化，请核对后重新勾选。")
        return found

    def _typed(self, text: str) -> list[Resident]:
        return self.named_in(clean_text(text[: self.max_length], multiline=True))

    def has_changed(self, initial, data):
        return parts_of(initial) != parts_of(data)
