"""Ledger forms of orders, rounds, cards and programmes; their pages stand in rectification_pages."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from portal.ledgers.forms import LedgerForm
from portal.models.units import UnitKind
from portal.scope import access_of
from residents.forms import refuse_future
from sanitation.forms.base import CommunityForm
from sanitation.models import WarningCard
from sanitation.selectors.cards import ladder_warning
from sanitation.selectors.rectification import due_day
from sanitation.services.rectification import LONGEST, check_turn
from sanitation.workflow import EDIT


def ask_deadline(form) -> None:
    """The deadline that follows from 下达日期 and 整改期限 stands below them as they are typed."""
    field = form.fields["working_days"]
    field.widget.attrs |= {
        "min": 1,
        "max": LONGEST,
        "hx-get": reverse("rectification-due"),
        "hx-trigger": "load, input changed delay:300ms, change from:closest form",
        "hx-target": "#due-told",
        "hx-include": "[name='occurred_on'], [name='working_days']",
    }
    field.help_text = format_html(
        '<span id="due-told" role="status">{}</span>',
        "按工作日历推算限期，下达当天不算。",
    )


def check_days(form, data, name="working_days") -> None:
    days = data.get(name)
    if days is not None and not 1 <= days <= LONGEST:
        form.add_error(name, f"整改期限应在 1 到 {LONGEST} 个工作日之间。")


class OrderForm(CommunityForm):
    """An order typed by itself, or registered from paper with its end. Its deadline is a number of
    working days, a day, or both; then the day that stands on the paper holds."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].required = False
        self.fields["due_on"].help_text = "不填的按整改期限推算；纸质整改单上写明的照填。"
        self.fields["number"].help_text = "不填的自动连续编号。"
        if "working_days" in self.fields:
            ask_deadline(self)
        order = self.instance
        self.has_rounds = bool(order.pk and order.rounds.kept().exists())
        if self.has_rounds:
            self.fields["closed_on"].disabled = True
            self.fields["closed_on"].help_text = "有整改情况的，由复查销号。"
        if order.pk and order.finding_id:
            self.fields["community"].disabled = True

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "occurred_on")
        check_days(self, data)
        self._set_due(data)
        self._check_extension(data)
        closed = data.get("closed_on")
        if closed and closed > timezone.localdate():
            self.add_error("closed_on", "销号日期不能晚于今天。")
        if data.get("result") and not closed and not self.errors:
            self.add_error("closed_on", "填写了整改结果的，请填写销号日期。")
        finding = self.instance.finding if self.instance.finding_id else None
        if finding and data.get("occurred_on") and data["occurred_on"] < finding.occurred_on:
            self.add_error("occurred_on", f"下达日期不能早于发现日期 {finding.occurred_on}。")
        return data

    def _set_due(self, data) -> None:
        day, days, due = data.get("occurred_on"), data.get("working_days"), data.get("due_on")
        moved = {"occurred_on", "working_days"} & {*self.changed_data}
        if self.instance.pk and moved and "due_on" not in self.changed_data and days and day:
            due = None
        if due is None and day and days and 1 <= days <= LONGEST:
            data["due_on"] = due_day(day, days)
        elif due is None and "working_days" not in self.errors:
            self.add_error("working_days", "请填写整改期限或限期日期。")

    def _check_extension(self, data) -> None:
        """A later deadline asks for its reason; the first one is kept."""
        was, due = self.initial.get("due_on"), data.get("due_on")
        if not (self.instance.pk and was and due and due > was):
            return
        if not data.get("extended_for"):
            self.add_error("extended_for", f"限期由 {was} 改晚的，请写明延期原因。")
        elif not data.get("first_due_on"):
            data["first_due_on"] = was


class RoundForm(LedgerForm):
    """What the community tells of an order; the recheck may be registered along with it from paper, by
    who keeps the order."""

    RECHECK = ("rechecked_on", "rechecker", "passed", "opinion")

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "occurred_on")
        order = data.get("order")
        unit = data.get("unit") or self.instance.unit
        if order is None:
            return data
        if unit.kind == UnitKind.COMMUNITY and unit != order.community:
            self.add_error("order", "社区只登记本社区的整改情况。")
        self._check_recheck(order, data)
        if not self.errors:
            self._check_turn(order, data)
        return data

    def _check_recheck(self, order, data) -> None:
        said = [name for name in self.RECHECK if data.get(name) not in (None, "")]
        if not said:
            return
        if not access_of(self.user).may(EDIT, order.unit_id):
            self.add_error(said[0], "复查由下达整改单的单位登记。")
        refuse_future(self, data, "rechecked_on")
        if data.get("passed") is None or data.get("rechecked_on") is None:
            missing = "passed" if data.get("passed") is None else "rechecked_on"
            self.add_error(missing, "复查日期和复查结果要一起填写。")

    def _check_turn(self, order, data) -> None:
        row = self.instance
        row.order = order
        for name in ("occurred_on", "rechecked_on", "passed"):
            setattr(row, name, data.get(name))
        try:
            check_turn(row, order)
        except ValidationError as error:
            self._update_errors(error)


class CardForm(CommunityForm):
    """A card given by a superior, and how it was lifted; what is unusual on the ladder is told."""

    def __init__(self, *args, **kwargs):
        self.warnings = []
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "occurred_on")
        refuse_future(self, data, "lifted_on")
        if data.get("lifted_for") and not data.get("lifted_on"):
            self.add_error("lifted_on", "填写了销牌说明的，请填写销牌日期。")
        community, colour, day = (data.get(n) for n in ("community", "colour", "occurred_on"))
        if community and colour and day and not self.errors:
            self.warnings += ladder_warning(community, colour, day, self.instance.pk)
        return data


class ProgrammeForm(CommunityForm):
    """The special programme of a community; its card is one of that community."""

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "ends_on")
        card: WarningCard | None = data.get("warning")
        community, begins = data.get("community"), data.get("starts_on")
        if card and community and card.community_id != community.pk:
            self.add_error("warning", "这张警告牌不是这个社区（村）的，请重新选择。")
        if card and begins and begins < card.occurred_on:
            self.add_error("starts_on", f"开始日期不能早于出牌日期 {card.occurred_on}。")
        if data.get("result") and not data.get("ends_on"):
            self.add_error("ends_on", "填写了整改结果的，请填写完成日期。")
        return data
