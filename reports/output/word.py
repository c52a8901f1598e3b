"""What a Word document of an office looks like: page, grid, styles, page numbers (GB/T 9704-2012).

Lengths are twips (1/20 pt) unless they say otherwise. Fonts are named as offices name them; a machine that
lacks one takes the alternative of ``FONTS``.
"""

import io
import re
import zipfile
from dataclasses import dataclass

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

MM = 1440 / 25.4
PITCH = 579  # 22 lines of it fill 225 mm
SPACE = -848  # 1/4096 pt between characters of 16 pt: 28 fill 156 mm
CLOSER = -5  # and a twentieth more: LibreOffice gives two cells to what is wider than its cell
CHARACTER = 316  # one of these 28
SIZE = {"二号": 44, "三号": 32, "四号": 28, "小四": 24, "五号": 21, "小五": 18}  # half-points
FANGSONG, HEITI, KAITI, SONGTI = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
BIAOSONG = "方正小标宋简体"
FONTS = {  # name: what stands in for it, best first
    FANGSONG: "仿宋,FangSong,FandolFang",
    HEITI: "SimHei,Noto Sans CJK SC",
    KAITI: "楷体,KaiTi,LXGW WenKai",
    SONGTI: "SimSun,Noto Serif CJK SC",
    BIAOSONG: "方正小标宋_GBK,华文中宋,Noto Serif CJK SC",
}
TABLE_STYLE = "表格"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in the package: the same content, the same bytes


@dataclass(frozen=True)
class Style:
    """``built_in`` is Word's own name where there is one, so that outline and navigation know it."""

    name: str
    built_in: str = ""
    font: str = FANGSONG
    size: str = "三号"
    align: str = "both"
    indent: int = 0  # of the first line, in characters
    line: int = PITCH
    with_next: bool = False
    outline: int | None = None

    @property
    def shown(self) -> str:
        return self.built_in or self.name


BODY = Style("正文")
TEXT = Style("正文段落", indent=2)
TITLE = Style("标题", "Title", BIAOSONG, "二号", "center", with_next=True)
HEADINGS = {
    1: Style("一级标题", "Heading 1", HEITI, indent=2, with_next=True, outline=0),
    2: Style("二级标题", "Heading 2", KAITI, indent=2, with_next=True, outline=1),
    3: Style("三级标题", "Heading 3", FANGSONG, indent=2, with_next=True, outline=2),
}
SUBTITLE = Style("副标题", "Subtitle", KAITI, align="center")
LISTED = Style("附件说明", with_next=True)
LABEL = Style("附件标记", font=HEITI, with_next=True)
ANNEX_TITLE = Style("附件标题", "", BIAOSONG, "二号", "center", with_next=True, outline=0)
TABLE_NAME = Style("表名", font=HEITI, size="小四", align="center", line=0, with_next=True)
TABLE_UNIT = Style("表注", size="五号", align="right", line=0, with_next=True)
TABLE_TEXT = Style("表格文字", size="五号", align="center", line=0)
CAPTION = Style("图名", font=HEITI, size="五号", align="center", line=0)
CLOSING = Style("落款", align="right")
NOTE = Style("附注", size="小五", line=0, align="left")
NUMBER = Style("页码", font=SONGTI, size="四号", line=0)
EVERY = (
    *(TEXT, TITLE, *HEADINGS.values(), SUBTITLE, LISTED, LABEL, ANNEX_TITLE),
    *(TABLE_NAME, TABLE_UNIT, TABLE_TEXT, CAPTION, CLOSING, NOTE, NUMBER),
)


def plain(text: str) -> str:
    """``text`` as one line that XML can hold."""
    return _FORBIDDEN.sub("", text).replace("\n", " ")


def define_styles(document) -> None:
    normal = document.styles["Normal"]
    _shape(normal, BODY)
    for style in EVERY:
        found = _style(document, style)
        _shape(found, style)
    table = document.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    table.base_style = document.styles["Table Grid"]


def _style(document, style: Style):
    if style.built_in:
        found = document.styles[style.built_in]
        alias = parse_xml(f'<w:aliases {nsdecls("w")} w:val="{style.name}"/>')
        found.element.insert(1, alias)  # after its name
        return found
    made = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    return made


def _shape(found, style: Style) -> None:
    """Replaces whatever the template says of paragraph and characters."""
    element = found.element
    for tag in ("w:pPr", "w:rPr"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    parts = ["<w:keepNext/>" if style.with_next else "", '<w:widowControl w:val="0"/>']
    of_grid = style.size == "三号"
    if not of_grid:
        parts.append('<w:snapToGrid w:val="0"/>')
    if style.line:
        parts.append(
            f'<w:spacing w:before="0" w:after="0" w:line="{style.line}" w:lineRule="exact"/>'
        )
    else:
        parts.append('<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>')
    if style.indent:
        first = style.indent * CHARACTER
        parts.append(f'<w:ind w:firstLineChars="{100 * style.indent}" w:firstLine="{first}"/>')
    parts.append(f'<w:jc w:val="{style.align}"/>')
    if style.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    element.append(parse_xml(f"<w:pPr {nsdecls('w')}>{''.join(parts)}</w:pPr>"))
    element.append(parse_xml(f"<w:rPr {nsdecls('w')}>{_looks(style, of_grid)}</w:rPr>"))


def _looks(style: Style, of_grid: bool) -> str:
    face, half_points = style.font, SIZE[style.size]
    return (
        f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'
        '<w:color w:val="000000"/>'
        f'<w:spacing w:val="{CLOSER if of_grid else 0}"/>'
        f'<w:kern w:val="0"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>'
    )


def font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/></w:font>'
        for name, others in FONTS.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    ).encode()


def set_page(section, *, lies: bool) -> None:
    """Upright as §6 of the standard; lying, the same paper turned: its head at the paper's left."""
    width, height = round(210 * MM), round(297 * MM)
    top, right, bottom, left = (round(edge * MM) for edge in (37, 26, 35, 28))
    if lies:
        width, height = height, width
        top, right, bottom, left = left, top, right, bottom
    orient = ' w:orient="landscape"' if lies else ""
    footer = round((12 if lies else 25.5) * MM)
    element = section._sectPr
    for tag in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    for xml in (
        f'<w:pgSz {{}} w:w="{width}" w:h="{height}"{orient}/>',
        f'<w:pgMar {{}} w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{round(20 * MM)}" w:footer="{footer}" w:gutter="0"/>',
        '<w:cols {} w:space="720"/>',
        f'<w:docGrid {{}} w:type="linesAndChars" w:linePitch="{PITCH}" w:charSpace="{SPACE}"/>',
    ):
        element.append(parse_xml(xml.format(nsdecls("w"))))


def packed(package: bytes) -> bytes:
    """The same files with a fixed time each, in the same order."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in given.namelist():
            about = zipfile.ZipInfo(name, _MOMENT)
            about.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(about, given.read(name))
    return target.getvalue()
