"""The review queue of possible duplicates, merging two records, and taking a merge apart."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from portal.errors import StaleRecord
from portal.guided import GuidedView
from portal.ledgers import ledgers
from portal.ledgers.columns import display
from portal.marks import needs
from portal.models.versioned import sent_version
from residents.duplicates import deciding, forms
from residents.duplicates.comparing import lines
from residents.duplicates.finding import find_duplicates
from residents.duplicates.merging import merge
from residents.duplicates.permissions import PERMISSION, refusal_to_merge
from residents.duplicates.presenting import merge_row, pair_row
from residents.duplicates.references import reference_of
from residents.duplicates.selectors import STATES, merges_of, pairs_of, records_of
from residents.duplicates.undoing import changed_since, undo

PAGE_SIZE = 20
DAYS = (7, 30, 90)


def page_url(resident) -> str:
    return ledgers["residents"].url("detail", resident)


class PairList(View):
    """The queue, the likeliest first; ``?state=`` shows what was put off or told apart."""

    def get(self, request):
        state = request.GET.get("state", "waiting")
        state = state if state in STATES else "waiting"
        pairs = pairs_of(request.user, state).order_by("-score", "pk")
        page = Paginator(pairs, PAGE_SIZE).get_page(request.GET.get("page", "1"))
        context = {
            "state": state,
            "states": STATES,
            "page": page,
            "rows": [pair_row(pair) for pair in page.object_list],
        }
        return render(request, "duplicates/pair_list.html", context)


class PairFind(View):
    """Look through the user's residents now, instead of tonight."""

    def post(self, request):
        found = find_duplicates()
        messages.success(
            request, f"已重新查找：新发现 {found.new} 对，{found.dropped} 对已不再相似。"
        )
        return redirect("duplicate-list")


class PairReview(View):
    """Two records side by side, and the three decisions."""

    def get(self, request, pk):
        pair = get_object_or_404(pairs_of(request.user), pk=pk)
        both = (pair.first, pair.second)
        context = {
            "pair": pair,
            "lines": lines(*both),
            "records": records_of(request.user, *both),
            "people": [
                {"person": person, "url": page_url(person), "keep": person.pk} for person in both
            ],
            "refusal": refusal_to_merge(request.user, *both),
            "days": DAYS,
            "again_on": display(pair.again_on),
        }
        return render(request, "duplicates/pair_review.html", context)

    def post(self, request, pk):
        pair = get_object_or_404(pairs_of(request.user), pk=pk)
        pair.version = sent_version(request.POST.get("version", ""))
        decision = request.POST.get("decision", "")
        try:
            said = self.decide(pair, decision)
        except StaleRecord:
            messages.error(request, "这一对刚被别人判断过，请核对现在的情况。")
            return redirect("duplicate-review", pk=pk)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("duplicate-review", pk=pk)
        messages.success(request, said)
        return redirect("duplicate-list")

    def decide(self, pair, decision) -> str:
        days = self.request.POST.get("days", "")
        if decision == "different":
            deciding.tell_apart(pair, by=self.request.user)
            return f"已判断为不同人：{pair}。以后不再询问。"
        if decision == "later" and days in map(str, DAYS):
            deciding.put_off(pair, days=int(days), by=self.request.user)
            return f"{days} 天后再核对：{pair}。"
        if decision == "open":
            deciding.reconsider(pair, by=self.request.user)
            return f"已重新列为待核对：{pair}。"
        raise ValidationError("请选择一种判断。")


class PairAdd(GuidedView):
    title, button = "提出一对重复", "开始核对"

    def form(self, data=None):
        known = {name: self.request.GET[name] for name in ("first",) if name in self.request.GET}
        return forms.ProposeForm(data, user=self.request.user, initial=known)

    def perform(self, form):
        given = form.cleaned_data
        return deciding.propose(given["first"], given["second"], by=self.request.user)

    def done(self, form, result):
        return redirect("duplicate-review", pk=result.pk)

    def context(self):
        return {
            "parent_url": reverse("duplicate-list"),
            "parent_title": "重复居民",
            "explanation": "您发现两条记录是同一个人、系统没有列出时用。",
        }


