"""Guides of items on the screen and on paper, and the hall's cards; what is printed is counted."""

from abc import abstractmethod
from math import ceil
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from portal.guided import GuidedView
from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.pdf import render_substituted
from portal.pdf.qr import qr_uri
from portal.pdf.response import pdf_response
from portal.scope import Denied, above, access_of
from servicecenter.enums.catalogue import PrintKind
from servicecenter.forms.guides import CARDS_ON_A_PAGE, CardForm, PrintForm
from servicecenter.models import Agent, Hall
from servicecenter.selectors.guides import guide_of
from servicecenter.services.handouts import EDIT, hand_out

VIEW = "servicecenter.view"
MOST_PAGES = 20  # printed at once; more copies come from the printer
NO_HALL = "本单位还没有登记服务大厅，请先在“服务大厅”中登记名称、地址和电话。"


def serving_unit(user, version):
    """The unit at whose hall this user works: their own where it may take the item, else the keeper's."""
    home = access_of(user).home
    may_serve = home is not None and version.unit_id in {home.pk, *above([home.pk])}
    return home if may_serve else version.unit


def version_of(request, pk):
    return get_object_or_404(ledgers["item-versions"].queryset(request.user), pk=pk)


@needs(VIEW)
def guide_page(request, pk):
    """The guide as residents read it, with the ways to print it."""
    version = version_of(request, pk)
    ledger = ledgers["item-versions"]
    context = {
        "guide": guide_of(version, serving_unit(request.user, version)),
        "version": version,
        "may_print": access_of(request.user).may(EDIT),
        "list_url": ledger.url(),
        "list_title": ledger.title,
        "version_url": ledger.url("detail", version),
        "version_title": ledger.label_of(version),
    }
    return render(request, "servicecenter/guide_page.html", context)


def guide_qr(request, version, unit) -> str:
    """The code of the item's public page at this unit; "" while it is not public."""
    if version.published_on is None or version.published_on > timezone.localdate():
        return ""
    path = reverse("public-item", args=[unit.code, version.item_id])
    return qr_uri(request.build_absolute_uri(path))


class PrintView(GuidedView):
    """Count one printing, then show what is to be printed."""

    @abstractmethod
    def unit(self):
        """The unit whose hall prints."""

    def dispatch(self, request, *args, **kwargs):
        access_of(request.user).check(EDIT, self.unit().pk)
        return super().dispatch(request, *args, **kwargs)

    def counted(self, form, kind, about=""):
        said = {name: form.cleaned_data[name] for name in ("quantity", "day", "target", "method")}
        return hand_out(self.unit(), kind, about=about, by=self.request.user, **said)


class PrintGuide(PrintView):
    title, button = "打印办事告知单", "登记发放并打印"

    def unit(self):
        return serving_unit(self.request.user, version_of(self.request, self.kwargs["pk"]))

    def form(self, data=None):
        return PrintForm(data)

    def context(self):
        version = version_of(self.request, self.kwargs["pk"])
        return {
            "above_url": ledgers["item-versions"].url(),
            "above_title": ledgers["item-versions"].title,
            "parent_url": reverse("service-guide", args=[version.pk]),
            "parent_title": str(version),
            "explanation": "登记后打开一份告知单，按份数打印；份数计入发放数，不必另行登记。",
        }

    def perform(self, form):
        version = version_of(self.request, self.kwargs["pk"])
        return self.counted(form, PrintKind.GUIDE, version.item.name)

    def done(self, form, result):
        return redirect("service-guide-paper", pk=self.kwargs["pk"])


class PrintCards(PrintView):
    title, button = "打印为民服务卡", "登记发放并打印"

    def unit(self):
        home = access_of(self.request.user).home
        if home is None:
            raise Denied("您没有可以登记记录的单位，请联系系统管理员。")
        return home

    def form(self, data=None):
        return CardForm(data, unit=self.unit())

    def context(self):
        return {
            "parent_url": ledgers["agency-handouts"].url(),
            "parent_title": ledgers["agency-handouts"].title,
            "explanation": "卡上印大厅的名称、地址、时间、电话和代办员；登记后打开整页的卡，打印后裁开。",
        }

    def perform(self, form):
        if not Hall.objects.kept().filter(unit=self.unit()).exists():
            raise ValidationError(NO_HALL)
        return self.counted(form, PrintKind.CARD)

    def done(self, form, result):
        said = form.cleaned_data
        query = {
            "per": said["per_page"],
            "agent": said["agent"].pk if said["agent"] else "",
            "pages": ceil(said["quantity"] / int(said["per_page"])),
        }
        messages.success(self.request, f"已登记印发 {said['quantity']} 张。")
        return redirect(f"{reverse('service-cards-paper')}?{urlencode(query)}")


@needs(VIEW)
def guide_paper(request, pk):
    """办事告知单: one item on a page of A4. It holds nobody's data."""
    version = version_of(request, pk)
    guide = guide_of(version, serving_unit(request.user, version))
    context = {
        "guide": guide,
        "version": version,
        "today": timezone.localdate(),
        "qr": guide_qr(request, version, guide.unit),
    }
    data = render_substituted("servicecenter/guide_paper.html", context, base="guide")
    return pdf_response(data, f"办事告知单_{guide.title}", inline=True)


@needs(VIEW)
def cards_paper(request):
    """为民服务卡: a page of cards of the unit's hall, to be cut apart."""
    unit = access_of(request.user).home
    hall = get_object_or_404(Hall.objects.kept(), unit=unit)
    per = request.GET.get("per", "")
    per = per if per in CARDS_ON_A_PAGE else "10"
    agents = Agent.objects.in_force(timezone.localdate()).filter(unit=unit)
    agent = agents.filter(pk=sent_id(request.GET.get("agent", ""))).first()
    context = {
        "hall": hall,
        "unit": unit,
        "agent": agent,
        "per": per,
        "cards": range(int(per)),
        "pages": range(min(max(sent_id(request.GET.get("pages", "")), 1), MOST_PAGES)),
        "qr": qr_uri(request.build_absolute_uri(reverse("public-unit", args=[unit.code]))),
    }
    data = render_substituted("servicecenter/cards_paper.html", context, base="cards")
    return pdf_response(data, "为民服务卡", inline=True)


print_guide = needs(EDIT)(PrintGuide.as_view())
print_cards = needs(EDIT)(PrintCards.as_view())
