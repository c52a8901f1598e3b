"""A summary as a Word document: the structure of the PDF in real styles, for offices that go on in Word.

Text is text: no field, link or macro is made from it. The numbers are plain words, as they were told.
"""

import io
from datetime import datetime, time

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from portal.charts.paper import chart_png
from portal.pdf.blocks import Block, Drawing, OfficialDocument, Para, Table
from portal.pdf.qr import qr_png
from portal.pdf.titles import text_width
from reports.output import word
from reports.output.footers import number_pages
from reports.output.word import CHARACTER, plain

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UPRIGHT, ACROSS, QR = 156, 225, 20  # mm: the type area either way, the square
ALIGN = {"number": "right", "text": "left", "centre": "center"}
CELL_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="57" w:type="dxa"/>'
    '<w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
)
PRINT = {"": 21, "small": 18, "smaller": 15}  # half-points


def docx_of_document(document: OfficialDocument) -> bytes:
    """The .docx file; the same input gives the same bytes."""
    return _Writer(document).write()


class _Writer:
    def __init__(self, document: OfficialDocument):
        self.doc = document
        self.word = Document()
        self.lies = False

    def write(self) -> bytes:
        word.define_styles(self.word)
        self._replace_fonts()
        self.word.settings.odd_and_even_pages_header_footer = True
        self._about()
        self._page(self.word.sections[0], lies=False)
        self._head()
        for block in self.doc.blocks:
            self._block(block)
        self._listed()
        self._closing()
        self._notes()
        for annex in self.doc.annexes:
            self._annex(annex)
        target = io.BytesIO()
        self.word.save(target)
        return word.packed(target.getvalue())

    def _replace_fonts(self) -> None:
        for part in self.word.part.package.iter_parts():
            if str(part.partname) == "/word/fontTable.xml":
                part._blob = word.font_table()

    def _about(self) -> None:
        about = self.word.core_properties
        about.title, about.language = plain(self.doc.full_title)[:255], "zh-CN"
        about.author = about.last_modified_by = plain(self.doc.signature)[:255]
        about.comments = about.keywords = about.subject = ""
        if self.doc.dated:
            about.created = about.modified = datetime.combine(self.doc.dated, time())
        about.revision = 1

    def _page(self, section, *, lies: bool) -> None:
        word.set_page(section, lies=lies)
        mark = self.doc.edition or ("草稿" if self.doc.draft else "")
        number_pages(self.word, section, lies=lies, mark=mark)
        self.lies = lies

    def _turn(self, *, lies: bool) -> None:
        """Go on on a new page that stands or lies."""
        self._page(self.word.add_section(WD_SECTION.NEW_PAGE), lies=lies)

    def _line(self, text: str, style: word.Style):
        return self.word.add_paragraph(plain(text), style=style.shown)

    def _head(self) -> None:
        title = self._line("", word.TITLE)
        for index, line in enumerate(self.doc.title_lines):
            run = title.add_run()
            if index:
                run.add_break()
            run.add_text(plain(line))
        if self.doc.subtitle:
            self._line(self.doc.subtitle, word.SUBTITLE)
        self.word.add_paragraph()
        if self.doc.recipient:
            self.word.add_paragraph(plain(self.doc.recipient))

    def _block(self, block: Block) -> None:
        match block.kind:
            case "heading":
                self._line(block.text, word.HEADINGS[block.level])
            case "table":
                if block.wide != self.lies:
                    self._turn(lies=block.wide)
                self._table(block)
            case "chart":
                self._stand_up()
                self._chart(block)
            case _:
                self._stand_up()
                self._para(block)

    def _stand_up(self) -> None:
        if self.lies:
            self._turn(lies=False)

    def _para(self, para: Para) -> None:
        line = self._line("", word.TEXT)
        for piece in para.pieces:
            line.add_run(plain(piece.text))
            if piece.code and self.doc.show_codes:
                line.add_run(piece.code).font.superscript = True

    def _table(self, table: Table) -> None:
        if table.title:
            self._line(table.title, word.TABLE_NAME)
        if table.unit_note:
            self._line(table.unit_note, word.TABLE_UNIT)
        rows = [*table.body, *([table.total_cells] if table.total else [])]
        made = self.word.add_table(len(rows) + 1, len(table.headers), style=word.TABLE_STYLE)
        made.autofit = False
        made._tblPr.insert_element_before(parse_xml(CELL_MARGINS), "w:tblLook")
        size = PRINT[table.print_size]
        room = (ACROSS if self.lies else UPRIGHT) * word.MM
        widths = [round(room * float(percent) / 100) for percent in table.percents]
        for column, width in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
            column.set(qn("w:w"), str(width))
        heads = [(text, "center") for text in table.headers]
        lines = [heads, *([(cell.text, ALIGN[cell.align]) for cell in row] for row in rows)]
        for number, (line, row) in enumerate(zip(lines, made._tbl.tr_lst, strict=True)):
            properties = row.get_or_add_trPr()
            properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
            if not number:
                properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
            for (text, align), cell, width in zip(line, row.tc_lst, widths, strict=True):
                cell.width = width * 635  # EMU
                _fill(cell, plain(text), self._style_id(word.TABLE_TEXT), align, size, number == 0)
        if not self.lies:
            self._line("", word.NOTE)  # tables that follow each other are not one

    def _style_id(self, style: word.Style) -> str:
        return self.word.styles[style.shown].style_id

    def _chart(self, drawing: Drawing) -> None:
        told = f"{drawing.caption}。{drawing.chart.told}"
        self._picture(chart_png(drawing.chart), UPRIGHT, told, word.CAPTION)
        self._line(drawing.caption, word.CAPTION)

    def _picture(self, png: bytes, width: float, told: str, style: word.Style) -> None:
        line = self._line("", style)
        line.paragraph_format.keep_with_next = style is word.CAPTION
        shape = line.add_run().add_picture(io.BytesIO(png), width=Mm(width))
        shape._inline.docPr.set("descr", plain(told))

    def _listed(self) -> None:
        """附件说明 one blank line below the text; what goes on stands below the name."""
        if not self.doc.annexes:
            return
        self.word.add_paragraph()
        for index, annex in enumerate(self.doc.annexes):
            number = f"{annex.number}." if annex.number else ""
            before = "附件：" if not index else ""
            line = self._line(f"{before}{number}{annex.title}", word.LISTED)
            hanging = (3 if before else 0) + (1 if number else 0)
            left = 2 + 3 + (1 if number else 0)
            _indent(line, left=left * CHARACTER, hanging=hanging * CHARACTER)

    def _closing(self) -> None:
        name, day = self.doc.signature, self.doc.date
        if not (name or day):
            return
        self.word.add_paragraph().paragraph_format.keep_with_next = True
        inset, wide = float(self.doc.signature_inset), text_width
        block = max(wide(name), wide(day) + (2 if name else 0))
        lines = [
            (name, inset + block - wide(name)),
            (day, inset + block - wide(day) - (2 if name else 0)),
        ]
        for text, right in lines:
            if text:
                line = self._line(text, word.CLOSING)
                line.paragraph_format.keep_with_next = text is name
                _indent(line, right=round(right * CHARACTER))

    def _notes(self) -> None:
        for index, note in enumerate(self.doc.notes):
            line = self._line(note, word.NOTE)
            if not index:
                line.paragraph_format.space_before = Mm(8)
                border = '<w:top w:val="single" w:sz="4" w:space="4" w:color="000000"/>'
                line._p.get_or_add_pPr().insert_element_before(
                    parse_xml(f"<w:pBdr {nsdecls('w')}>{border}</w:pBdr>"),
                    *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"),
                )
        if self.doc.notes and self.doc.proof_url:
            told = f"二维码：{self.doc.proof_url}"
            self._picture(qr_png(self.doc.proof_url), QR, told, word.NOTE)

    def _annex(self, annex) -> None:
        self._turn(lies=annex.wide)
        self._line(annex.label, word.LABEL)
        self.word.add_paragraph().paragraph_format.keep_with_next = True
        title = self._line("", word.ANNEX_TITLE)
        for index, line in enumerate(annex.title_lines):
            run = title.add_run()
            if index:
                run.add_break()
            run.add_text(plain(line))
        for block in annex.blocks:
            self._block(block)


def _fill(cell, text: str, style: str, align: str, size: int, head: bool) -> None:
    """One paragraph; written as XML, because tables have many cells."""
    face = f'<w:rFonts w:ascii="{word.HEITI}" w:hAnsi="{word.HEITI}" w:eastAsia="{word.HEITI}"/>'
    looks = f'{face if head else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    paragraph = parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve"/></w:r></w:p>'
    )
    paragraph.find(qn("w:r")).find(qn("w:t")).text = text
    for old in cell.findall(qn("w:p")):
        cell.remove(old)
    cell.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
    cell.append(paragraph)


def _indent(line, **sides: int) -> None:
    found = line._p.get_or_add_pPr().get_or_add_ind()
    for side, twips in sides.items():
        found.set(qn(f"w:{side}"), str(twips))
