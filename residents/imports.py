"""How offices write people and households in their sheets, and the household register as issued."""

import re

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.imports.cells import SEVERAL_PHONES, phones_in
from portal.imports.declare import EVERY_LEDGER, Combined, Group, Part, combine, speak
from portal.imports.wording import plain
from portal.text import clean_text, parse_phone, to_halfwidth
from residents.enums import Bond, Relation, Residency, VisitPurpose
from residents.ethnic_groups import ETHNIC_GROUPS
from residents.id_numbers import IdKind, guess_kind, parse_id
from residents.models import Membership, Resident, Visit

PERSON_LABELS = {
    "姓名": ("名字", "居民姓名", "人员姓名", "本人姓名", "走访对象", "服务对象", "申请人", "申请人姓名", "对象姓名"),
    "证件号码": (
        "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "身份证", "证件号", "身份号码",
        "居民身份证号", "居民身份证号码", "有效证件号码",
    ),
    "联系电话": ("联系方式", "电话", "电话号码", "手机", "手机号", "手机号码", "联系人电话", "本人电话"),
    "出生日期": ("出生年月", "出生年月日", "出生", "生日"),
    "现居住地址": ("家庭住址", "住址", "居住地址", "现住址", "家庭地址", "居住地", "现居住地", "常住地址"),
    "户籍地址": ("户籍地", "户籍所在地", "户口所在地", "户口地址", "户籍住址"),
    "民族": ("族别",),
    "性别": ("男女",),
    "居住状态": ("人户情况", "人户状态", "人户类别", "居住情况", "户籍状态"),
    "与户主关系": ("与户主的关系", "户主关系", "家庭关系", "关系"),
    "户编号": ("户号", "家庭编号", "户口编号"),
    "备注": ("说明", "其他情况"),
    "证件类型": ("证件种类", "证件类别"),
}  # fmt: skip
RELATION_WORDS = {
    word: ours
    for ours, words in {
        "户主": ("本人", "本人户主"),
        "配偶": ("妻", "夫", "妻子", "丈夫", "爱人", "老伴"),
        "子": ("长子", "次子", "三子", "四子", "五子", "儿子", "独生子", "养子", "继子", "养子或继子"),
        "女": ("长女", "次女", "三女", "四女", "五女", "女儿", "独生女", "养女", "继女", "养女或继女"),
        "儿媳": ("媳妇", "儿媳妇"),
        "孙辈": (
            "孙子", "孙女", "外孙", "外孙子", "外孙女", "孙", "曾孙", "曾孙子", "曾孙女", "重孙", "重孙女",
        ),
        "父": ("父亲", "公公", "岳父", "继父", "养父", "爸爸"),
        "母": ("母亲", "婆婆", "岳母", "继母", "养母", "妈妈"),
        "祖父母": ("祖父", "祖母", "爷爷", "奶奶", "外祖父", "外祖母", "外公", "外婆", "姥姥", "姥爷"),
        "兄弟姐妹": (
            "兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹", "嫂", "弟媳", "姐夫", "妹夫",
        ),
        "其他亲属": ("亲属", "亲戚", "侄子", "侄女", "外甥", "外甥女", "孙媳", "孙女婿"),
        "非亲属": ("其他", "保姆", "租客", "同住人"),
    }.items()
    for word in words
}  # fmt: skip
PERSON_WORDS = {
    "民族": {f"{name}族": name for name in ETHNIC_GROUPS.values()},
    "性别": {"男性": "男", "女性": "女", "m": "男", "f": "女"},
    "居住状态": {
        "空挂": "户在人不在",
        "空挂户": "户在人不在",
        "人在户在": "户在人在",
        "常住": "户在人在",
        "户籍人口": "户在人在",
        "流动": "流动人口",
        "境外": "境外人员",
    },
    "与户主关系": RELATION_WORDS,
    "证件类型": {"身份证": "居民身份证", "户口本": "户口簿"},
}
HAS_DIGITS = re.compile(r"[0-9]")
BLOCK = re.compile(r".{1,12}(?:号楼|栋|幢|座|楼)")


def finish_person(row, prefix: str = "") -> None:
    """A month is completed by the ID of the same month; words instead of a number are the reason
    why there is none."""
    number, born = f"{prefix}id_number", f"{prefix}born_on"
    _no_number(row, number, prefix)
    _second_phone(row, prefix)
    if born in row.months:
        _complete_month(row, number, born, prefix)


def _no_number(row, number: str, prefix: str) -> None:
    text = row.raw.get("证件号码", "")
    if not text or HAS_DIGITS.search(to_halfwidth(text)) or number not in row.data:
        return
    del row.data[number]
    row.data.setdefault(f"{prefix}no_id_reason", clean_text(text)[:40])
    row.data.setdefault(f"{prefix}id_kind", IdKind.NONE)
    row.note(number, "证件号码一格写的是文字，已作为无证件原因登记，请尽快补登证件。")


def _second_phone(row, prefix: str) -> None:
    """Of two numbers in a cell the second is the person's further phone."""
    phone, second = f"{prefix}phone", f"{prefix}second_phone"
    numbers = phones_in(clean_text(row.raw.get("联系电话", "")))
    if phone not in row.data or second in row.data or len(numbers) != 2:
        return
    try:
        row.data[second] = parse_phone(numbers[1])
    except ValidationError:
        return  # the remark on the first number stays
    row.places[second] = row.places[phone]
    row.notes = [note for note in row.notes if note != (row.places[phone], SEVERAL_PHONES)]
    row.note(phone, "一格有两个号码，第二个登记为其他电话。")


