"""The page of one community's answer: the numbers that the records tell, to be confirmed; then as confirmed,
with what became of them since. The street looks at it and accepts or returns it here."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.generic import View

from portal.asks import counting, services
from portal.asks.gathered import LABELS, is_late
from portal.asks.guards import seen_figures, steps_open_to
from portal.asks.workflow import ANSWER, ANSWERS, GIVEN, SENDS
from portal.errors import StaleRecord
from portal.marks import needs_one_of, snapshot
from portal.models import AskAnswer
from portal.models.versioned import sent_version
from portal.scope import access_of

STALE = "这份答复刚被别人办理过，请看现在的情况。"


class AnswerView(View):
    def found(self):
        rows = AskAnswer.objects.readable_by(self.request.user)
        rows = rows.select_related(
            "ask__unit", "ask__made_by", "unit", "given__taken_by", "ask__ended_by"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get(self, request, pk):
        return self.page(self.found())

    def post(self, request, pk):
        answer = self.found()
        version = sent_version(request.POST.get("version", ""))
        try:
            name = self.take(answer, version)
        except ValidationError as error:
            named = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            return self.page(answer, named, status=400)
        except StaleRecord:
            return self.page(self.found(), {"": [STALE]}, status=409)
        messages.success(request, f"已{ANSWER.steps[name].label}。")
        return redirect("ask-answer", pk=pk)

    def take(self, answer, version) -> str:
        """The step that was taken."""
        name, note = self.request.POST.get("step", ""), self.request.POST.get("note", "")
        if name not in {"recall", "accept", "return"}:
            raise Http404
        services.take(answer, name, version=version, note=note, by=self.request.user)
        return name

    def page(self, answer, errors=None, status=200):
        ask, user, sent = answer.ask, self.request.user, self.request.POST
        steps = steps_open_to(user, answer)
        access = access_of(user)
        seen = seen_figures(user, ask.figures, [answer.unit_id])
        now = counting.count(ask, answer.unit_id, seen)
        given = answer.given if answer.state in GIVEN else None
        then = (
            [each for each in counting.thawed(given.content) if each.code in seen] if given else []
        )
        context = {
            "answer": answer,
            "ask": ask,
            "badge": LABELS[answer.state],
            "late": is_late(answer, ask, timezone.now()),
            "figures": [self._figure(ask, answer, each) for each in (then or now)],
            "not_seen": [counting.label_of(code) for code in ask.figures if code not in seen],
            "given": given,
            "changes": counting.changes(then, now),
            "as_of": timezone.localtime(),
            "seal": counting.seal(now),
            "steps": [(name, ANSWER.steps[name].label) for name in steps if name != "confirm"],
            "may_confirm": "confirm" in steps,
            "may_see_all": access.may(SENDS, ask.unit_id),
            "history": [self._step(row) for row in answer.steps.select_related("taken_by")],
            "questions": self._questions(ask, given, sent),
            "errors": errors or {},
            "sent": sent,
        }
        return render(self.request, "asks/answer.html", context, status=status)

    def _figure(self, ask, answer, counted):
        return {
            "counted": counted,
            "cells": [
                {"cell": c, "url": counting.cell_url(ask, counted.code, answer.unit_id, c.value)}
                for c in counted.cells
                if not c.is_idle
            ],
        }

    def _questions(self, ask, given, sent):
        return [
            {
                "name": f"words-{n}",
                "text": text,
                "answer": given.words[n] if given and n < len(given.words) else "",
                "typed": sent.get(f"words-{n}", ""),
            }
            for n, text in enumerate(ask.questions)
        ]

    def _step(self, row):
        return {"row": row, "label": ANSWER.label(row.step)}


class ConfirmView(AnswerView):
    """Numbers are frozen by a POST of its own, which reads one moment; the other steps must see what others
    did a moment ago."""

    def get(self, request, pk):
        return redirect("ask-answer", pk=pk)

    def take(self, answer, version):
        sent = self.request.POST
        if sent.get("right") not in {"yes", "no"}:
            raise ValidationError({"right": "请选择数字对不对。"})
        services.confirm(
            answer,
            version=version,
            seen=sent.get("seen", ""),
            right=sent["right"] == "yes",
            note=sent.get("note", ""),
            words=[sent.get(f"words-{n}", "") for n in range(len(answer.ask.questions))],
            by=self.request.user,
        )
        return "confirm"


_mark = needs_one_of(ANSWERS, SENDS)
ask_answer = _mark(AnswerView.as_view())
ask_confirm = _mark(snapshot(ConfirmView.as_view()))
