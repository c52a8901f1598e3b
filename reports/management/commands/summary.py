"""Write a summary composed from the records as PDF, Word or HTML; nothing is stored."""

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.choosing import WRONG_USE, chosen_period, chosen_unit
from portal.isolation import one_moment
from portal.pdf.blocks import OfficialDocument
from portal.scope import scope, scope_of_units
from portal.summaries import outlines
from reports.compose import compose
from reports.drafts import Drafted, composed
from reports.output.docx import docx_of_document
from reports.output.html import html_of_document
from reports.output.pdf import pdf_of_document

WRITERS: dict[str, Callable[[OfficialDocument, Drafted], bytes]] = {
    ".pdf": lambda document, told: pdf_of_document(document),
    ".docx": lambda document, told: docx_of_document(document),
    ".html": lambda document, told: html_of_document(document, told.values),
}


class Command(BaseCommand):
    help = (
        "按记录写一份总结（PDF、Word 或网页），不保存。退出码：0 成功，1 写不进文件，2 参数有误。"
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", help="总结种类的字母")
        parser.add_argument("--unit", required=True, metavar="CODE", help="12 位单位代码")
        parser.add_argument(
            "--period",
            metavar="P",
            help="2025、2025H1、2025Q3、2025-08 或 2025-03-01..2025-06-30（不写为上一年）",
        )
        parser.add_argument(
            "--output",
            required=True,
            type=Path,
            metavar="FILE",
            help="以 .pdf、.docx 或 .html 结尾",
        )
        parser.add_argument("--codes", action="store_true", help="在数字后印出指标代码")

    def handle(self, *, kind, unit, period, output, codes, **options):
        outline, unit = chosen_outline(kind), chosen_unit(unit)
        period, write = chosen_period(period), chosen_writer(output)
        within = scope_of_units([unit.pk], "command:summary")  # read before the moment begins
        with one_moment(), scope(within):
            told = composed(compose(outline, unit, period))
            content = write(told.document(codes=codes), told)
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"不能写入 {output}：{error.strerror}") from error
        self.stdout.write(f"{output}：{told.laid.title}，{len(content)} 字节")


def chosen_outline(kind: str):
    if (outline := outlines.get(kind)) is None:
        known = "、".join(f"{outline.kind}（{outline.name}）" for outline in outlines)
        raise CommandError(f"没有“{kind}”类总结，可选：{known}。", returncode=WRONG_USE)
    return outline


def chosen_writer(output: Path):
    if (write := WRITERS.get(output.suffix.lower())) is None:
        raise CommandError(
            f"输出文件应以 {'、'.join(WRITERS)} 结尾：{output}", returncode=WRONG_USE
        )
    return write
