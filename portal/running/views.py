"""运行状况: the same checks for people, those that need a hand first."""

from itertools import groupby

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.marks import needs, of_primary
from portal.running.declare import Level
from portal.running.examining import quick, worst
from portal.running.working import queue

TONES = {Level.GOOD: "good", Level.WARN: "warn", Level.BAD: "bad"}


@of_primary
@require_safe
@needs("units.manage")
def running(request):
    found = [
        {"check": check, "finding": finding, "tone": TONES[finding.level]}
        for check, finding in quick()
    ]
    order = list(dict.fromkeys(each["check"].group for each in found))
    found.sort(key=lambda each: order.index(each["check"].group))
    level = worst((each["check"], each["finding"]) for each in found)
    groups = [
        {"title": title, "lines": list(lines)}
        for title, lines in groupby(found, key=lambda each: each["check"].group)
    ]
    wrong = [each for each in found if not each["finding"].is_good]
    wrong.sort(key=lambda each: each["finding"].level is not Level.BAD)
    context = {
        "at": timezone.now(),
        "level": level,
        "tone": TONES[level],
        "wrong": wrong,
        "groups": groups,
        "queue": queue(),
    }
    return render(request, "running/page.html", context)
