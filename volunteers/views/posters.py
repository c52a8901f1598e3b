"""The poster of a shift: the QR by which volunteers check in and out, for the leader to hang up."""

from django.shortcuts import get_object_or_404

from portal.marks import needs
from portal.pdf import render_substituted
from portal.pdf.qr import qr_uri
from portal.pdf.response import pdf_response
from volunteers.models import Shift
from volunteers.selectors.links import checkin_path


@needs("volunteers.view")
def poster(request, pk):
    """One A4 page, large enough to be scanned by a crowd; on a screen it serves as well."""
    rows = Shift.objects.visible_to(request.user).select_related("activity__org", "unit")
    shift = get_object_or_404(rows, pk=pk)
    context = {
        "shift": shift,
        "activity": shift.activity,
        "qr": qr_uri(request.build_absolute_uri(checkin_path(shift))),
    }
    data = render_substituted("volunteers/shift_poster.html", context, base="poster")
    return pdf_response(data, f"签到二维码_{shift}", inline=True)
