"""Pages of the acts on households: form, what will happen, confirmed; and their undoing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect

from portal.guided import GuidedView, chinese_day
from portal.ledgers import ledgers
from portal.marks import needs
from portal.scope import access_of
from residents import act_forms as forms
from residents.acts import journal, services
from residents.enums import ActKind
from residents.models import Household, HouseholdAct


class HouseholdGuide(GuidedView):
    """One act on the household of the URL; ``?member=5`` chooses a member beforehand."""

    confirms = True
    kind: ActKind
    form_class: type[forms.ActForm]
    explanation = ""

    @property
    def title(self):
        return self.kind.label

    button = "办理"

    def dispatch(self, request, *args, **kwargs):
        rows = Household.objects.visible_to(request.user).select_related("unit", "dwelling")
        self.home = get_object_or_404(rows, pk=kwargs["pk"])
        if not access_of(request.user).may("residents.edit", self.home.unit_id):
            raise PermissionDenied("这一户由其他单位管理，只能查看。")
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        chosen = self.request.GET.get("member", "")
        initial = {"member": chosen, "members": [chosen]} if chosen.isdecimal() else {}
        return self.form_class(data, home=self.home, user=self.request.user, initial=initial)

    def perform(self, form):
        form.check_fresh()
        given = {"on": form.cleaned_data["on"], "note": form.cleaned_data["note"]}
        form.act = self.act(form, by=self.request.user, **given)
        return form.act

    def context(self):
        households = ledgers["households"]
        return {
            "above_url": households.url(),
            "above_title": households.title,
            "parent_url": households.url("detail", self.home),
            "parent_title": str(self.home),
            "explanation": self.explanation,
        }

    def done(self, form, result):
        messages.success(self.request, f"{self.title}已办理；有误的可在“户变动”中撤销。")
        return redirect(ledgers["household-acts"].url("detail", result))


class Split(HouseholdGuide):
    kind, form_class = ActKind.SPLIT, forms.SplitForm
    explanation = "一部分成员另立一户；原户和历史记录都保留。"

    def act(self, form, **given):
        return services.split(
            self.home,
            form.cleaned_data["members"],
            choices=form.choices,
            new=form.new_home,
            **given,
        )


class Merge(HouseholdGuide):
    kind, form_class = ActKind.MERGE, forms.MergeForm
    explanation = "全体成员并入另一户，那一户的户主不变；这一户不再有成员，历史记录保留。"

    def act(self, form, **given):
        into = form.cleaned_data["into"]
        return services.merge(self.home, into, choices=form.choices, **given)


class Move(HouseholdGuide):
    kind, form_class = ActKind.MOVE, forms.MoveForm
    explanation = "在本单位内换住处。迁到外面的请用“成员迁出”，由迁入地接收。"

    def act(self, form, **given):
        data = form.cleaned_data
        return services.move(
            self.home,
            data["members"],
            choices=form.choices,
            new=form.new_home,
            into=data["into"],
            with_registration=data["with_registration"],
            **given,
        )


class NewHead(HouseholdGuide):
    kind, form_class = ActKind.NEW_HEAD, forms.HeadForm
    explanation = "从生效日期起换户主；每个人与新户主的关系可以逐一选择，不选的按原来的关系推定。"

    def act(self, form, **given):
        head = form.cleaned_data["head"]
        return services.change_head(self.home, head, choices=form.choices, **given)


class Death(HouseholdGuide):
    kind, form_class = ActKind.DEATH, forms.DeathForm
    explanation = "登记死亡，结束其成员关系；去世的是户主的，由留下的人接任。"

    def act(self, form, **given):
        member = form.cleaned_data["member"]
        return services.die(self.home, member, choices=form.choices, **given)


class Leave(HouseholdGuide):
    kind, form_class = ActKind.LEAVE, forms.LeaveForm
    explanation = "成员离开本单位，不再在册；在本单位内换住处的请用“迁居”。"

    def act(self, form, **given):
        data = form.cleaned_data
        return services.leave(
            self.home, data["members"], choices=form.choices, to_place=data["to_place"], **given
        )


class Join(HouseholdGuide):
    kind, form_class = ActKind.JOIN, forms.JoinForm

    def act(self, form, **given):
        data = form.cleaned_data
        return services.join(
            self.home, data["resident"], data["relation"], bond=data["bond"], **given
        )


class Apart(HouseholdGuide):
    kind, form_class = ActKind.APART, forms.ApartForm
    explanation = "户籍和居住不在同一户的，分成两条成员记录，各有起止日期。"

    def act(self, form, **given):
        data = form.cleaned_data
        return services.part(
            self.home,
            data["member"],
            stays=data["stays"],
            into=data["into"],
            relation=data["relation"],
            address=data["address"],
            **given,
        )


class Reunite(HouseholdGuide):
    kind, form_class = ActKind.REUNITE, forms.ReuniteForm

    def act(self, form, **given):
        return services.reunite(self.home, form.cleaned_data["member"], **given)


class Undo(GuidedView):
    """Take an act back, as long as nothing that it touched was changed since."""

    title, button = "撤销户变动", "撤销"

    def dispatch(self, request, *args, **kwargs):
        rows = HouseholdAct.objects.visible_to(request.user).select_related("household")
        self.done_act = get_object_or_404(rows, pk=kwargs["pk"])
        if not access_of(request.user).may("residents.edit", self.done_act.unit_id):
            raise PermissionDenied("这次变动由其他单位办理，只能查看。")
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return forms.UndoForm(data)

    def perform(self, form):
        return journal.undo(self.done_act, by=self.request.user)

    def context(self):
        act, acts = self.done_act, ledgers["household-acts"]
        told = "".join(act.told)
        return {
            "above_url": acts.url(),
            "above_title": acts.title,
            "parent_url": acts.url("detail", act),
            "parent_title": str(act),
            "explanation": f"{chinese_day(act.occurred_on)}办理的“{act.get_kind_display()}”将作废，"
            f"恢复办理以前的情况。当时办理的是：{told}",
        }

    def done(self, form, result):
        messages.success(self.request, "已撤销，恢复到办理以前的情况。")
        return redirect(ledgers["households"].url("detail", self.done_act.household))


_edit = needs("residents.edit")
split = _edit(Split.as_view())
merge = _edit(Merge.as_view())
move = _edit(Move.as_view())
new_head = _edit(NewHead.as_view())
death = _edit(Death.as_view())
leave = _edit(Leave.as_view())
join = _edit(Join.as_view())
apart = _edit(Apart.as_view())
reunite = _edit(Reunite.as_view())
undo = _edit(Undo.as_view())
