"""Forms of services: one person's, and a session with everybody who took part."""

from disability.forms.candidates import Way, registered_people
from disability.forms.people import PersonForm
from disability.models import RehabAgreement
from disability.services.rehabilitation import COMMON, covers
from portal.ledgers.forms import LedgerForm
from residents.forms import refuse_future
from residents.people_ticks import TickedPeopleField

SAID_BY_SESSION = ("resident", "mode", *(name.removesuffix("_id") for name in COMMON))
NAMED = 10  # people named in a message


class ServiceForm(PersonForm):
    """Agreement and plan are the person's own; what a session says is changed there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].help_text = "不选的，当天只有一份方案在执行的，就按那一份。"
        if self.instance.session_id:
            for name in SAID_BY_SESSION:
                if name in self.fields:
                    self.fields[name].disabled = True
                    self.fields[name].help_text = "在集体服务中修改。"

    def judges_alone(self):
        return True

    def clean(self):
        data = super().clean()
        resident, day = data.get("resident"), data.get("occurred_on")
        agreement, plan = data.get("agreement"), data.get("plan")
        if resident and agreement and agreement.resident_id != resident.pk:
            self.add_error("agreement", "这是另一位居民的签约。")
        elif day and agreement and not covers(agreement, day):
            self.add_error("agreement", "服务日期不在这份签约的有效期内。")
        if resident and plan and plan.resident_id != resident.pk:
            self.add_error("plan", "这是另一位居民的方案。")
        return data


class SessionForm(LedgerForm):
    """The common fields once, and ``people`` ticked; who was dead or unborn that day is refused."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"] = TickedPeopleField(
            user=self.user,
            label="参加的人",
            **registered_people(self.user, signed_way()),
        )
        self.fields["people"].error_messages["required"] = "请勾选参加的人。"
        if self.instance.pk:
            services = self.instance.services.kept().select_related("resident")
            rows = services.order_by("resident__pinyin", "resident_id")
            self.initial["people"] = [service.resident for service in rows]
        self.helper.layout = self._layout()

    def clean(self):
        data = super().clean()
        refuse_future(self, data, "occurred_on")
        refuse_not_alive(self, data, "occurred_on")
        return data


def refuse_not_alive(form, data, name) -> None:
    """Name those of ``people`` who had died before the day ``name``, or were not born yet."""
    day = data.get(name)
    if not day:
        return
    people = data.get("people") or []
    dead = [p.name for p in people if p.died_on and p.died_on < day]
    unborn = [p.name for p in people if p.born_on and p.born_on > day]
    for names, said in ((dead, "已去世"), (unborn, "还没有出生")):
        if names:
            more = f"等 {len(names)} 人" if len(names) > NAMED else ""
            told = "、".join(names[:NAMED])
            form.add_error("people", f"{told}{more}在{day}{said}，请从名单中去掉。")


def signed_way() -> Way:
    """Narrows a list of people by whether they have an agreement today."""

    def keys():
        signed = RehabAgreement.objects.in_force().values_list("resident", flat=True)
        return dict.fromkeys(signed, ("yes",))

    return Way("签约", [("yes", "已签约"), ("no", "未签约")], keys, otherwise=("no",))
