"""What is done with an inspection: its groups, marks, handing in, publishing, the reply and the answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from portal.guided import GuidedForm, GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs, needs_one_of
from portal.scope import Denied, access_of
from sanitation.enums.inspections import InspectionKind, SampleMethod
from sanitation.forms.inspection_acts import AnswerForm, ItemsForm, ReplyForm, SampleForm
from sanitation.models import Inspection
from sanitation.selectors.inspections import (
    findings_of,
    is_marked,
    lines_of,
    marking_of,
    reply_of,
)
from sanitation.services import inspections as services
from sanitation.services import replies
from sanitation.services.inspections import EDIT
from sanitation.workflow import ANSWER, PUBLISH

SLUG = "inspections"
VIEW = "sanitation.view"
UNANNOUNCED = InspectionKind.UNANNOUNCED


class InspectionView(GuidedView):
    """An act on one inspection that the user sees; ``who`` are the permissions of which one is needed at
    its keeper's unit."""

    who = (EDIT,)

    @cached_property
    def inspection(self) -> Inspection:
        row = get_object_or_404(ledgers[SLUG].queryset(self.request.user), pk=self.kwargs["pk"])
        self.check(row)
        return row

    def check(self, row):
        access = access_of(self.request.user)
        if not any(access.may(permission, row.unit_id) for permission in self.who):
            raise Denied("这次检查由其他单位登记，您不能办理这一步。")

    def form(self, data=None):
        return GuidedForm(data, rows=[self.inspection])

    def context(self):
        ledger = ledgers[SLUG]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.inspection),
            "parent_title": ledger.label_of(self.inspection),
            "explanation": self.explanation(),
        }

    def explanation(self) -> str:
        return ""

    def done(self, form, result):
        messages.success(self.request, self.told(result))
        return redirect(ledgers[SLUG].url("detail", self.inspection))

    def told(self, result) -> str:
        return "已保存。"


class SampleView(InspectionView):
    title, button = "确定抽查小组", "确定"

    def form(self, data=None):
        return SampleForm(data, inspection=self.inspection)

    def explanation(self):
        if self.inspection.kind == UNANNOUNCED:
            return "暗访不通知被检查单位，抽查小组由检查组指定或随机抽取。"
        return "一部分由村（社区）推荐，另一部分随机抽取。"

    def perform(self, form):
        services.check_begun(self.inspection)
        data, by = form.cleaned_data, self.request.user
        method = data.get("method") or SampleMethod.NAMED
        services.add_groups(self.inspection, data["groups"], method, by=by)
        if data.get("wanted"):
            return services.draw_groups(self.inspection, data["wanted"], by=by)
        return None

    def told(self, draw):
        if draw is None:
            return "已确定抽查小组。"
        return f"已随机抽取 {draw.wanted} 个，种子 {draw.seed} 已留底，随时可以重抽核对。"


class ItemsView(InspectionView):
    title, button = "不适用和比率", "保存"

    def form(self, data=None):
        return ItemsForm(data, inspection=self.inspection, lines=lines_of(self.inspection))

    def explanation(self):
        return (
            "没有这类地点的项目填不适用，不计入满分；按比率计分的项目填百分比，得分保留一位小数。"
        )

    def perform(self, form):
        services.say_of_items(self.inspection, form.told, by=self.request.user)


class HandInView(InspectionView):
    title = button = "提交检查"

    def explanation(self):
        row = self.inspection
        lines, findings = lines_of(row), findings_of(row)
        told = [f"共 {len(findings)} 个问题"]
        if is_marked(row):
            marked = marking_of(lines)
            if marked.score is not None:
                told.append(f"得分 {marked.score} 分，满分 {marked.full} 分")
            if left := sum(1 for each in lines if each.line.is_na):
                told.append(f"{left} 个项目不适用")
        after = (
            "提交后由街道主管公布，公布之前被检查的社区（村）看不到。"
            if row.kind == UNANNOUNCED
            else f"提交后不能再改，{row.community}随即可以查看。"
        )
        return f"{'，'.join(told)}。{after}"

    def perform(self, form):
        return services.hand_in(form.as_loaded(self.inspection), by=self.request.user)

    def told(self, row):
        if row.is_open:
            return f"已提交，{row.community}可以查看、签认或提出异议。"
        return "已提交，等待街道主管公布。"


class PublishView(InspectionView):
    title, button, who = "公布暗访结果", "公布", (PUBLISH,)

    def explanation(self):
        return f"公布后，{self.inspection.community}可以看到得分、问题和照片，并可提出异议；公布以后不能撤回。"

    def perform(self, form):
        return services.publish(form.as_loaded(self.inspection), by=self.request.user)

    def told(self, row):
        return f"已公布，{row.community}现在可以查看。"


class TakeBackView(InspectionView):
    title = button = "退回修改"

    def explanation(self):
        return "还没有公布，可以退回继续记问题；改好后再提交。"

    def perform(self, form):
        return services.take_back(form.as_loaded(self.inspection), by=self.request.user)

    def told(self, row):
        return "已退回修改。"


class ReplyView(InspectionView):
    title, button = "签认检查结果", "提交"

    def check(self, row):
        access_of(self.request.user).check(ANSWER, row.community_id)

    def form(self, data=None):
        return ReplyForm(data, inspection=self.inspection)

    def explanation(self):
        return "请先核对各项得分、问题和照片。只办一次；有异议的，由检查组核对后答复。"

    def perform(self, form):
        return replies.reply(self.inspection, **form.cleaned_data, by=self.request.user)

    def told(self, reply):
        return "已签认。" if reply.agrees else "已提出异议，检查组核对后会答复。"


class AnswerView(InspectionView):
    title, button, who = "答复异议", "答复", (EDIT, PUBLISH)

    @cached_property
    def reply(self):
        reply = reply_of(self.inspection)
        if reply is None or reply.agrees:
            raise Denied("这次检查没有异议。")
        return reply

    def form(self, data=None):
        return AnswerForm(
            data,
            inspection=self.reply.inspection,
            findings=findings_of(self.inspection),
            asks_score=self.inspection.score is not None and not is_marked(self.inspection),
        )

    def explanation(self):
        return f"{self.reply.signer}：{self.reply.objection}"

    def perform(self, form):
        data = form.cleaned_data
        self.reply.inspection = form.as_loaded(self.inspection)
        return replies.answer(
            self.reply,
            upheld=data["upheld"],
            answer=data["answer"],
            occurrences=form.occurrences,
            score=data.get("score"),
            by=self.request.user,
        )

    def told(self, reply):
        return "已答复并重新计分。" if reply.upheld else "已答复。"


sample = needs(EDIT)(SampleView.as_view())
items = needs(EDIT)(ItemsView.as_view())
hand_in = needs(EDIT)(HandInView.as_view())
publish = needs(PUBLISH)(PublishView.as_view())
take_back = needs(EDIT)(TakeBackView.as_view())
reply = needs(ANSWER)(ReplyView.as_view())
answer = needs_one_of(EDIT, PUBLISH)(AnswerView.as_view())
