"""Pages of rehabilitation that are no ledger's: many agreements at once, the library, a plan on paper."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from disability.forms.agreements import SigningForm
from disability.forms.services import NAMED
from disability.plan_library import LIBRARY
from disability.services.plans import take_library
from disability.services.rehabilitation import sign_many
from portal.guided import GuidedForm, GuidedView
from portal.ledgers.forms import recording_units
from portal.ledgers.registry import ledger_for, ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.office.models import Partner
from portal.pdf import missing_glyphs, render_pdf
from portal.pdf.response import pdf_response
from portal.scope import Denied, access_of

EDIT = "disability.edit"


class LedgerAct(GuidedView):
    """An act that belongs to a ledger, for who may record in it."""

    slug = ""

    @property
    def ledger(self):
        return ledgers[self.slug]

    def dispatch(self, request, *args, **kwargs):
        if not recording_units(request.user, EDIT).exists():
            raise Denied("您没有可以登记记录的单位，请联系系统管理员。")
        return super().dispatch(request, *args, **kwargs)

    def context(self):
        return {"parent_url": self.ledger.url(), "parent_title": self.ledger.title}


class SignManyView(LedgerAct):
    """One text that many sign: an agreement of its own for each of them, all or nothing."""

    slug, title, button = "rehab-agreements", "批量签约", "登记签约"

    def form(self, data=None):
        partners = ledger_for(Partner, "disability")
        return SigningForm(data, user=self.request.user, partners=partners)

    def context(self):
        return super().context() | {
            "explanation": "约定的内容填一次，再勾选签约的人，每人登记一份；与这家机构已有签约的人不会重复登记。"
        }

    def perform(self, form):
        said = form.said
        access_of(self.request.user).check(EDIT, said["unit"].pk)
        return sign_many(form.cleaned_data["people"], by=self.request.user, **said)

    def done(self, form, result):
        stored, left_out = result
        messages.success(self.request, f"已登记签约 {len(stored)} 人。")
        if left_out:
            names = "、".join(person.name for person in left_out[:NAMED])
            more = "等" if len(left_out) > NAMED else ""
            text = f"另有 {len(left_out)} 人在这段时间已有签约，没有重复登记：{names}{more}。"
            messages.warning(self.request, text)
        return redirect(self.ledger.url())


class LibraryView(LedgerAct):
    """The general templates, taken as the unit's own."""

    slug, title, button = "plan-templates", "载入通用范本", "载入"

    def unit(self):
        units = recording_units(self.request.user, EDIT)
        home = access_of(self.request.user).home
        return units.filter(pk=home.pk).first() or units.first()

    def form(self, data=None):
        return GuidedForm(data)

    def context(self):
        names = "、".join(pattern.name for pattern in LIBRARY)
        text = (
            f"载入后成为{self.unit()}自己的范本，可以修改或停用；本单位或上级已有同名的不再载入。"
            f"共 {len(LIBRARY)} 个：{names}。"
        )
        return super().context() | {"explanation": text}

    def perform(self, form):
        return take_library(self.unit(), by=self.request.user)

    def done(self, form, result):
        if result:
            messages.success(self.request, f"已载入 {len(result)} 个范本。")
        else:
            messages.info(self.request, "这些范本都已有了，没有重复载入。")
        return redirect(self.ledger.url())


sign_many_page = needs(EDIT)(SignManyView.as_view())
library_page = needs(EDIT)(LibraryView.as_view())


@writing_get
@needs("disability.view")
def plan_paper(request, pk):
    """One plan on a page of A4, to be signed and kept at home. Numbers stay masked; printing is logged."""
    plan = get_object_or_404(ledgers["rehab-plans"].queryset(request.user), pk=pk)
    reviews = list(plan.reviews.kept().order_by("occurred_on", "pk"))
    context = {
        "plan": plan,
        "person": plan.resident,
        "goals": plan.goals.splitlines(),
        "measures": plan.measures.splitlines(),
        "reviews": reviews,
        "blank_lines": range(max(0, 3 - len(reviews))),
        "printed_by": request.user.name,
    }
    words = [plan.resident.name, plan.goals, plan.measures, plan.assessment]
    context["unprintable"] = [
        f"“{character}”（U+{ord(character):04X}）" for character in missing_glyphs("".join(words))
    ]
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=plan._meta.label_lower,
        subject_id=plan.pk,
        unit_id=plan.unit_id,
    )
    data = render_pdf("disability/plan_paper.html", context, base="plan")
    return pdf_response(data, "康复方案", inline=True)