def _complete_month(row, number: str, born: str, prefix: str) -> None:
    year, month = row.months[born]
    if any(key == number for _, key, _ in row.faults):
        row.settle(born)  # the number is refused; once it is right, it tells the day
        return
    if number not in row.data:
        row.settle(born)
        _note(row, prefix, f"出生年月：{year}年{month}月")
        row.note(born, "只写到月，又没有证件号码，出生日期没有登记，请补上日期。")
        return
    try:
        birth = parse_id(guess_kind(row.data[number]), row.data[number]).birth
    except ValidationError:
        row.settle(born)  # as above
        return
    if birth and (birth.year, birth.month) == (year, month):
        row.settle(born)
        row.data[born] = birth
        row.note(born, "只写到月，日按证件号码补全。")


def _note(row, prefix: str, words: str) -> None:
    key = f"{prefix}note"
    present = row.data.get(key, "")
    if words not in present:
        row.data[key] = f"{present}；{words}" if present else words


speak(
    EVERY_LEDGER,
    labels=PERSON_LABELS,
    words=PERSON_WORDS,
)
speak(Resident, finish=finish_person)
speak(
    Visit,
    labels={
        "日期": ("走访日期", "走访时间", "时间"),
        "方式": ("走访方式", "联系方式"),
        "走访人": ("走访人员", "工作人员", "入户人员"),
        "目的": ("走访目的", "事由"),
        "情况记录": ("反映问题及诉求", "走访情况", "情况", "问题及诉求", "走访记录"),
        "后续事项": ("处理情况", "处理结果", "办理情况"),
    },
    words={
        "方式": {
            "上门": "入户", "入户走访": "入户", "上门走访": "入户", "电话问询": "电话",
            "电话走访": "电话", "打电话": "电话", "微信": "网上", "线上": "网上", "到访": "来访",
        },
        "目的": {
            "残疾人走访": VisitPurpose.DISABILITY_NEEDS.label,
            "垃圾分类宣传": VisitPurpose.WASTE_SORTING.label,
            "民情走访": VisitPurpose.GREETING.label,
            "低保复核": VisitPurpose.REVIEW.label,
            "宣传": VisitPurpose.POLICY.label,
        },
    },
)  # fmt: skip


# --- 居民户籍信息台账 -----------------------------------------------------------------------------
def finish_member(row) -> None:
    finish_person(row, "person.")
    if not row.raw.get("户编号"):
        row.refuse("household.number", "没有填写户编号。")


def leads(row) -> bool:
    return row.data.get("member.relation") == Relation.HEAD


def lead(row) -> None:
    row.settle("member.relation")
    row.data["member.relation"] = Relation.HEAD


def called(row) -> str:
    return "".join(
        (
            row.raw.get("姓名", ""),
            f"（{row.raw['与户主关系']}）" if row.raw.get("与户主关系") else "",
        )
    )


def home(data, row, records) -> None:
    """A sheet of one building says the building in its name and only the rest in its rows."""
    block, address = clean_text(row.sheet), data.get("address", "")
    if address and BLOCK.fullmatch(block) and not plain(address).startswith(plain(block)):
        data["address"] = f"{block}{address}"


def member(data, row, records) -> None:
    """Since when and how somebody belongs to the household; of a member what is known stays."""
    resident, household = records["person"], records["household"]
    present = Membership.objects.kept().filter(
        resident=resident, household=household, ends_on__isnull=True
    )
    known = present.first()
    if known:
        data["starts_on"] = known.starts_on
    else:
        data["starts_on"] = row.data.get("person.lived_since") or timezone.localdate()
    bonds = {Residency.AWAY: Bond.REGISTERED, Residency.LODGING: Bond.LIVING}
    if "person.residency" in row.data:
        data["bond"] = bonds.get(row.data["person.residency"], Bond.BOTH)


combine(
    Combined(
        "household-register",
        "居民户籍信息台账",
        (
            Part(
                "household",
                "households",
                ("户编号", "户类型", "地址", "门牌电话"),
                derive=home,
                once=True,
            ),
            Part(
                "person",
                "residents",
                (
                    "姓名", "证件类型", "证件号码", "性别", "出生日期", "民族", "联系电话",
                    "现居住地址", "户籍地址", "居住状态", "无证件原因", "备注", "在册起始日期",
                ),
            ),
            Part(
                "member",
                "memberships",
                ("与户主关系",),
                given={"household": "household", "resident": "person"},
                derive=member,
            ),
        ),
        offered=("households", "residents", "memberships"),
        counted="person",
        required=("户编号", "地址", "姓名", "与户主关系"),
        labels={
            "地址": ("门牌", "门牌号", "房号", "住址", "家庭住址", "房屋地址", "户地址"),
            "户类型": ("户别", "户口类型", "户口类别"),
        },
        words={"户类型": {"家庭": "家庭户", "集体": "集体户"}},
        dated=("在册起始日期",),
        carried=("户编号", "地址", "户类型"),
        group=Group(
            "户编号",
            leads,
            lead,
            called,
            "户 {key}（第 {rows} 行）没有户主，这一户先不登记：请选择哪一位是户主。",
            "户 {key}（第 {rows} 行）有几位户主，这一户先不登记：请选择哪一位是户主。",
        ),
        finish=finish_member,
    )
)  # fmt: skip
