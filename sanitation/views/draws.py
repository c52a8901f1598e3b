"""A draw of groups as it was, drawn again before the reader's eyes."""

from django.shortcuts import get_object_or_404, render

from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.models import Unit
from sanitation.drawing import BY_HAND, draw, in_order, ticket
from sanitation.models import GroupDraw


@needs("sanitation.view")
def group_draw(request, pk):
    """Seed, frame and result, each group's number, and whether the draw comes out the same again."""
    rows = GroupDraw.objects.visible_to(request.user).select_related("inspection__community")
    drawn = get_object_or_404(rows, pk=pk)
    inspections = ledgers["inspections"]
    inspection = get_object_or_404(inspections.queryset(request.user), pk=drawn.inspection_id)
    names = dict(Unit.objects.filter(code__in=drawn.frame).values_list("code", "name"))
    again = draw(drawn.frame, drawn.seed, drawn.wanted)
    return render(
        request,
        "sanitation/draw.html",
        {
            "draw": drawn,
            "inspection": inspection,
            "above_url": inspections.url(),
            "above_title": inspections.title,
            "parent_url": inspections.url("detail", inspection),
            "parent_title": inspections.label_of(inspection),
            "holds": again == drawn.result,
            "again": [names.get(code, code) for code in again],
            "by_hand": BY_HAND,
            "lines": [
                {
                    "name": names.get(code, ""),
                    "code": code,
                    "ticket": ticket(drawn.seed, code),
                    "is_drawn": code in drawn.result,
                }
                for code in in_order(drawn.frame, drawn.seed)
            ],
        },
    )
