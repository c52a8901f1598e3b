"""What was sent to whom when, by which version; and whether a file at hand is one of them."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.generic import View

from portal.exports import profiles
from portal.marks import needs, repeatable

PAGE = 50


class SendingList(View):
    """The register of sendings; POST looks a file up by its hash and keeps nothing of it."""

    def get(self, request):
        return self.page({})

    def post(self, request):
        upload = request.FILES.get("file")
        if upload is None or upload.size > settings.UPLOAD_MAX_BYTES:
            return self.page({"error": "请选择一份不超过 10 MB 的文件。"})
        found = list(profiles.sendings_of_file(upload.read(), request.user))
        return self.page({"looked_up": upload.name, "found": found})

    def page(self, context):
        rows = profiles.visible_sendings(self.request.user)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page", "1"))
        return render(self.request, "exports/sending_list.html", {"page": page, **context})


_mark = needs(profiles.PERMISSION)
sending_list = repeatable(_mark(SendingList.as_view()))
