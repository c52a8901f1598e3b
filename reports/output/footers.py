"""Page numbers of a Word document: — 1 — outside, and on the turned page where the bound paper has it."""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.output.word import NUMBER

SIDE = 280  # twips: one character of 四号
EMU = 36_000  # a millimetre
NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{address}"'
    for prefix, address in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "openxmlformats.org/drawingml/2006/main",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
SHAPE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
FIELD = (
    '<w:r><w:t xml:space="preserve">— </w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    "<w:r><w:t>1</w:t></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
)
# On the page that lies: 28 mm from its left edge, one character in from the type area's bottom (odd) or top.
ACROSS, LONG, THICK = 28, 30, 8
ODD_TOP, EVEN_TOP = 210 - 26 - 4.94 - LONG, 28 + 4.94


def number_pages(document, section, *, lies: bool, mark: str = "") -> None:
    """``mark`` (公开版, 草稿) stands at the head of every page."""
    style = document.styles[NUMBER.shown]
    for footer, header, odd in (
        (section.footer, section.header, True),
        (section.even_page_footer, section.even_page_header, False),
    ):
        for part in (footer, header):
            part.is_linked_to_previous = False
        header.paragraphs[0].text = mark
        header.paragraphs[0].style = style
        paragraph = footer.paragraphs[0]
        paragraph.style = style
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
        if lies:
            paragraph._p.append(_turned(document, odd))
            continue
        found = paragraph._p.get_or_add_pPr().get_or_add_ind()
        found.set(qn(f"w:{'right' if odd else 'left'}"), str(SIDE))
        for run in parse_xml(f"<w:p {NAMESPACES}>{FIELD}</w:p>"):
            paragraph._p.append(run)


def _turned(document, odd: bool):
    """A text box whose words run downwards."""
    top = round((ODD_TOP if odd else EVEN_TOP) * EMU)
    left, width, height = (round(mm * EMU) for mm in (ACROSS - THICK / 2, THICK, LONG))
    style = document.styles[NUMBER.shown].style_id
    side = "right" if odd else "left"
    return parse_xml(
        f"""<w:r {NAMESPACES}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
        <wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"
          behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">
          <wp:simplePos x="0" y="0"/>
          <wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
          <wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
          <wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>
          <wp:wrapNone/><wp:docPr id="{9000 + odd}" name="页码"/><wp:cNvGraphicFramePr/>
          <a:graphic><a:graphicData uri="{SHAPE}"><wps:wsp><wps:cNvSpPr txBox="1"/>
            <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
              <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>
            </wps:spPr>
            <wps:txbx><w:txbxContent><w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{side}"/>
              </w:pPr>{FIELD}</w:p></w:txbxContent></wps:txbx>
            <wps:bodyPr vert="vert" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>
          </wps:wsp></a:graphicData></a:graphic>
        </wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""
    )
