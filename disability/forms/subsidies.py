"""Forms of subsidies: who may draw one, and what was paid for a month."""

from django.db.models import Q

from disability.enums.subsidies import PaymentState, RunState
from disability.forms.people import PersonForm
from disability.models import Certificate, PaymentRun, Subsidy, SubsidyKind
from disability.models.subsidies import standard_on
from disability.selectors.subsidies import misfits
from portal.ledgers.fields import RecordField
from portal.ledgers.forms import LedgerForm
from portal.ledgers.registry import ledgers
from portal.months import chinese_month, first_of
from residents.enums import ApplicationKind
from residents.forms import refuse_future

APPLIED_FOR = {
    "living": ApplicationKind.LIVING_ALLOWANCE,
    "nursing": ApplicationKind.NURSING_ALLOWANCE,
}


def kinds_to_choose(form) -> None:
    """A retired kind is offered to the records that have it already, to no other."""
    own = Q(pk=form.instance.kind_id)
    form.fields["kind"].queryset = SubsidyKind.objects.filter(Q(is_retired=False) | own)


class StandardForm(LedgerForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds_to_choose(self)


class SubsidyForm(PersonForm):
    """Refuses the dead and what may not be drawn beside; tells what else does not fit."""

    days = ("applied_on", "reviewed_on")

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)
        kinds_to_choose(self)
        if "application" in self.fields:  # any of the person's, whichever department's share it is
            asked = self.fields["application"]
            self.fields["application"] = RecordField(
                ledger=ledgers["applications"],
                user=self.user,
                label=asked.label,
                required=False,
            )

    def clean(self):
        data = super().clean()
        resident, kind, starts_on = (data.get(n) for n in ("resident", "kind", "starts_on"))
        if data.get("ends_on") and not data.get("stop_reason"):
            self.add_error("stop_reason", "填了计发末月的，请选择停发原因。")
        if data.get("stop_reason") and not data.get("ends_on"):
            self.add_error("ends_on", "选了停发原因的，请填写计发末月。")
        if data.get("bank_number") and not data.get("bank_name"):
            self.warnings.append("填了银行账号，没有填开户行，请补填。")
        if resident and starts_on:
            self._within_life(resident, starts_on, data.get("ends_on"))
        if resident and kind:
            self._check_application(data.get("application"), resident, kind)
        if resident and kind and starts_on and not self.errors:
            data["level"] = level = data.get("level") or level_on(resident, starts_on)
            self._check_fit(resident, kind, starts_on, data.get("ends_on"), level)
        return data

    def _within_life(self, resident, starts_on, ends_on):
        died = resident.died_on
        if died and starts_on > died:
            self.add_error("starts_on", f"这位居民已于{died}去世，不能从此后的月份计发。")
        elif died and ends_on and first_of(ends_on) > died:
            self.add_error("ends_on", f"这位居民已于{died}去世，最多发到当月。")
        elif resident.born_on and starts_on < first_of(resident.born_on):
            self.add_error("starts_on", f"计发起月早于这位居民的出生日期{resident.born_on}。")

    def _check_application(self, application, resident, kind):
        if application is None:
            return
        if application.resident_id != resident.pk:
            self.add_error("application", "这条申请记录是另一位居民的。")
        elif kind.code in APPLIED_FOR and application.kind != APPLIED_FOR[kind.code]:
            self.add_error("application", f"这条申请记录申请的不是{kind}。")

    def _check_fit(self, resident, kind, starts_on, ends_on, level):
        """What stacks is refused for the whole spell; other misfits are told, because papers lag."""
        for misfit in misfits(kind, resident, starts_on, ends_on, level):
            if misfit.refuses:
                self.add_error("kind", misfit.sentence)
            else:
                self.warnings.append(f"{misfit.sentence}请核对。")


def level_on(resident, day) -> str:
    """The level of the certificate in force on the day; "" without one."""
    rows = Certificate.objects.kept().filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day), resident=resident
    )
    return rows.order_by("-occurred_on").values_list("level", flat=True).first() or ""


