"""The papers of a 个人信息请求: the answer as an official letter, and the files of a transfer.

The person reads their own values in full. Of third persons no number leaves: what is theirs by its
label stays masked, and whatever looks like a number in other words is masked unless it is the person's.
"""

import hashlib
import io
import json
import re
import zipfile

from django.utils import timezone

from portal import masks
from portal.exports.paper import Paper
from portal.exports.xlsx import write_book
from portal.fields import EncryptedTextField
from portal.guided import chinese_day
from portal.ledgers.columns import Column, display
from portal.pdf.blocks import Heading, OfficialDocument, Para, Table, annexes
from residents.enums import RequestAsker, RequestKind
from residents.holdings import Holding, holdings_of, paths_of
from residents.models import DataRequest, Resident

OTHERS = re.compile("监护人|照护人|代理人|联系人|家属|反映人|提出人|户主|推荐人|担保人|调解对方")
NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(\d{17}[\dXx]|\d{15}|1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{19,22})(?![0-9A-Za-z])"
)
TITLES = {
    RequestKind.SEE: "关于查阅个人信息请求的答复",
    RequestKind.CORRECT: "关于更正个人信息请求的答复",
    RequestKind.DELETE: "关于删除个人信息请求的答复",
    RequestKind.CARRY: "关于转移个人信息请求的答复",
}
OWN_SEALED = {"id_number", "phone", "second_phone", "full_id", "full_phone"}
ARTICLES = (
    "履行法定职责所必需的，依据个人信息保护法第十三条第一款第三项；本人同意的，依据该款第一项，可以随时撤回。"
    "查看记录是逐条查看的次数；整册导出、打印不逐人记名。"
)
CLOSING = (
    "如有异议，可以向本单位反映，也可以依照《中华人民共和国个人信息保护法》第五十条、第六十五条的规定"
    "向履行个人信息保护职责的部门投诉，或者向人民法院提起诉讼。"
)


class Own:
    """What may be told in full, for one person."""

    def __init__(self, person: Resident, records=()):
        self.person = person
        self.numbers = {str(getattr(person, name)) for name in OWN_SEALED if hasattr(person, name)}
        for record in records:
            self.numbers |= {str(value) for _, value in self.sealed_of(record)}
        self.numbers.discard("")

    def sealed_of(self, record) -> list[tuple[str, str]]:
        """(label, clear value) of the record's own sealed fields that are the person's."""
        fields = [f for f in record._meta.concrete_fields if isinstance(f, EncryptedTextField)]
        return [
            (str(f.verbose_name), str(getattr(record, f.attname)))
            for f in fields
            if not OTHERS.search(str(f.verbose_name)) and getattr(record, f.attname)
        ]

    def words(self, text: str) -> str:
        """The text with every number in it masked that is not the person's own."""
        return NUMBER.sub(lambda found: self._number(found[0]), text)

    def _number(self, number: str) -> str:
        if number in self.numbers:
            return number
        return masks.mask_id(number) if len(number) > 12 else masks.mask_phone(number)

    def about_another(self, record) -> bool:
        """Whether a record also points at somebody else of the register."""
        paths = [path for path in paths_of(type(record)) if "__" not in path and path != "pk"]
        ids = {getattr(record, f"{path}_id") for path in paths} - {None, self.person.pk}
        return bool(ids)

    def values(self, ledger, record) -> list[tuple[str, str]]:
        """(label, value) of everything that the ledger shows of the record, empty ones left out."""
        found, seen = [], set()
        another = self.about_another(record)
        sealed = {} if another else dict(self.sealed_of(record))
        for col in ledger.shown_columns:
            if col.label in seen:
                continue
            seen.add(col.label)
            value = self._value(col, record, sealed, another)
            if value:
                found.append((col.label, value))
        found += [(label, value) for label, value in sealed.items() if label not in seen]
        return found

    def _value(self, col: Column, record, sealed, another) -> str:
        text = self.words(display(col.read(record)))
        if OTHERS.search(col.label):
            return text if col.masked else masks.mask_name(text) if len(text) <= 6 else text
        if not col.masked or another:
            return text
        if col.label in sealed:
            return sealed[col.label]
        *steps, name = col.sealed.split(".")
        owner = record
        for step in steps:
            owner = getattr(owner, step, None)
        if owner == self.person and name in OWN_SEALED:
            return str(getattr(owner, name) or "")
        return text


def own_values(person, found: list[Holding]) -> list[tuple[Holding, list[tuple]]]:
    """Each holding with its records as (record, [(label, value)]), in the order of the days."""
    rows = [(holding, list(holding.rows.order_by("pk"))) for holding in found]
    own = Own(person, [record for _, records in rows for record in records])
    return [
        (holding, [(record, own.values(holding.ledger, record)) for record in records])
        for holding, records in rows
    ]


