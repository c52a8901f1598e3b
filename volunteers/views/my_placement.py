"""我的实习日志: all that somebody on placement sees after signing in — their own days and own facts."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from portal.guided import GuidedForm, GuidedView
from portal.marks import needs, writing_get
from portal.scope import Denied
from volunteers.forms.placements import AppraisalForm, OwnLogForm
from volunteers.models import TraineeLog
from volunteers.selectors.hours import told_hours
from volunteers.selectors.placements import is_over, placement_of, sums_of
from volunteers.services import placements as services
from volunteers.views.placements import appraisal_pdf

LOG = "placements.log"
TITLE = "我的实习日志"
SHOWN = 60  # newest days on the page; the sums tell the whole


def may_write(trainee) -> bool:
    return not is_over(trainee) and timezone.localdate() >= trainee.starts_on


class OwnView(GuidedView):
    """Starts from the one placement of this account: no key of anybody else's is ever asked."""

    @cached_property
    def trainee(self):
        found = placement_of(self.request.user)
        if found is None:
            raise Http404
        return found

    def context(self):
        return {"parent_url": reverse("my-placement"), "parent_title": TITLE}


class MyPlacement(OwnView):
    template_name = "volunteers/my_placement.html"
    title, button = TITLE, "保存这一项"

    def dispatch(self, request, *args, **kwargs):
        if placement_of(request.user) is None:
            return render(request, "volunteers/my_placement_none.html", {"title": TITLE})
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        if data is not None and not may_write(self.trainee):
            raise Denied("实践期未到、已满或已经鉴定，日志只能查看。")
        return OwnLogForm(data, trainee=self.trainee)

    def context(self):
        trainee = self.trainee
        logs = TraineeLog.objects.kept().filter(trainee=trainee)
        newest = logs.order_by("-occurred_on", "-pk")[:SHOWN]
        return {
            "trainee": trainee,
            "open": may_write(trainee),
            "not_begun": timezone.localdate() < trainee.starts_on,
            "sums": sums_of(trainee),
            "lines": [
                {
                    "log": log,
                    "hours": told_hours(log.minutes),
                    "change": may_write(trainee) and not log.confirmed_on,
                }
                for log in newest
            ],
            "older": max(logs.count() - SHOWN, 0),
        }

    def perform(self, form):
        return services.store_own(form.filled(), by=self.request.user)

    def done(self, form, result):
        messages.success(
            self.request, f"已保存：{result.occurred_on} {result.get_task_display()}。"
        )
        return redirect("my-placement")


class OfOwnLog(OwnView):
    """A log of one's own that may still be changed."""

    @cached_property
    def log(self):
        own = TraineeLog.objects.kept().filter(trainee=self.trainee)
        log = get_object_or_404(own, pk=self.kwargs["pk"])
        log.trainee = self.trainee
        return log

    def dispatch(self, request, *args, **kwargs):
        if self.log.confirmed_on or not may_write(self.trainee):
            raise Denied("指导老师已确认，或实践期已满，这条日志只能查看。")
        return super().dispatch(request, *args, **kwargs)


class ChangeOwnLog(OfOwnLog):
    title, button = "修改日志", "保存"

    def form(self, data=None):
        return OwnLogForm(data, trainee=self.trainee, log=self.log)

    def perform(self, form):
        return services.store_own(form.filled(), by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已保存。")
        return redirect("my-placement")


class DropOwnLog(OfOwnLog):
    title, button = "删除日志", "删除"

    def form(self, data=None):
        return GuidedForm(data, rows=[self.log])

    def context(self):
        log = self.log
        told = f"{log.occurred_on} {log.get_task_display()} {told_hours(log.minutes)} 小时"
        return super().context() | {"explanation": f"将删除：{told}。"}

    def perform(self, form):
        log = form.as_loaded(self.log)
        services.drop_own(log, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已删除。")
        return redirect("my-placement")


class OwnWords(OwnView):
    title, button = "自我小结", "保存"

    def form(self, data=None):
        if not may_write(self.trainee):
            raise Denied("实践期已满或已经鉴定，自我小结只能查看。")
        return AppraisalForm(data, trainee=self.trainee, fields=("own_words",))

    def context(self):
        told = "写做了什么、学到什么、体会和不足，三五百字为宜；会印在鉴定表上。"
        return super().context() | {"explanation": told}

    def perform(self, form):
        row = form.as_loaded(self.trainee)
        return services.appraise(row, "own", form.values, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已保存自我小结。")
        return redirect("my-placement")


@writing_get
@needs(LOG)
def own_paper(request):
    """The person's own 鉴定表, once they are appraised."""
    trainee = placement_of(request.user)
    if trainee is None:
        raise Http404
    if not trainee.appraised_on:
        raise Denied("还没有鉴定，鉴定表要等指导老师和单位写好后才能打印。")
    return appraisal_pdf(trainee, request.user)


_own = needs(LOG)
my_placement = _own(MyPlacement.as_view())
change_log = _own(ChangeOwnLog.as_view())
drop_log = _own(DropOwnLog.as_view())
own_words = _own(OwnWords.as_view())
