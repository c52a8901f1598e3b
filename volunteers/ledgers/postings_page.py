"""What the page of a posting tells beside its fields: who is on the list, and what was objected."""

from portal.ledgers.registry import ledgers
from volunteers.enums.hours import CorrectionState
from volunteers.selectors.hours import told_hours, what_of
from volunteers.selectors.postings import lines_of, objections, shown_name, totals_of


def page_of_posting(posting, user) -> dict:
    services, corrections = ledgers["service-records"], ledgers["hours-corrections"]
    lines = list(lines_of(posting))
    asked = list(objections(posting))
    people, total = totals_of(lines)
    return {
        "total": total,
        "people": people,
        "lines": [
            {
                "number": line.volunteer.serial_number,
                "name": shown_name(line.volunteer),
                "what": what_of(line),
                "day": line.occurred_on,
                "hours": told_hours(line.minutes),
                "state": line.get_state_display(),
                "url": services.url("detail", line),
            }
            for line in lines
        ],
        "objections": [
            {
                "name": each.service.volunteer.called,
                "claim": each.claim,
                "state": each.get_state_display(),
                "open": each.state == CorrectionState.OPEN,
                "answer": each.answer,
                "url": corrections.url("detail", each),
            }
            for each in asked
        ],
    }
