"""Forms of paste checks, the waste fee and 三分一处."""

from django.utils import timezone

from sanitation.forms.base import CommunityForm
from sanitation.forms.waste import OnceForm
from sanitation.models import FeeStandard
from sanitation.selectors.doubles import fee_span

FEE_RULE = (
    "整个社区登记一条，或者每个小组登记一条，二者只能选一种：各条相加就是全社区的数，没有一户算两次。"
    "按年收的，一年一条；后来又收到的改这一条的户数和金额，不另登记。"
)


class DeliveryForm(CommunityForm):
    def judges_alone(self):
        return super().judges_alone()


class PasteForm(CommunityForm):
    def judges_alone(self):
        return super().judges_alone()

    def clean(self):
        data = super().clean()
        sampled, pasted = data.get("sampled"), data.get("pasted")
        if sampled == 0:
            self.add_error("sampled", "抽查户数应当大于零。")
        elif None not in (sampled, pasted) and pasted > sampled:
            self.add_error("pasted", "已粘贴户数不能多于抽查户数。")
        return data


class CollectionForm(OnceForm):
    """Says the rule by which no household counts twice, and begins with the only standard in force."""

    def __init__(self, *args, unit=None, **kwargs):
        super().__init__(*args, unit=unit, **kwargs)
        self.fields["community"].help_text = FEE_RULE
        if "grid" in self.fields:
            self.fields["grid"].help_text = "整个社区一起登记的不选。"
        if not self.instance.pk and unit is None:
            self.initial.setdefault("amount", None)  # nought is typed, never left standing
            standards = FeeStandard.objects.visible_to(self.user)
            present = list(standards.in_force(timezone.localdate())[:2])
            if len(present) == 1:
                self.initial.setdefault("standard", present[0].pk)

    def clean(self):
        data = super().clean()
        due, paid = data.get("due"), data.get("paid")
        if None not in (due, paid) and paid > due:
            self.add_error("paid", "已缴户数不能多于应缴户数。")
        standard, day = data.get("standard"), data.get("occurred_on")
        if standard and day:
            span = fee_span(standard, day)
            over = standard.ends_on and standard.ends_on < span.start
            if standard.starts_on > span.end or over:
                self.add_error("standard", "这个标准在收费日期还没有执行，或者已经停止。")
        return data


class SortingForm(OnceForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grid"].help_text = "整个社区（村）的情况不选小组。"
        self.fields["processor"].help_text = "“一处”：由哪个合作社处理；还没有的不填。"
