"""Forms of boards: what one is called, of which unit and period it tells, and who may look."""

from django import forms

from portal.accounts.forms import UnitChoice
from portal.boards import Picture
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from portal.models import Unit
from reports.boards.places import units_for
from reports.boards.shown import Shown, along, kept
from reports.boards.when import Against, When
from reports.models import Board
from reports.models.boards import TITLE_LENGTH

NEW = ""


class BoardForm(GuidedForm):
    """A new board, begun with the figures of another one, or a changed one."""

    title = CleanCharField(
        label="名称",
        min_length=2,
        max_length=TITLE_LENGTH,
        help_text="如：周一例会、残疾人重点数。",
    )
    source = forms.ChoiceField(label="从哪个看板开始", required=False)
    when = forms.ChoiceField(label="时段", choices=When.choices, initial=When.YEAR)
    against = forms.ChoiceField(label="比较", choices=Against.choices, initial=Against.YEAR_BEFORE)
    about = UnitChoice(
        label="单位",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="看的人自己的单位",
        help_text="给下级单位看的，一般选“看的人自己的单位”。",
    )
    shared = forms.BooleanField(
        label="给下级单位看", required=False, help_text="本单位和下级单位的人可以看，不能改。"
    )

    def __init__(self, *args, by, board: Board | None = None, **kwargs):
        rows, initial = (), {}
        if board is not None:
            rows = (board,)
            initial = {
                "title": board.title,
                "when": board.when,
                "against": board.against,
                "about": board.about_id,
                "shared": board.shared,
            }
        super().__init__(*args, rows=rows, initial=initial, **kwargs)
        units = units_for(by)
        self.fields["about"].queryset = Unit.objects.filter(
            pk__in=[unit.pk for unit in units]
        ).select_related("parent")
        if len(units) < 2:
            del self.fields["about"]
        if board is not None:
            del self.fields["source"]
        else:
            self.sources = {shown.key: shown for shown in [*kept(by), *along(by)]}
            self.fields["source"].choices = [
                (NEW, "空白看板"),
                *((key, shown.title) for key, shown in self.sources.items()),
            ]
        self.lay_out(("title", *(["source"] if board is None else [])), ("when", "against"))

    @property
    def begun_with(self) -> Shown | None:
        return self.sources.get(self.cleaned_data.get("source"))

    @property
    def settings(self) -> dict:
        told = self.cleaned_data
        return {name: told[name] for name in ("title", "when", "against", "shared")} | {
            "about": told.get("about")
        }


class LineForm(forms.Form):
    """How one figure of a board is shown; each button of the page sends one act."""

    code = forms.CharField(max_length=80)
    act = forms.ChoiceField(choices=[(act, act) for act in ("add", "up", "down", "show", "remove")])
    picture = forms.ChoiceField(choices=Picture.choices, required=False)
    tabled = forms.BooleanField(required=False)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
