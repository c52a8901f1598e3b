"""Letters on the desk of staff: taken up, sent back, their files looked at; months published."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from portal.attachments.views import sent
from portal.guided import GuidedView
from portal.intake.forms import DeclineForm
from portal.intake.services import Answer
from portal.intake.states import IntakeState
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, needs_one_of, snapshot, writing_get
from portal.models import AccessLog
from portal.months import first_of, following
from portal.scope import Denied, access_of
from servicecenter.enums.public import LetterKind
from servicecenter.forms.letters_staff import (
    PublishForm,
    QuestionTakeForm,
)
from servicecenter.ledgers.public import MAY
from servicecenter.models import Letter
from servicecenter.services.echoes_public import take_question
from servicecenter.services.public import answer, files_of
from servicecenter.services.public_months import PERMISSION
from servicecenter.services.public_months import publish as publish_month

LEDGERS = {LetterKind.APPLICATION: "online-applications", LetterKind.QUESTION: "online-questions"}


class LetterView(GuidedView):
    """One letter that is waiting; one that is closed already leads to its page."""

    kinds = tuple(LetterKind)

    def dispatch(self, request, *args, **kwargs):
        letters = Letter.objects.visible_to(request.user).filter(kind__in=self.kinds)
        self.letter = get_object_or_404(letters, pk=kwargs["pk"])
        if not access_of(request.user).may(MAY[self.letter.kind], self.letter.unit_id):
            raise Denied("您的角色不能处理网上来件；如确需办理，请联系窗口人员。")
        if request.method == "GET" and self.letter.state != IntakeState.SENT:
            messages.info(request, "这件已经处理过。")
            return redirect(self.url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def ledger(self):
        return ledgers[LEDGERS[self.letter.kind]]

    @property
    def url(self):
        return self.ledger.url("detail", self.letter)

    def context(self):
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.url,
            "parent_title": self.ledger.label_of(self.letter),
        }


class QuestionTakeView(LetterView):
    title = button = "转入回音壁"
    kinds = (LetterKind.QUESTION,)

    def form(self, data=None):
        return QuestionTakeForm(data, rows=[self.letter])

    def perform(self, form):
        topic = form.cleaned_data["topic"]
        return take_question(form.as_loaded(self.letter), topic, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已转入社区回音壁，请答复和审核。")
        return redirect(ledgers["echoes"].url("detail", result))


class DeclineView(LetterView):
    title = button = "退回"

    def form(self, data=None):
        return DeclineForm(data, rows=[self.letter])

    def perform(self, form):
        return answer(form.as_loaded(self.letter), Answer(reason=form.cleaned_data["reason"]))

    def done(self, form, result):
        messages.success(self.request, "已退回，来件人凭登记码会看到原因。")
        return redirect(self.url)


take_to_wall = needs(MAY[LetterKind.QUESTION])(QuestionTakeView.as_view())
decline = needs_one_of(*MAY.values())(DeclineView.as_view())


@writing_get
@needs("servicecenter.view")
def file(request, pk, number):
    """One file of a letter that waits or was sent back; the look is logged."""
    letter = get_object_or_404(Letter.objects.visible_to(request.user), pk=pk)
    access_of(request.user).check(MAY[letter.kind], letter.unit_id)
    files = files_of(letter)
    if not 1 <= number <= len(files):
        raise Http404
    shown = files[number - 1]
    log_access(
        AccessLog.Action.FILE,
        by=request.user,
        subject=Letter._meta.label_lower,
        subject_id=letter.pk,
        unit_id=letter.unit_id,
        field=f"file {number}",
    )
    is_image = bool(shown.thumbnail)
    name = f"来件附件{number}.{'jpg' if is_image else 'pdf'}"
    return sent(shown.content, shown.media_type, name, download=not is_image)


class PublishView(GuidedView):
    """The figures are shown before they are published; all are of one moment."""

    title, button = "公布一个月的数据", "公布"
    confirms = True

    def form(self, data=None):
        last = following(first_of(timezone.localdate()), -1)
        return PublishForm(data, user=self.request.user, initial={"month": last})

    def context(self):
        ledger = ledgers["published-months"]
        return {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": "数字由系统统计，先看清再公布；已经公布的月份会换成现在的数字。",
        }

    def perform(self, form):
        data = form.cleaned_data
        return publish_month(data["unit"], data["month"], by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已公布{result.unit}{result}。")
        return redirect(ledgers["published-months"].url())


publish = snapshot(needs(PERMISSION)(PublishView.as_view()))
