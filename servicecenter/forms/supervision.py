"""The form of a supervision as a file, or a clerk, brings it."""

from portal.ledgers.forms import LedgerForm
from portal.scope import access_of
from servicecenter.enums.loops import SUPERVISOR
from servicecenter.enums.supervision import SupervisionState
from servicecenter.selectors.supervision import target_of

S = SupervisionState


class SupervisionForm(LedgerForm):
    """Whoever may not supervise takes down only what was supervised and answered before."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].required = False
        self.fields["target"].help_text = "不填的为承办人或承办站所。"
        self.fields["urges"].required = False

    def clean(self):
        data = super().clean()
        data["urges"] = data.get("urges") or 0
        case, adding = data.get("case"), not self.instance.pk
        if case and case.unit_id != self.instance.unit_id:
            self.add_error("case", "这件办件不是所选单位的。")
        if adding and not self._may_ask() and not data.get("replied_on"):
            self.add_error(
                "replied_on", "您没有督办权限，只能补录已经答复的督办，请填写答复日期和答复内容。"
            )
        if data.get("replied_on") and not data.get("reply"):
            self.add_error("reply", "请填写答复内容。")
        if case and not data.get("target"):
            data["target"] = target_of(case, data.get("level"))
        if adding:
            self.instance.level_on = data.get("occurred_on")
        if adding or {"replied_on", "closed_on"} & {*self.changed_data}:
            answered = S.ANSWERED if data.get("replied_on") else S.WAITING
            self.instance.state = S.CLOSED if data.get("closed_on") else answered
        return data

    def _may_ask(self) -> bool:
        return access_of(self.user).may(SUPERVISOR, self.instance.unit_id)
