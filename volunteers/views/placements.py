"""Pages of placements for those who guide them: logs to confirm, the steps of the appraisal, its paper."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from portal.guided import GuidedForm, GuidedView
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf import render_substituted
from portal.pdf.response import pdf_response
from portal.scope import access_of
from volunteers.enums.placements import Grade
from volunteers.forms.placements import AppraisalForm, TicksForm
from volunteers.models import Trainee
from volunteers.selectors.hours import told_hours
from volunteers.selectors.placements import long_days, room_of, sums_of, unconfirmed
from volunteers.services import placements as services

VIEW, EDIT = "volunteers.view", "volunteers.edit"
MOST = 200  # logs on one page to confirm
LEAST = 2  # rows of tasks on paper
PER_TASK = 35  # characters that a task takes the room of
SETTINGS = ((550, ""), (950, "dense"))  # up to so many characters: how the three texts are set
STEPS = {
    "own": ("自我小结", ("own_words",)),
    "mentor": ("指导老师评语", ("mentor_words",)),
    "office": ("单位鉴定", ("office_words", "grade", "appraised_on")),
}


def trainee_of(user, pk) -> Trainee:
    return get_object_or_404(ledgers["trainees"].queryset(user), pk=pk)


class ConfirmView(GuidedView):
    """The logs that wait, of one person or of all, each to be ticked."""

    template_name = "volunteers/confirm_logs.html"
    title, button = "确认日志", "确认勾选的日志"

    @property
    def trainee(self):
        pk = self.kwargs.get("pk")
        return trainee_of(self.request.user, pk) if pk else None

    def form(self, data=None):
        trainee = self.trainee
        if trainee:
            access_of(self.request.user).check(EDIT, trainee.unit_id)
        rows = unconfirmed(access_of(self.request.user).units(EDIT))
        self.rows = list((rows.filter(trainee=trainee) if trainee else rows)[:MOST])
        initial = {"chosen": [log.pk for log in self.rows]}
        return TicksForm(data, logs=self.rows, initial=initial)

    def context(self):
        trainee, ledger = self.trainee, ledgers["trainee-logs"]
        long = long_days(self.rows)
        found = {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": "核对日期、工作和时长，勾选属实的；确认后本人不能再改，有误的可退回。",
            "lines": [
                {
                    "log": log,
                    "hours": told_hours(log.minutes),
                    "long": (log.trainee_id, log.occurred_on) in long,
                }
                for log in self.rows
            ],
        }
        if trainee:
            people = ledgers["trainees"]
            found |= {
                "above_url": people.url(),
                "above_title": people.title,
                "parent_url": people.url("detail", trainee),
                "parent_title": trainee.name,
            }
        return found

    def perform(self, form):
        return services.confirm(form.ticked, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已确认 {result} 条日志。")
        return redirect(self.context()["parent_url"])


class ReopenView(GuidedView):
    title, button = "退回修改", "退回"

    def form(self, data=None):
        rows = ledgers["trainee-logs"].queryset(self.request.user)
        self.log = get_object_or_404(rows, pk=self.kwargs["pk"])
        access_of(self.request.user).check(EDIT, self.log.unit_id)
        return GuidedForm(data, rows=[self.log])

    def context(self):
        ledger = ledgers["trainee-logs"]
        chosen = "；已生成的志愿服务记录同时撤回" if self.log.trainee.as_volunteer_id else ""
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.log),
            "parent_title": str(self.log),
            "explanation": f"退回后由本人修改，再由指导老师确认{chosen}。",
        }

    def perform(self, form):
        services.reopen(form.as_loaded(self.log), by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已退回，等待修改后再确认。")
        return redirect(ledgers["trainee-logs"].url("detail", self.log))


class AppraiseView(GuidedView):
    """One step of the appraisal; the three follow each other."""

    template_name = "volunteers/appraise.html"
    button = "保存"
    title = property(lambda self: STEPS[self.kwargs["step"]][0])

    def dispatch(self, request, *args, **kwargs):
        if kwargs["step"] not in STEPS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        self.trainee = trainee_of(self.request.user, self.kwargs["pk"])
        access_of(self.request.user).check(EDIT, self.trainee.unit_id)
        fields = STEPS[self.kwargs["step"]][1]
        return AppraisalForm(data, trainee=self.trainee, fields=fields, optional=("office_words",))

    def context(self):
        people, sums = ledgers["trainees"], sums_of(self.trainee)
        return {
            "above_url": people.url(),
            "above_title": people.title,
            "parent_url": people.url("detail", self.trainee),
            "parent_title": self.trainee.name,
            "trainee": self.trainee,
            "sums": sums,
            "steps": [
                {
                    "label": label,
                    "url": reverse("trainee-appraise", args=[self.trainee.pk, key]),
                    "here": key == self.kwargs["step"],
                    "done": bool(getattr(self.trainee, fields[-1])),
                }
                for key, (label, fields) in STEPS.items()
            ],
        }

    def perform(self, form):
        row = form.as_loaded(self.trainee)
        return services.appraise(row, self.kwargs["step"], form.values, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已保存{self.title}。")
        following = {"own": "mentor", "mentor": "office"}.get(self.kwargs["step"])
        if following and not result.appraised_on:
            return redirect("trainee-appraise", pk=result.pk, step=following)
        return redirect(ledgers["trainees"].url("detail", result))


def appraisal_pdf(trainee: Trainee, user):
    """The form 鉴定表 on one page; the print is logged, because it tells of a person."""
    log_access(
        AccessLog.Action.PDF,
        by=user,
        subject=trainee._meta.label_lower,
        subject_id=trainee.pk,
        unit_id=trainee.unit_id,
        field="appraisal",
    )
    sums = sums_of(trainee)
    words = (trainee.own_words, trainee.mentor_words, trainee.office_words)
    context = {
        "title": f"{trainee.get_kind_display()}鉴定表",
        "trainee": trainee,
        "sums": sums,
        "pairs": two_abreast(sums.tasks),
        "grades": Grade.labels,
        "setting": setting_of(sum(map(room_of, words)) + PER_TASK * len(sums.tasks)),
        "today": timezone.localdate(),
        "printed_by": user.name,
    }
    data = render_substituted("volunteers/papers/appraisal.html", context, base="appraisal")
    return pdf_response(data, f"{context['title']}_{trainee.pk}", inline=True)


def setting_of(characters: int) -> str:
    """The larger, the easier to read; the longest texts that forms take still fit one page."""
    return next((name for most, name in SETTINGS if characters <= most), "tight")


def two_abreast(tasks) -> list[tuple]:
    """(left, right) cells of the table of tasks, three each; blank ones fill it up to LEAST rows."""
    cells = [(label, days.text, hours.text) for label, days, hours in tasks]
    rows = max(LEAST, -(-len(cells) // 2))
    cells += [("", "", "")] * (2 * rows - len(cells))
    return list(zip(cells[:rows], cells[rows:], strict=True))


@writing_get
@needs(VIEW)
def paper(request, pk):
    return appraisal_pdf(trainee_of(request.user, pk), request.user)


confirm = needs(EDIT)(ConfirmView.as_view())
reopen = needs(EDIT)(ReopenView.as_view())
appraise = needs(EDIT)(AppraiseView.as_view())
