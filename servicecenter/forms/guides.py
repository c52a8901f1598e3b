"""How many copies are printed, and for what."""

from django import forms
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField
from residents.enums import HandoutMethod
from servicecenter.models import Agent

MOST = 5000
CARDS_ON_A_PAGE = {"10": "一页 10 张（90×54 毫米，名片大小）", "8": "一页 8 张（95×65 毫米）"}


class PrintForm(GuidedForm):
    """One printing, as it is counted."""

    quantity = forms.IntegerField(
        label="印发份数",
        min_value=1,
        max_value=MOST,
        initial=1,
        error_messages={
            "required": "请填写印发份数。",
            "invalid": "请只填数字。",
            "min_value": "至少印发 1 份。",
            "max_value": f"一次最多登记 {MOST} 份，请核对。",
        },
    )
    target = CleanCharField(
        label="发给谁、作什么用",
        max_length=60,
        error_messages={"required": "请填写发给谁、作什么用。"},
        help_text="如来厅办事的居民、3 月政策宣传活动。",
    )
    method = forms.ChoiceField(
        label="发放方式", choices=HandoutMethod.choices, initial=HandoutMethod.POINT
    )
    day = DayField(label="发放日期", error_messages={"required": "请填写发放日期。"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()
        self.lay_out(("quantity", "day"), ("target", "method"))


class CardForm(PrintForm):
    """Cards of the hall, with an agent's name on them if wanted."""

    agent = forms.ModelChoiceField(
        Agent.objects.none(), label="代办员", required=False, empty_label="不印姓名"
    )
    per_page = forms.ChoiceField(label="每页张数", choices=list(CARDS_ON_A_PAGE.items()))

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quantity"].label = "印发张数"
        agents = Agent.objects.in_force(timezone.localdate()).filter(unit=unit)
        self.fields["agent"].queryset = agents.order_by("name")
        self.lay_out(("agent", "per_page"), ("quantity", "day"), ("target", "method"))