def letter(request: DataRequest, user) -> OfficialDocument:
    """The answer as it is handed over; what it tells is what is kept on this day."""
    person, day = request.resident, request.answered_on
    found = holdings_of(person, user).found
    blocks, attached = [Para([_opening(request)])], []
    if request.refusal_ground:
        blocks += [Para([f"经研究，不予办理。依据：{request.get_refusal_ground_display()}。"])]
        blocks += [Para([f"理由：{request.answer}"])]
    else:
        blocks += [Para([request.answer])]
        if request.lines:
            attached.append(("逐项处理情况", [_lines(request)]))
        if request.kind in (RequestKind.SEE, RequestKind.CARRY, RequestKind.CORRECT):
            attached.append(("持有个人信息的情况", [Para([ARTICLES]), _summary(found)]))
        if request.kind == RequestKind.SEE:
            attached.append(("个人信息明细", _details(person, found)))
        if request.kind == RequestKind.CARRY:
            told = "转移的信息以 Excel 和 JSON 两种格式装在一个压缩文件中当面交付，内附校验清单；请妥善保管。"
            blocks.append(Para([f"接收方：{request.receiver}。{told}"]))
    blocks.append(Para([CLOSING]))
    return OfficialDocument(
        TITLES[request.kind],
        subtitle=f"（{request.number}）",
        recipient=f"{request.asker_name or person.name}：",
        blocks=blocks,
        annexes=annexes(attached) if attached else (),
        signature=str(request.unit),
        date=chinese_day(day),
        notes=[
            f"{user.name} {chinese_day(timezone.localdate())}打印；内含个人信息，只交{_to(request)}。"
        ],
        dated=day,
    )


def _to(request) -> str:
    return "本人" if request.asker == RequestAsker.SELF else f"{request.asker_name}"


def _opening(request) -> str:
    whose = "您本人" if request.asker == RequestAsker.SELF else f"{request.resident.name}"
    told = f"{chinese_day(request.occurred_on)}，您提出{request.get_kind_display()}{whose}个人信息的请求。"
    if request.verified_by_id:
        told += f"我们已于{chinese_day(timezone.localdate(request.verified_at))}核验身份（{request.identity_paper}"
        told += f"；{request.authority_paper}）。" if request.authority_paper else "）。"
    return told + ("现答复如下。" if not request.refusal_ground else "")


def _summary(found) -> Table:
    rows = [
        [h.title, str(h.count), h.days, h.basis.purpose, _short(h.basis), h.basis.kept, h.seen]
        for h in found
    ]
    headers = ["类别", "条数", "起止日期", "处理目的", "依据", "保存期限", "查看记录"]
    return Table("", "", headers, rows, numeric=(1,), widths=(9, 4, 12, 12, 8, 10, 8))


def _short(basis) -> str:
    """The ground without its article, which the letter names once."""
    return basis.ground.partition("（")[0]


def _lines(request) -> Table:
    rows = [
        [str(place), line["what"], line["outcome"], line["ground"]]
        for place, line in enumerate(request.lines, start=1)
    ]
    return Table("", "", ["序号", "项目", "处理", "依据或说明"], rows, widths=(2, 8, 5, 12))


def _details(person, found) -> list:
    blocks = []
    for place, (holding, records) in enumerate(own_values(person, found), start=1):
        blocks.append(Heading(3, f"{place}.{holding.title}（{holding.count}条）"))
        if holding.ledger.model is Resident:
            pairs = [list(pair) for _, values in records for pair in values]
            blocks.append(Table("", "", ["项目", "内容"], pairs, widths=(1, 3)))
            continue
        rows = [
            [str(n), "；".join(f"{label}：{value}" for label, value in values)]
            for n, (_, values) in enumerate(records, start=1)
        ]
        blocks.append(Table("", "", ["序号", "内容"], rows, widths=(1, 11)))
    return blocks


def bundle(request: DataRequest, user) -> bytes:
    """The files of a transfer: one workbook, the same as JSON, and the hashes of both."""
    told = own_values(request.resident, holdings_of(request.resident, user).found)
    files = {
        "个人信息.xlsx": _workbook(told),
        "个人信息.json": json.dumps(_plain(request, told), ensure_ascii=False, indent=1).encode(),
    }
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {**files, "SHA256SUMS": sums.encode()}.items():
            packed.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data)
    return target.getvalue()


def _workbook(told) -> bytes:
    sheets = []
    for holding, records in told:
        labels = list(dict.fromkeys(label for _, values in records for label, _ in values))
        columns = [Column(label, lambda row: "", width=18) for label in labels]
        rows = [[dict(values).get(label, "") for label in labels] for _, values in records]
        sheets.append((Paper(holding.title, columns), rows))
    return write_book("个人信息", sheets)


def _plain(request, told) -> dict:
    return {
        "编号": request.number,
        "答复日期": f"{request.answered_on}",
        "单位": str(request.unit),
        "信息": [
            {
                "类别": holding.title,
                "处理目的": holding.basis.purpose,
                "依据": holding.basis.ground,
                "保存期限": holding.basis.kept,
                "记录": [dict(values) for _, values in records],
            }
            for holding, records in told
        ],
    }