class PairMerge(GuidedView):
    """Merge the other record of the pair into ``keep``."""

    title, button, confirms = "合并两条记录", "合并", True

    def dispatch(self, request, *args, **kwargs):
        self.pair = get_object_or_404(pairs_of(request.user), pk=kwargs["pk"])
        both = {self.pair.first_id: self.pair.first, self.pair.second_id: self.pair.second}
        self.survivor = both.pop(kwargs["keep"], None)
        if self.survivor is None:
            return redirect("duplicate-review", pk=self.pair.pk)
        [self.merged] = both.values()
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return forms.MergeForm(data, survivor=self.survivor, merged=self.merged)

    def perform(self, form):
        for name in ("first", "second"):
            setattr(self.pair, name, form.as_loaded(getattr(self.pair, name)))
        return merge(
            self.pair, survivor=self.survivor, choices=form.choices(), by=self.request.user
        )

    def done(self, form, result):
        messages.success(self.request, f"已合并：{result}。发现有误可以撤销。")
        return redirect("merge-detail", pk=result.pk)

    def context(self):
        return {
            "above_url": reverse("duplicate-list"),
            "above_title": "重复居民",
            "parent_url": reverse("duplicate-review", args=[self.pair.pk]),
            "parent_title": str(self.pair),
            "explanation": f"保留“{self.survivor}”（{self.survivor.masked_id or '无证件'}）。"
            "两条记录不同的项目，请逐项选择留哪个值。",
        }


class MergeList(View):
    """Merges, the newest first, those that were undone included."""

    def get(self, request):
        page = Paginator(merges_of(request.user), PAGE_SIZE).get_page(request.GET.get("page", "1"))
        rows = [merge_row(each) for each in page.object_list]
        return render(request, "duplicates/merge_list.html", {"page": page, "rows": rows})


class MergeDetail(View):
    """Both originals, what moved, and the way back."""

    def get(self, request, pk):
        found = get_object_or_404(merges_of(request.user), pk=pk)
        context = {
            "merge": found,
            "row": merge_row(found),
            "survivor_url": page_url(found.survivor),
            "moved": sorted(_moved(found).items()),
        }
        return render(request, "duplicates/merge_detail.html", context)


def _moved(found) -> dict[str, int]:
    counts = {}
    for entry in found.moved:
        reference = reference_of(entry["reference"])
        label = reference.label if reference else "其他"
        counts[label] = counts.get(label, 0) + 1
    return counts


class MergeUndo(GuidedView):
    title, button, confirms = "撤销合并", "撤销", True

    def dispatch(self, request, *args, **kwargs):
        self.merge = get_object_or_404(
            merges_of(request.user).filter(undone_at=None), pk=kwargs["pk"]
        )
        self.changed = changed_since(self.merge)
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return forms.UndoForm(data, merge=self.merge, changed=self.changed)

    def perform(self, form):
        if form.as_loaded(self.merge).version != self.merge.version:
            raise StaleRecord("the merge changed")
        undo(self.merge, by=self.request.user, leaving=form.cleaned_data.get("leaving", False))

    def done(self, form, result):
        messages.success(self.request, f"已撤销合并，两条记录各自恢复：{self.merge}。")
        return redirect("duplicate-review", pk=self.merge.pair_id)

    def context(self):
        explanation = "撤销后两条记录各自恢复为合并前的样子。"
        if self.changed:
            listed = "；".join(map(str, self.changed))
            explanation = f"合并之后有人改过下列记录，请先核对：{listed}。"
        return {
            "above_url": reverse("merge-list"),
            "above_title": "合并记录",
            "parent_url": reverse("merge-detail", args=[self.merge.pk]),
            "parent_title": str(self.merge),
            "explanation": explanation,
        }


_decides = needs(PERMISSION)
pair_list = _decides(PairList.as_view())
pair_find = _decides(PairFind.as_view())
pair_add = _decides(PairAdd.as_view())
pair_review = _decides(PairReview.as_view())
pair_merge = _decides(PairMerge.as_view())
merge_list = _decides(MergeList.as_view())
merge_detail = _decides(MergeDetail.as_view())
merge_undo = _decides(MergeUndo.as_view())
