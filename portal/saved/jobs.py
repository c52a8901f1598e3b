"""Each morning the searches whose day has come are looked through, each in a transaction of its own."""

import logging
from datetime import date

from django.utils import timezone
from procrastinate.contrib.django import app

from portal.models import SavedLook, Unit
from portal.notifying.reading import KEPT
from portal.saved.services import due, look_for
from portal.scope import NOBODY, Scope, scope

log = logging.getLogger("portal.saved")


@app.periodic(cron="20 6 * * *")
@app.task(name="saved-searches", queueing_lock="saved-searches", pass_context=False)
def saved_searches(timestamp: int) -> dict[str, int]:
    return look_everywhere(timezone.localdate())


def look_everywhere(today: date) -> dict[str, int]:
    """How many searches were looked through, and how many of them found something. One that breaks is told
    in the log, and does not keep the others from theirs."""
    done = {"looked": 0, "found": 0, "broken": 0}
    with scope(_everywhere()):
        waiting = due(today)
        SavedLook.objects.filter(looked_at__lt=timezone.now() - KEPT).delete()
    for pk, user in waiting:
        try:
            found = look_for(pk, user, today)
        except Exception:
            log.exception("the saved search %s broke", pk)
            done["broken"] += 1
            continue
        if found is not None:
            done["looked"] += 1
            done["found"] += bool(found)
    return done


def _everywhere() -> Scope:
    units = Unit.objects.values_list("pk", flat=True)
    return Scope(frozenset(units), NOBODY.above, "job:saved-searches")
