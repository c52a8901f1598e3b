"""The form of a type of volunteer activity."""

from django import forms

from portal.kinds import KindForm
from portal.ledgers.fields import ChoicesField
from portal.roles import DOMAINS
from residents.enums import ActivityKind
from volunteers.models import VolunteerActivityType


class TypeForm(KindForm):
    """What the shared activity becomes: its kind, and the departments that count it too."""

    model, taken = VolunteerActivityType, "已有这个名称的类型。"

    kind = forms.ChoiceField(
        label="活动类型",
        choices=ActivityKind.choices,
        initial=ActivityKind.VOLUNTEERING,
        help_text="举办以后，在“活动”台账中算作哪一类。",
    )
    domains = ChoicesField(
        label="同时计入",
        required=False,
        choices=[pair for pair in DOMAINS.items() if pair[0] != "volunteers"],
        help_text="除志愿服务外，这类活动还计入哪些工作；已登记的活动不变。",
    )
    is_risky = forms.BooleanField(
        label="有风险",
        required=False,
        help_text="招募前须写明风险告知和保险安排；参加者当天须有有效的保险。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "如：义务巡逻、文明劝导。"
        self.lay_out(("name", "ordinal"), ("kind",), ("domains",), ("is_risky",))
