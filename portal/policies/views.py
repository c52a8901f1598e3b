"""The page of policies: what holds, since when and by whom; changing one, back to the default."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.guided import GuidedView
from portal.marks import needs
from portal.models import SecurityPolicy
from portal.policies import services
from portal.policies.declared import POLICIES, Policy, grouped
from portal.policies.forms import ChangeForm, ReasonForm


@needs(services.MANAGE)
def policy_list(request):
    last = SecurityPolicy.objects.latest_changes()
    groups = [
        {
            "title": title,
            "help": _shared_help(policies),
            "rows": [_row(each, last.get(each.name)) for each in policies],
        }
        for title, policies in grouped()
    ]
    return render(request, "policies/list.html", {"groups": groups})


def _shared_help(policies: list[Policy]) -> str:
    """What all policies of a group say alike, told once above them; else empty."""
    helps = {each.help for each in policies}
    return helps.pop() if len(helps) == 1 and len(policies) > 1 else ""


def _row(declared: Policy, last: SecurityPolicy | None) -> dict:
    return {
        "policy": declared,
        "words": _words(declared, last),
        "default": declared.kind.words(declared.default),
        "changed": last is not None and last.value is not None,
        "last": last,
    }


def _words(declared: Policy, change: SecurityPolicy | None) -> str:
    value = None if change is None else change.value
    return declared.kind.words(declared.default if value is None else declared.kind.within(value))


class OnePolicy(GuidedView):
    """The declared policy that the URL names; others are missing pages."""

    template_name = "policies/form.html"

    def dispatch(self, request, *args, **kwargs):
        self.declared = POLICIES.get(kwargs["name"])
        if self.declared is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def shown(self) -> dict:
        return {"declared": self.declared, "number": services.latest_number(self.declared)}

    def context(self):
        changes = SecurityPolicy.objects.filter(name=self.declared.name)
        history = [
            {"change": each, "words": _words(self.declared, each)}
            for each in changes.select_related("changed_by").order_by("-number")[:50]
        ]
        return {
            "parent_url": reverse("policy-list"),
            "parent_title": "安全策略",
            "history": history,
            "policy": self.declared,
            "may_reset": bool(history) and history[0]["change"].value is not None,
        }

    def done(self, form, result):
        words = _words(self.declared, result)
        messages.success(self.request, f"{self.declared.title}：{words}，马上生效。")
        return redirect("policy-list")


class PolicyChange(OnePolicy):
    button = "保存"

    @property
    def title(self):
        return self.declared.title

    def form(self, data=None):
        return ChangeForm(data, value=services.current(self.declared), **self.shown())

    def perform(self, form):
        chosen = form.cleaned_data
        return services.change(
            self.declared,
            value=chosen["value"],
            reason=chosen["reason"],
            over=form.over,
            by=self.request.user,
        )


class PolicyReset(OnePolicy):
    button = "恢复默认"

    @property
    def title(self):
        return f"{self.declared.title}：恢复默认"

    def context(self):
        words = self.declared.kind.words(self.declared.default)
        return super().context() | {"explanation": f"恢复为“{words}”。", "may_reset": False}

    def form(self, data=None):
        return ReasonForm(data, **self.shown())

    def perform(self, form):
        return services.change(
            self.declared,
            value=None,
            reason=form.cleaned_data["reason"],
            over=form.over,
            by=self.request.user,
        )


policy_change = needs(services.MANAGE)(PolicyChange.as_view())
policy_reset = needs(services.MANAGE)(PolicyReset.as_view())
