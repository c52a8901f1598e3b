"""Photos and scans that come with the form of a new record: kept with it, or nothing is kept."""

import logging

from django.core.exceptions import ValidationError

from portal.attachments import services
from portal.attachments.refusing import MAX_BYTES, Refused
from portal.attachments.showing import UploadForm
from portal.text import typed_words

log = logging.getLogger(__name__)

PREFIX = "upload"  # fields of a ledger may be called files or purpose themselves
CHOOSE_AGAIN = "照片和附件没有保存：浏览器不保留已选的文件，改好后请重新选择。"


class AddedFiles:
    """``form`` for the page. First check(), then attach() when the record is stored."""

    def __init__(self, request, ledger):
        self.request = request
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        self.form = UploadForm(
            *sent, with_portrait=ledger.has_portrait, optional=True, prefix=PREFIX
        )
        self.ready: list[services.Checked] = []
        self.problems: list[str] = []

    @property
    def chosen(self) -> bool:
        return any(name.startswith(f"{PREFIX}-") for name in self.request.FILES)

    def check(self) -> bool:
        """Whether all files may be kept; what is wrong with others stands in ``problems``."""
        if not self.chosen:
            return True
        if not self.form.is_valid():
            self.problems = [text for errors in self.form.errors.values() for text in errors]
            return False
        for upload in self.form.cleaned_data["chosen"]:
            try:
                content = upload.read(MAX_BYTES + 1)
                self.ready.append(services.checked(content, self.form.cleaned_data["purpose"]))
            except Refused as refusal:
                name = typed_words(upload.name[-40:])
                self.problems.append(f"“{name}”没有保存：{refusal}")
        return not self.problems

    def attach(self, record) -> None:
        """Raises ValidationError where they cannot be kept; the record then is not stored either."""
        if not self.ready:
            return
        told = self.form.cleaned_data
        try:
            services.attach(
                record,
                self.ready,
                purpose=told["purpose"],
                caption=told["caption"],
                by=self.request.user,
            )
        except OSError as error:
            log.exception("no attachment can be written below MEDIA_ROOT")
            raise ValidationError(services.NO_ROOM) from error

    def tell(self, form) -> None:
        """Above the form that is shown again."""
        for problem in self.problems:
            form.add_error(None, problem)
        if self.chosen:
            form.add_error(None, CHOOSE_AGAIN)
