"""The form of a life event: few fields, and what the event does to the register is the service's."""

from django import forms

from portal.ledgers.forms import NOT_CHOSEN, LedgerForm
from residents.enums import Residency
from residents.life_events import EFFECTS, MOVES_IN, MOVES_OUT, Act, LifeEventKind
from residents.models import Membership

FIXED = ("resident", "kind", "occurred_on", "residency", "grid")


class LifeEventForm(LedgerForm):
    """What happened cannot be changed once it has moved the register: it is undone and told anew."""

    kinds: tuple[LifeEventKind, ...] = tuple(LifeEventKind)

    residency = forms.ChoiceField(
        label="变动后居住状态",
        required=False,
        choices=[("", NOT_CHOSEN), *Residency.choices],
        help_text="不选则按变动类型确定。",
    )

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in FIXED:
                del self.fields[name]
        else:
            self.fields["kind"].choices = [
                ("", NOT_CHOSEN),
                *((kind.value, kind.label) for kind in self.kinds),
            ]
            self.fields["grid"].help_text = "变动后所在的网格；不选则不变。"
        self.helper.layout = self._layout()

    def clean(self):
        data = super().clean()
        kind = data.get("kind")
        if kind and data.get("residency"):
            act = EFFECTS[LifeEventKind(kind)].act
            if act in (Act.CLOSES, Act.NOTHING):
                label = LifeEventKind(kind).label
                self.add_error("residency", f"“{label}”不改变居住状态，请不选。")
        if kind and EFFECTS[LifeEventKind(kind)].act is Act.CLOSES:
            self._point_to_household(data.get("resident"))
        return data

    def _point_to_household(self, resident) -> None:
        """The event ends no membership, and cannot ask who is the next head: the act does both."""
        rows = Membership.objects.visible_to(self.user).filter(resident=resident, ends_on=None)
        for row in rows.select_related("household"):
            self.warnings.append(
                f"{resident}仍是户“{row.household.number}”的{row.get_relation_display()}；请到户的页面"
                "办理“成员去世”或“成员迁出”（选同一日期），结束成员关系。"
            )


class MoveForm(LifeEventForm):
    """Only comings and goings."""

    kinds = (*MOVES_IN, *MOVES_OUT)
