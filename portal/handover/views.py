"""Pages of handing over: the list, choosing the leaver, the act with what is open, the record, the paper."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.guided import GuidedView
from portal.handover.declared import PARTS
from portal.handover.forms import HandoverForm
from portal.handover.selectors import MANAGE, leavers, parts_of, unsent_drafts, visible
from portal.handover.services import hand_over
from portal.marks import needs
from portal.models import HandoverItem
from portal.pdf import render_substituted
from portal.pdf.response import pdf_response

PAGE_SIZE = 30


@needs(MANAGE)
def handover_list(request):
    page = Paginator(visible(request.user), PAGE_SIZE).get_page(request.GET.get("page", "1"))
    context = {"page": page, "leavers": leavers(request.user)}
    return render(request, "handover/list.html", context)


class HandOver(GuidedView):
    template_name = "handover/form.html"
    title, button, confirms = "办理离岗交接", "交接", True

    def dispatch(self, request, *args, **kwargs):
        self.leaver = get_object_or_404(leavers(request.user), pk=kwargs["pk"])
        self.parts = parts_of(self.leaver)
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return HandoverForm(data, leaver=self.leaver, parts=self.parts, by=self.request.user)

    def perform(self, form):
        return hand_over(
            form.as_loaded(self.leaver),
            to=form.to,
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )

    def done(self, form, handover):
        messages.success(self.request, f"{self.leaver.name}的工作已交接，可打印交接单签字。")
        return redirect("handover", pk=handover.pk)

    def context(self):
        return {
            "explanation": f"{self.leaver.name}（{self.leaver.username}）名下在办的工作如下，选择接手人后一次转走。",
            "parent_url": reverse("handover-list"),
            "parent_title": "离岗交接",
            "parts": [part for part in self.parts if part.count],
            "drafts": unsent_drafts(self.leaver),
        }


def _told(handover) -> list[dict]:
    """The parts of a record with what moved in each."""
    items = HandoverItem.objects.filter(part__handover=handover).order_by("kind", "pk")
    by_part = {}
    for item in items:
        by_part.setdefault(item.part_id, []).append(item)
    parts = handover.parts.select_related("receiver").filter(leaver=handover.leaver)
    return [
        {"title": PARTS[p.domain], "receiver": p.receiver.name, "items": by_part.get(p.pk, [])}
        for p in parts
    ]


@needs(MANAGE)
def handover_detail(request, pk):
    handover = get_object_or_404(visible(request.user), pk=pk)
    return render(request, "handover/detail.html", {"item": handover, "parts": _told(handover)})


@needs(MANAGE)
def handover_paper(request, pk):
    handover = get_object_or_404(visible(request.user), pk=pk)
    context = {
        "item": handover,
        "parts": _told(handover),
        "printed_by": request.user.name,
        "printed_at": timezone.localtime(),
    }
    data = render_substituted("handover/paper.html", context, base="inspection")
    return pdf_response(data, f"离岗交接单{handover.pk:05d}", inline=True)


hand_over_view = needs(MANAGE)(HandOver.as_view())
