"""The ledgers 好差评 and 差评整改."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.imports.resolving import Resolver
from portal.ledgers import MORE, Action, column, register
from portal.ledgers.presenting import detail_groups
from portal.scope import Denied
from residents.ledgers.about import unit_column
from servicecenter.enums.ratings import RatingChannel
from servicecenter.forms.ratings import RatingForm, RedressForm
from servicecenter.ledgers.about_case import NUMBER, AboutCase, case_columns, told_steps
from servicecenter.models import Rating, Redress
from servicecenter.services import loops
from servicecenter.services import ratings as services


@register
class RatingLedger(AboutCase):
    slug, title, icon = "ratings", "好差评", "heart"
    model = Rating
    description = (
        "办件的评价，一件一评，由申请人自愿评价，没有默认好评；窗口、纸质和电话回访的在这里登记，"
        "扫码评价的自动进来。"
    )
    columns = (
        "occurred_on",
        *case_columns(Rating),
        column(Rating, "level", numeric=False),
        "channel",
        column(Rating, "efficiency", width=10, listed=False),
        column(Rating, "ability", width=10, listed=False),
        column(Rating, "attitude", width=10, listed=False),
        column(Rating, "comment", sort="", width=30),
        column(Rating, "called_by", sort="", listed=False),
        column(Rating, "later_level", numeric=False, listed=False),
        column(Rating, "later_on", listed=False),
        column(Rating, "later_comment", sort="", width=30, listed=False),
        column(Rating, "void_reason", width=12),
        column(Rating, "voided_on", listed=False),
        unit_column(Rating),
    )
    form_class = RatingForm
    form_layout = (
        ("case", "occurred_on"),
        ("level", "channel", "called_by"),
        "comment",
        ("efficiency", "ability", "attitude"),
        ("later_level", "later_on"),
        "later_comment",
        "highlight",
    )
    form_folds = {"efficiency": "分项评价", "later_level": "追评", "highlight": MORE}
    today = "occurred_on"
    kept_for_next = ("occurred_on", "channel")
    filters = ("level", "channel", "void_reason")
    identity = ("case", "occurred_on")
    related = (("redresses", "rating"),)
    footer = (
        "servicecenter.satisfaction",
        "servicecenter.ratings_valid",
        "servicecenter.ratings_bad",
        "servicecenter.rated_share",
    )

    def form_of_file(self, form_class):
        """A register of former ratings also holds those that came by link."""
        return type("FiledRatingForm", (form_class,), {"takes_links": True})

    def save(self, form, *, by):
        rating = form.save(commit=False)
        if rating._state.adding:
            return services.record(rating, by=by)
        rating.save()
        return rating

    def check_deletable(self, record):
        if record.channel == RatingChannel.LINK:
            raise Denied("申请人自己作出的评价不能删除；确属误评的，在差评整改中申诉。")
        super().check_deletable(record)

    def page(self, record, request):
        own, origin = detail_groups(self, record, request.user)
        if record.voided_on:
            told = f"{record.get_void_reason_display()}，{record.voided_on:%Y-%m-%d} 起不计入"
            own["items"].append({"label": "申诉复核结果", "value": told})
            own["items"].append({"label": "复核意见", "value": record.void_words})
        return {"fields": [own, origin]}


def find_rating(cells, user, unit):
    """The bad rating of the case with that number."""
    rows = Rating.objects.visible_to(user).filter(case__number=cells[NUMBER].strip(), level__lt=3)
    found = rows.order_by("voided_on", "pk").first()
    if found is None:
        raise ValidationError("这个编号的办件没有差评，请先登记评价。")
    return found


@register
class RedressLedger(AboutCase):
    slug, title, icon = "redresses", "差评整改", "shield-check"
    model = Redress
    description = (
        "差评自动开出整改：回访核实、整改、反馈、复核，逐步办理，整改人不复核自己的整改；"
        "误评、恶意差评可以申诉，由他人复核。"
    )
    select_related = ("rating__case__item__item",)
    resolvers = {"rating": Resolver((NUMBER,), find_rating)}
    search = ("rating__case__number", "rating__case__item__item__name")
    columns = (
        "occurred_on",
        *case_columns(Redress, "rating.case"),
        column(Redress, "rating.get_level_display", label="评价等级", width=12),
        column(Redress, "rating.comment", label="评价意见", width=30, listed=False),
        "state",
        "due_on",
        "called_on",
        column(Redress, "called_by", sort="", listed=False),
        column(Redress, "heard", sort="", width=30, listed=False),
        "remedied_on",
        column(Redress, "remedied_by", sort="", listed=False),
        column(Redress, "remedy", sort="", width=30, listed=False),
        column(Redress, "told_on", listed=False),
        column(Redress, "told_by", sort="", listed=False),
        column(Redress, "feedback", sort="", width=30, listed=False),
        "reviewed_on",
        column(Redress, "reviewed_by", sort="", listed=False),
        column(Redress, "review", sort="", width=30, listed=False),
        column(Redress, "rounds", width=8, listed=False),
        unit_column(Redress),
    )
    form_class = RedressForm
    form_layout = (
        ("rating", "occurred_on", "due_on"),
        ("called_on", "called_by"),
        "heard",
        ("remedied_on", "remedied_by"),
        "remedy",
        ("told_on", "told_by"),
        "feedback",
        ("reviewed_on", "reviewed_by"),
        "review",
        "highlight",
    )
    form_folds = {"called_on": "补录已办的步骤", "highlight": MORE}
    filters = ("state",)
    identity = ("rating",)
    footer = (
        "servicecenter.redresses",
        "servicecenter.redresses_called",
        "servicecenter.redresses_in_time",
        "servicecenter.redresses_open",
    )

    def kept_by(self, record):
        return "差评整改按步骤办理，不能直接修改或删除。"

    def save(self, form, *, by):
        redress = form.save(commit=False)
        if redress._state.adding:
            redress.recorded_by = by
        redress.due_on = redress.due_on or services.due_of(redress.occurred_on)
        redress.save()
        return redress

    def actions(self, record, user):
        return [
            Action(step.label, reverse("redress-step", args=[record.pk, name]))
            for name, step in loops.steps_open_to(record, user).items()
        ]

    def page(self, record, request):
        own, origin = detail_groups(self, record, request.user)
        own["items"].insert(0, {"label": "整改状态", "value": record.get_state_display()})
        own["items"].insert(1, {"label": "评价", "value": record.rating.get_level_display()})
        groups = [own]
        if record.appealed_on:
            groups.append({"title": "申诉", "items": _appeal(record)})
        if steps := told_steps(record):
            groups.append({"title": "办理过程", "items": steps})
        return {"fields": [*groups, origin]}


def _appeal(record) -> list[dict]:
    told = [
        ("申诉原因", record.get_appeal_for_display()),
        ("申诉", f"{record.appealed_on:%Y-%m-%d} {record.appealed_by}：{record.appeal}"),
    ]
    if record.judged_on:
        judged = f"{record.judged_on:%Y-%m-%d} {record.judged_by}：{record.judgement}"
        told.append(("申诉复核", judged))
    return [{"label": label, "value": value} for label, value in told]
