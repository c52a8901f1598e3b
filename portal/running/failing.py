"""What a page answers when the portal itself cannot work: no database, no room, or a fault of ours.

Django asks ``broken`` while the exception is being handled, whichever layer raised it. Nothing here may
ask the database: user and session of the request are out of reach.
"""

import sys

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string

from portal.errors import UNREADABLE_FORM, is_disk_full, is_out_of_reach

RETRY_SECONDS = 5
FULL_TEXT = "存储空间已满，这次没有保存，也没有留下半份内容。请告诉系统管理员；已有的记录不受影响。"
DOWN_TEXT = "数据库暂时连不上，这次操作没有完成，数据没有改动。恢复后即可继续，不用重新登录。"


def broken(request):
    error = sys.exc_info()[1]
    if is_out_of_reach(error):
        return out_of_reach(request)
    if is_disk_full(error):
        return told(request, "存储空间已满", FULL_TEXT, 507)
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def out_of_reach(request):
    """503; what was typed comes along, to be sent again from this very page."""
    sent, files = typed(request)
    more = {"sent": sent, "files": files, "action": request.get_full_path()}
    response = told(request, "数据库暂时连不上", DOWN_TEXT, 503, more)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def typed(request) -> tuple[list[tuple[str, str]], bool]:
    """The fields of a form that was sent, and whether files were among it; a password is never
    shown again, so that nothing of its form is."""
    if request.method != "POST":
        return [], False
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except UNREADABLE_FORM:
        return [], False
    if any("password" in name.lower() for name, _ in fields):
        return [], False
    return fields, files


def told(request, title, text, status, more=None):
    if not takes_pages(request):
        return JsonResponse({"reason": text, "again": status == 503}, status=status)
    page = render_to_string("errors/failed.html", {"title": title, "text": text} | (more or {}))
    return HttpResponse(page, status=status)


def takes_pages(request) -> bool:
    return "application/json" not in request.headers.get("Accept", "")
