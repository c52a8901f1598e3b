"""季度计分规则, by the quarter from which they hold."""

from django.db.models import Q

from portal.ledgers import MORE, Column, Ledger, column, register
from portal.office.ledgers.base import number
from portal.scope import Denied
from residents.ledgers.about import unit_column
from sanitation.enums.scoring import RunState as S
from sanitation.forms.scores import ScoreRuleForm
from sanitation.ledgers.sections import SCORES
from sanitation.models import ScoreRule
from sanitation.scoring.rounding import told
from sanitation.workflow import MANAGE


@register
class ScoreRuleLedger(Ledger):
    slug, title, icon, section = "score-rules", "季度计分规则", "books", SCORES
    quick = False
    model = ScoreRule
    description = (
        "季度得分怎么算：从哪个季度起、各项多少分、上下限、并列和最少单位数；公布过的不再改。"
    )
    date = ""
    order = ("-year", "-quarter", "unit")
    columns = (
        column(ScoreRule, "name", width=30),
        "year",
        "quarter",
        column(ScoreRule, "basis", sort="", width=24, listed=False),
        number(ScoreRule, "patrol_cap", width=10),
        column(ScoreRule, "restored_percent", width=12, listed=False),
        number(ScoreRule, "posters_marks"),
        number(ScoreRule, "sorting_marks"),
        number(ScoreRule, "fee_bonus", width=10),
        number(ScoreRule, "fee_rate_from"),
        Column(
            "入户排名末几位扣分",
            lambda rule: "、".join(map(told, rule.ranking_penalties)),
            field="ranking_penalties",
            width=18,
        ),
        column(ScoreRule, "visit_base", width=24, listed=False),
        column(ScoreRule, "ties", width=14, listed=False),
        number(ScoreRule, "blue_card", width=10),
        number(ScoreRule, "yellow_card", width=10),
        number(ScoreRule, "red_card", width=10),
        column(ScoreRule, "least_communities", width=12, listed=False),
        column(ScoreRule, "least_groups", width=12, listed=False),
        number(ScoreRule, "floor", width=10),
        number(ScoreRule, "ceiling", width=10),
        unit_column(ScoreRule),
    )
    form_class = ScoreRuleForm
    form_layout = (
        "name",
        ("year", "quarter"),
        ("patrol_cap", "restored_percent"),
        ("posters_marks", "sorting_marks"),
        ("fee_bonus", "fee_rate_from"),
        ("ranking_penalties", "visit_base", "ties"),
        ("floor", "ceiling"),
        "basis",
        ("blue_card", "yellow_card", "red_card"),
        ("least_communities", "least_groups"),
    )
    form_folds = {"basis": MORE}
    search = ("name", "basis")
    search_hint = "名称或依据"
    identity = ("year", "quarter")

    @property
    def edit_permission(self):
        return MANAGE

    def kept_by(self, record):
        if record.runs.kept().filter(~Q(state=S.DRAFT)).exists():
            return "已公布的季度用过这条规则，不能再改；要改就登记从以后季度起的新规则。"
        return ""

    def check_deletable(self, record):
        if words := self.kept_by(record):
            raise Denied(words)
        super().check_deletable(record)