class PaymentForm(LedgerForm):
    """A line of a run, or a payment of the past taken down.

    A line of a run that was computed here may be changed while the run is a draft, with a reason;
    later only the bank's steps change it. Lines are added by the run alone.
    """

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [
            each for each in self.fields["state"].choices if self._may_be(each[0])
        ]

    def _may_be(self, state) -> bool:
        planned = state == PaymentState.PLANNED
        return not planned or self.instance.state == PaymentState.PLANNED

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "paid_on", "returned_on", "month")
        self._check_state(data)
        if data.get("subsidy") and data.get("month") and not self.errors:
            month = data["month"]
            data["subsidy"] = subsidy = self._spell_of(data["subsidy"], month)
            self._check_month(subsidy, month)
            self._check_run(subsidy, month)
            self._set_standard(subsidy, month, data)
        return data

    def _check_state(self, data):
        state = data.get("state")
        if state == PaymentState.PAID and not data.get("paid_on"):
            self.add_error("paid_on", "已发的请填写发放日期。")
        if state in (PaymentState.PLANNED, PaymentState.RETURNED):
            data["paid_on"] = None
        if state == PaymentState.RETURNED and not data.get("returned_on"):
            self.add_error("returned_on", "银行退回的请填写退回日期。")

    def _spell_of(self, subsidy, month) -> Subsidy:
        """The person's spell of the same kind that the month lies in; the one picked without."""
        spells = Subsidy.objects.kept().filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=month),
            resident=subsidy.resident_id,
            kind=subsidy.kind_id,
            unit=subsidy.unit_id,
            starts_on__lte=month,
        )
        return spells.select_related("resident", "kind").first() or subsidy

    def _check_month(self, subsidy, month):
        last, died = subsidy.ends_on, subsidy.resident.died_on
        if month < subsidy.starts_on:
            self.add_error("month", f"这位居民自{subsidy.starts_on:%Y-%m}起享受{subsidy.kind}。")
        elif last and month > last:
            self.add_error("month", f"这位居民的{subsidy.kind}只发到{last:%Y-%m}。")
        elif died and month > died:
            self.add_error("month", f"这位居民已于{died}去世，此后的月份不发。")

    def _check_run(self, subsidy, month):
        unit = self.cleaned_data.get("unit") or self.instance.unit
        if unit.pk != subsidy.unit_id:
            field = "unit" if "unit" in self.fields else "subsidy"
            self.add_error(field, f"这条享受补贴由{subsidy.unit}登记，请由该单位登记发放。")
        if self.instance.pk and self.instance.run.is_drafted:
            self._check_own_run(self.instance.run, subsidy, month)
            return
        run = PaymentRun.objects.kept().filter(
            unit=subsidy.unit_id, kind=subsidy.kind_id, month=month
        )
        paid = subsidy.payments.kept().filter(month=month)  # told apart as a repetition
        if run.filter(is_drafted=True).exists() and not paid.exists():
            self.add_error("month", "这个月的批次由系统编制，请打开该批次办理，不在这里补登。")

    def _check_own_run(self, run, subsidy, month):
        if run.state != RunState.DRAFT and self._money_changed():
            self.add_error(
                "amount",
                f"批次“{run}”{run.get_state_display()}，不能再改；确需修改的先退回修改。",
            )
        if subsidy.kind_id != run.kind_id:
            self.add_error("subsidy", f"这个批次发的是{run.kind}，请选择同一种补贴。")
        if month > run.month:
            self.add_error("month", f"不能晚于批次的月份{chinese_month(run.month)}。")

    def _money_changed(self) -> bool:
        return bool({"subsidy", "month", "amount", "reason"} & set(self.changed_data))

    def _set_standard(self, subsidy, month, data):
        if self.instance.pk and not self._money_changed():
            return  # the line keeps the standard that it was computed by
        row = Subsidy.objects.filter(pk=subsidy.pk).annotate(standard_now=standard_on(month))
        standard = row.values_list("standard_now", flat=True).first()
        self.instance.standard = standard
        self.instance.resident = subsidy.resident
        amount = data.get("amount")
        if standard is None:
            self.warnings.append(f"{subsidy.kind}没有{month:%Y-%m}的标准，请补登补贴标准。")
        elif amount is not None and amount != standard and not data.get("reason"):
            self.add_error("reason", f"实发金额与当月标准{standard}元不同，请填写调整原因。")
