"""Papers of the register: the 户卡 of a household."""

from django.shortcuts import get_object_or_404

from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf import missing_glyphs, render_pdf
from portal.pdf.response import pdf_response
from residents.enums import Relation
from residents.ledgers.pages import chosen_day, members_on

COLUMNS = {
    "序号": 6,
    "姓名": 13,
    "与户主关系": 12,
    "性别": 6,
    "出生日期": 12,
    "证件号码": 18,
    "人户关系": 10,
    "入户日期": 12,
    "关爱类别": 11,
}
LINES = 7  # of a card; those without a member are left blank to write into


@writing_get
@needs("residents.view")
def household_card(request, pk):
    """One household on a printed card, as of a day. Numbers stay masked; printing is logged.

    Characters that no font has are named on the card, to be written in by hand.
    """
    ledger = ledgers["households"]
    household = get_object_or_404(ledger.queryset(request.user), pk=pk)
    chosen = chosen_day(request.GET)
    members = members_on(household, chosen.day, request.user)
    heads = [m for m in members if m["membership"].relation == Relation.HEAD]
    context = {
        "household": household,
        "day": chosen.day,
        "members": members,
        "head": heads[0]["person"].name if heads else "",
        "headers": list(COLUMNS),
        "widths": list(COLUMNS.values()),
        "blank_lines": range(LINES - len(members)),
        "printed_by": request.user.name,
    }
    words = [household.address, household.number, *(m["person"].name for m in members)]
    context["unprintable"] = [
        f"“{character}”（U+{ord(character):04X}）" for character in missing_glyphs("".join(words))
    ]
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=household._meta.label_lower,
        subject_id=household.pk,
        unit_id=household.unit_id,
        rows=len(members),
    )
    data = render_pdf("residents/card.html", context, base="card")
    return pdf_response(data, f"户卡_{household.number}", inline=True)
