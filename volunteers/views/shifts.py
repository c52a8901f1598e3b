"""Signing volunteers up for a shift, and taking a sign-up back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from portal.guided import GuidedForm, GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from volunteers.enums.activities import SignUpState
from volunteers.forms.shifts import SignUpManyForm
from volunteers.selectors.shifts import told_time
from volunteers.services import shifts
from volunteers.workflow import EDIT


class SignUpManyView(GuidedView):
    """Several at once; where the places do not suffice, the last ones wait."""

    title, button = "为志愿者报名", "报名"

    def dispatch(self, request, *args, **kwargs):
        rows = ledgers["shifts"].queryset(request.user)
        self.shift = get_object_or_404(rows, pk=kwargs["pk"])
        access_of(request.user).check(EDIT, self.shift.unit_id)
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return SignUpManyForm(data, shift=self.shift)

    def context(self):
        ledger, shift = ledgers["volunteer-activities"], self.shift
        free = max(shift.capacity - shift.signed, 0)
        skill = f"需要{shift.get_skill_display()}技能，" if shift.skill else ""
        places = f"还缺 {free} 人" if free else "已满员，再报名的为候补"
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", shift.activity),
            "parent_title": shift.activity.title,
            "explanation": f"{shift}（{told_time(shift)}）：{skill}需要 {shift.capacity} 人，{places}。"
            "名单上是这段时间没有其他班次的志愿者。",
        }

    def perform(self, form):
        people = form.cleaned_data["people"]
        return shifts.sign_up_many(self.shift, people, by=self.request.user)

    def done(self, form, result):
        waiting = sum(row.state == SignUpState.WAITING for row in result)
        told = f"已报名 {len(result) - waiting} 人"
        messages.success(self.request, told + (f"，候补 {waiting} 人。" if waiting else "。"))
        lacking = [str(row.volunteer) for row in result if row.told]
        if lacking:
            skill = self.shift.get_skill_display()
            names = "、".join(lacking)
            messages.warning(self.request, f"这个班次需要“{skill}”，{names}没有登记这项技能。")
        ledger = ledgers["volunteer-activities"]
        return redirect(ledger.url("detail", self.shift.activity))


class WithdrawView(GuidedView):
    title, button = "取消报名", "取消报名"

    def dispatch(self, request, *args, **kwargs):
        rows = ledgers["sign-ups"].queryset(request.user)
        self.row = get_object_or_404(rows, pk=kwargs["pk"])
        access_of(request.user).check(EDIT, self.row.unit_id)
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return GuidedForm(data)

    def context(self):
        ledger = ledgers["sign-ups"]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.row),
            "parent_title": ledger.label_of(self.row),
            "explanation": "取消以后，候补的第一人自动递补。",
        }

    def perform(self, form):
        return shifts.withdraw(self.row, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已取消报名。")
        ledger = ledgers["volunteer-activities"]
        return redirect(ledger.url("detail", self.row.shift.activity))


sign_up_many = needs(EDIT)(SignUpManyView.as_view())
withdraw = needs(EDIT)(WithdrawView.as_view())
