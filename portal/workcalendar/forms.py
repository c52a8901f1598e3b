"""The form of a notice: its text as issued, and the days read from it, which can be corrected."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.days import not_future
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField, DayField
from portal.models import NoticeSource
from portal.workcalendar.reading import read_lines, read_notice, written

LARGEST_FILE = 200_000
LONGEST_TEXT = 8000
FIRST_YEAR, LAST_YEAR = 2004, 2100
WHOLE, PART = "whole", "part"
SCOPES = ((WHOLE, "全年安排（同一年以前的国家通知不再算数）"), (PART, "只改其中几天（其余不变）"))


class NoticeForm(GuidedForm):
    """Of the three ways to give the days the last one filled in holds: file, text, days by hand."""

    source = forms.ChoiceField(label="发布单位", choices=NoticeSource, widget=forms.RadioSelect)
    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    extent = forms.ChoiceField(label="范围", choices=SCOPES, initial=WHOLE, required=False)
    title = CleanCharField(
        label="通知名称",
        max_length=100,
        required=False,
        help_text="国家通知可以不填；本地放假、停办请写明，如“大厅搬迁停办通知”。",
    )
    document_number = CleanCharField(label="文号", max_length=50, required=False)
    published_on = DayField(label="发布日期", required=False, validators=[not_future])
    file = forms.FileField(
        label="通知文件",
        required=False,
        help_text="纯文本文件（.txt）；也可以直接把全文粘贴在下面。",
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    text = CleanCharField(
        label="通知原文",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="照原样粘贴，系统按“一、元旦：……放假……上班”逐条识别。",
    )
    days = CleanCharField(
        label="逐日安排",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="留空时由原文识别；填了就以这里为准。一行一天：2027-01-01 放假 元旦，或 2027-01-03 上班 元旦。",
    )

    def __init__(self, data=None, files=None, **kwargs):
        data = data.copy() if data is not None else None
        super().__init__(data, files=files, **kwargs)
        self.fields["source"].initial = NoticeSource.NATIONAL
        self.fields["year"].initial = timezone.localdate().year + 1
        self.lay_out(("source", "year"), ("extent", "title"), ("document_number", "published_on"))

    def clean_file(self):
        """The text of the file, in UTF-8 or GB 18030."""
        given = self.cleaned_data["file"]
        if not given:
            return ""
        if given.size > LARGEST_FILE:
            raise ValidationError("文件太大；请另存为纯文本（.txt），或直接粘贴全文。")
        content = given.read()
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return text
        raise ValidationError("这不是纯文本文件；请另存为 .txt，或直接粘贴全文。")

    def clean(self):
        given = super().clean()
        if given.get("file"):
            try:
                given["text"] = self.fields["text"].clean(given["file"])
            except ValidationError as error:
                self.add_error("file", error)
            else:
                self.data["text"] = given["text"]
        if given.get("source") == NoticeSource.LOCAL and not given.get("title"):
            self.add_error("title", "请写明本地放假或停办的名称。")
        if not self.errors:
            self._read(given)
        if not self.errors:
            self._title(given)
        return given

    def _read(self, given) -> None:
        """The days into ``told``, and into the field of the form where the text was read."""
        name = "days" if given["days"] else "text"
        try:
            if given["days"]:
                self.told = read_lines(given["days"])
            elif given["text"]:
                self.told = read_notice(given["text"], given["year"])
            else:
                raise ValidationError("请粘贴通知原文，或在“逐日安排”里填写。")
        except ValidationError as error:
            self.add_error(name, error)
            return
        year = given["year"]
        if not self.told:
            self.add_error(name, "这里没有一天。")
        elif wrong := [day for day in self.told if not _is_of(day, year)]:
            told = "、".join(f"{day:%Y-%m-%d}" for day in wrong[:5])
            self.add_error(name, f"{told}不属于{year}年度（上年12月至本年12月），请核对年度。")
        else:
            given["days"] = self.data["days"] = written(self.told)

    def _title(self, given) -> None:
        if not given["title"]:
            title = f"国务院办公厅关于{given['year']}年部分节假日安排的通知"
            given["title"] = self.data["title"] = title

    @property
    def replaces(self) -> bool:
        return self.cleaned_data.get("extent") != PART


def _is_of(day, year: int) -> bool:
    return day.year == year or (day.year, day.month) == (year - 1, 12)
