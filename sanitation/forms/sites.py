"""Forms of demonstration sites: results of homes, money, and posting the accounts."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import DayField
from portal.scope import access_of
from portal.text import clean_name
from residents.outside_forms import JudgesPersons
from sanitation.enums.demonstration import Direction
from sanitation.forms.following import FollowingForm
from sanitation.models import HouseholdRating
from sanitation.selectors.sites import homes_before

[ONCE] = (c for c in HouseholdRating._meta.constraints if c.name == "householdrating_once")


class RatingForm(JudgesPersons, FollowingForm):
    """One home in a round: its day is the round's, its household the one of the round before where the
    head has the same name and no other is chosen. Who sees no residents chooses no household."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "household" in self.fields and not access_of(self.user).may("residents.view"):
            del self.fields["household"]

    def clean(self):
        data = super().clean()
        self.judge("head", clean_name)
        round_, home = data.get("round"), data.get("household")
        if round_ is None:
            return data
        self.instance.occurred_on = round_.occurred_on
        if home and home.unit_id != round_.community_id:
            self.add_error("household", "这一户不在示范点所在的社区（村）。")
        if not home and not self.instance.pk and data.get("head"):
            known = {row.head: row.household for row in homes_before(round_)}
            home = known.get(data["head"])
            data["household"] = home
            self.instance.household = home
        elif "household" in self.fields:
            self.instance.household = home
        if data.get("head"):
            self.instance.round, self.instance.head = round_, data["head"]
            try:
                self.judge_once()
            except ValidationError as error:
                self.add_error(None, error)
        return data

    def judge_once(self) -> None:
        """Raise ValidationError at the head where the home has its result of this round."""
        try:
            ONCE.validate(HouseholdRating, self.instance)
        except ValidationError as error:
            raise ValidationError({"head": error.messages}) from error


class FundForm(FollowingForm):
    """Money in says where it came from; what is posted has happened."""

    def clean(self):
        data = super().clean()
        day, posted = data.get("occurred_on"), data.get("posted_on")
        if day and posted and posted < day:
            self.add_error("posted_on", "公示日期不能早于收支日期。")
        if data.get("direction") == Direction.INCOME and not data.get("source"):
            self.add_error("source", "收入请选择资金来源。")
        if data.get("amount") == 0:
            self.add_error("amount", "金额应当大于零。")
        return data


class LabourForm(FollowingForm):
    """At least half a day."""

    def clean(self):
        data = super().clean()
        if data.get("days") == 0:
            self.add_error("days", "工日应当大于零。")
        return data


class PostForm(GuidedForm):
    """收支公示: since when the accounts hang out."""

    posted_on = DayField(
        label="公示日期", help_text="这一天和以前的、还没有公示的收支，都记为这一天公示。"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["posted_on"].initial = timezone.localdate()
        self.fields["posted_on"].error_messages["required"] = "请填写公示日期。"
        self.lay_out(("posted_on",))


def heads_of(round_) -> list[dict]:
    """What the lines of a whole round begin with."""
    return [{"head": row.head} for row in homes_before(round_)]
