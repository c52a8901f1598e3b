"""Write a summary composed from the records as PDF; nothing is stored."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.choosing import WRONG_USE, chosen_period, chosen_unit
from portal.isolation import one_moment
from portal.scope import scope, scope_of_units
from portal.summaries import outlines
from reports.compose import Draft, compose
from reports.document import draft_document, pdf_of_document
from reports.facts import facts_for, told_keys
from reports.layout import lay_out


class Command(BaseCommand):
    help = "Compose a summary from the records and write it as PDF."

    def add_arguments(self, parser):
        parser.add_argument("kind", help="the outline's letter")
        parser.add_argument("--unit", required=True, metavar="CODE", help="12-digit code")
        parser.add_argument(
            "--period",
            metavar="P",
            help="2025, 2025H1, 2025Q3, 2025-08 or 2025-03-01..2025-06-30 (default: last year)",
        )
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.pdf")
        parser.add_argument("--codes", action="store_true", help="print each figure's code")

    def handle(self, *, kind, unit, period, output, codes, **options):
        outline, unit = chosen_outline(kind), chosen_unit(unit)
        period = chosen_period(period)
        if output.suffix.lower() != ".pdf":
            raise CommandError(f"输出文件应以 .pdf 结尾：{output}", returncode=WRONG_USE)
        within = scope_of_units([unit.pk], "command:summary")  # read before the moment begins
        with one_moment(), scope(within):
            pdf = pdf_of_draft(compose(outline, unit, period), codes=codes)
        try:
            output.write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"不能写入 {output}：{error.strerror}") from error
        self.stdout.write(f"{output}：{unit.name}{period.label}{outline.name}，{len(pdf)} 字节")


def pdf_of_draft(draft: Draft, *, codes: bool) -> bytes:
    texts = [section.text for section in draft.sections]
    facts = facts_for(draft.outline, draft.telling, texts)
    sections = [(section.key, section.heading, section.text) for section in draft.sections]
    values = facts.values
    document = draft_document(
        lay_out(draft.title, sections, values, facts.tables),
        [values[key] for key in told_keys(texts, draft.outline)],
        unit_name=draft.telling.name,
        period=draft.telling.period,
        today=timezone.localdate(),
        codes=codes,
    )
    return pdf_of_document(document)


def chosen_outline(kind: str):
    if (outline := outlines.get(kind)) is None:
        known = "、".join(f"{outline.kind}（{outline.name}）" for outline in outlines)
        raise CommandError(f"没有“{kind}”类总结，可选：{known}。", returncode=WRONG_USE)
    return outline
