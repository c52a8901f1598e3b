"""An application that came in without sign-in is taken up: it becomes a case."""

from django.contrib import messages
from django.shortcuts import redirect

from portal.intake.forms import TakeForm
from portal.ledgers.registry import ledgers
from portal.marks import needs
from residents.models import Resident
from servicecenter.enums.public import LetterKind
from servicecenter.services.letters import applicant_of, take_application
from servicecenter.views.letters_staff import LetterView
from servicecenter.workflow import CLERK


class TakeView(LetterView):
    title = button = "转为办件"
    confirms = True
    kinds = (LetterKind.APPLICATION,)

    def form(self, data=None):
        who = applicant_of(self.letter, self.request.user)
        told = "本辖区居民" if isinstance(who, Resident) else "辖区外申请人"
        if who.pk is None:
            told = "新登记的辖区外申请人（没有找到同一证件号码的居民）"
        day, item = self.letter.occurred_on, self.letter.item_name
        sentences = [
            f"按“{item}”登记一件待受理的办件，渠道为网上，申请日期 {day}。",
            f"申请人为{told}：{who.name}。",
            "申请内容和附件随办件保存；申请人凭登记码看到“已接收”。",
        ]
        return TakeForm(data, rows=[self.letter], told=sentences)

    def perform(self, form):
        return take_application(form.as_loaded(self.letter), by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已转为待受理的办件，请核对材料后受理。")
        return redirect(ledgers["cases"].url("detail", result))


take = needs(CLERK)(TakeView.as_view())
