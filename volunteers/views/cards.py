"""志愿者证 and letters of welcome as PDF, for one volunteer or many.

Both carry the code of the volunteer's own page, so only those who may change the record print them, and
each print is logged.
"""

from collections import Counter
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from portal.guided import GuidedView
from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledger_for
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf import render_substituted
from portal.pdf.response import pdf_response
from portal.scope import access_of
from volunteers.forms.cards import MOST, CardsForm
from volunteers.models import Volunteer
from volunteers.selectors.cards import cards_of, welcomes_of
from volunteers.selectors.volunteers import active_on
from volunteers.views.certificates import volunteer_of
from volunteers.workflow import EDIT

ON_A_SHEET = 8


def printable(user):
    """The volunteers of today whose record the user may change."""
    rows = active_on(timezone.localdate(), Volunteer.objects.visible_to(user))
    rows = rows.filter(unit__in=access_of(user).units(EDIT))
    return rows.select_related("unit__parent__parent", "resident")


def asked_for(request) -> list[Volunteer]:
    """Those of ``?volunteer=5&volunteer=7``, in that order; all must be the user's to print."""
    keys = list(dict.fromkeys(map(sent_id, request.GET.getlist("volunteer")[: MOST + 1])))
    found = {row.pk: row for row in printable(request.user).filter(pk__in=keys)}
    if not keys or len(keys) > MOST or len(found) != len(keys):
        raise Http404
    return [found[key] for key in keys]


class ChooseView(GuidedView):
    title, button = "打印志愿者证和欢迎信", "打印"

    def form(self, data=None):
        return CardsForm(data, rows=printable(self.request.user))

    def context(self):
        ledger = ledger_for(Volunteer)
        return {
            "parent_url": ledger.url(),
            "parent_title": ledger.title,
            "explanation": "证和信上都有志愿者本人的查询码，请当面交给本人。",
        }

    def perform(self, form):
        return [volunteer.pk for volunteer in form.cleaned_data["volunteers"]]

    def done(self, form, result):
        page = reverse(f"volunteer-{form.cleaned_data['paper']}-paper")
        return redirect(f"{page}?{urlencode([('volunteer', key) for key in result])}")


def _log(request, volunteers, what: str) -> None:
    """One trace for each unit; a single print names the volunteer."""
    for unit, rows in Counter(volunteer.unit_id for volunteer in volunteers).items():
        log_access(
            AccessLog.Action.PDF,
            by=request.user,
            subject=Volunteer._meta.label_lower,
            subject_id=volunteers[0].pk if len(volunteers) == 1 else None,
            unit_id=unit,
            field=what,
            rows=rows,
        )


def _told(request) -> dict:
    return {"printed_on": timezone.localdate(), "printed_by": request.user.name}


def _cards(request, volunteers, *, single=False):
    _log(request, volunteers, "card")
    cards = cards_of(volunteers, request.build_absolute_uri, timezone.localdate())
    sheets = [cards[n : n + ON_A_SHEET] for n in range(0, len(cards), ON_A_SHEET)]
    context = {"sheets": sheets, "single": single} | _told(request)
    data = render_substituted("volunteers/papers/cards.html", context, base="volunteer_cards")
    title = f"志愿者证_{volunteers[0].serial_number}" if len(volunteers) == 1 else "志愿者证"
    return pdf_response(data, title, inline=True)


def _letters(request, volunteers):
    _log(request, volunteers, "welcome")
    day = timezone.localdate()
    letters = welcomes_of(volunteers, request.build_absolute_uri, day)
    context = {"letters": letters, "day": day} | _told(request)
    data = render_substituted("volunteers/papers/welcome.html", context, base="papers")
    title = f"欢迎信_{volunteers[0].serial_number}" if len(volunteers) == 1 else "志愿者欢迎信"
    return pdf_response(data, title, inline=True)


def _active(request, pk) -> Volunteer:
    """The volunteer, unless they left: then nothing is printed that lets them in."""
    volunteer = volunteer_of(request, pk, EDIT)
    if not printable(request.user).filter(pk=volunteer.pk).exists():
        raise Http404
    return volunteer


@writing_get
@needs(EDIT)
def card(request, pk):
    """One card, on a page of its own size."""
    return _cards(request, [_active(request, pk)], single=True)


@writing_get
@needs(EDIT)
def letter(request, pk):
    return _letters(request, [_active(request, pk)])


@writing_get
@needs(EDIT)
def cards(request):
    """Cards of many, eight on a sheet."""
    return _cards(request, asked_for(request))


@writing_get
@needs(EDIT)
def letters(request):
    return _letters(request, asked_for(request))


choose = needs(EDIT)(ChooseView.as_view())
