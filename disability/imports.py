"""The disability register (残疾人基本情况登记表) as upper levels issue it and offices fill it."""

from django.utils import timezone

from disability.enums import Category, CertificateStatus, Level
from disability.models import Certificate, DisabilityFile
from portal.imports.declare import Combined, Part, combine, speak
from residents.imports import finish_person

LEVEL_WORDS = {
    word: level.label
    for level, number in zip(Level, "一二三四", strict=True)
    for word in (number, f"{number}等", f"{level.value}级", f"残疾{number}级")
}
CATEGORY_WORDS = {
    word: category.label
    for category in Category
    for word in (f"{category.label}残疾", f"{category.label}残", f"{category.label}障碍")
} | {"听力言语残疾": Category.MULTIPLE.label, "综合残疾": Category.MULTIPLE.label}
LABELS = {
    "残疾人证号": (
        "证号",
        "残疾证号",
        "残疾人证证号",
        "残疾证号码",
        "残疾人证号码",
        "残疾人证编号",
    ),
    "残疾类别": ("类别", "残疾人证类别", "残疾种类", "残疾类型"),
    "残疾等级": ("等级", "残疾人证等级", "残疾级别", "级别"),
    "发证日期": ("残疾人证发证日期", "发证时间", "办证日期", "领证日期", "批准日期"),
    "监护人": ("监护人姓名", "法定监护人", "监护人名字"),
    "监护人关系": ("与监护人关系", "与残疾人关系", "监护关系"),
    "建档日期": ("建档时间", "登记日期"),
}
STATUS_WORDS = dict.fromkeys(
    ("到期未换", "到期", "过期", "正常", "在用"), CertificateStatus.VALID.label
)
WORDS = {"残疾类别": CATEGORY_WORDS, "残疾等级": LEVEL_WORDS, "状态": STATUS_WORDS}

speak(Certificate, labels=LABELS, words=WORDS)
speak(DisabilityFile, labels=LABELS)


def file_knows_less(form_class):
    """The form for a register: of 多重 it does not say which categories, so the file waits for them."""

    class FileOfRegister(form_class):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.fields["components"].required = False

        def clean(self):
            data = super().clean()
            if not data.get("components"):
                self.warnings.append("多重残疾的各项类别和等级表中没有写，请在残疾人档案中补填。")
            return data

    return FileOfRegister


def file_of(data, row, records) -> None:
    """The file's components follow from the certificate; 多重 does not tell them."""
    category = row.data.get("certificate.category")
    level = row.data.get("certificate.level")
    if category and level and category != Category.MULTIPLE:
        data["components"] = [f"{category}{level}"]
    known = DisabilityFile.objects.kept().filter(
        resident=records["person"], unit=records["person"].unit
    )
    if "opened_on" not in data and not known.exists():
        data["opened_on"] = timezone.localdate()


def finish(row) -> None:
    finish_person(row, "person.")


combine(
    Combined(
        "disability-register",
        "残疾人基本情况登记表",
        (
            Part(
                "person",
                "residents",
                (
                    "姓名", "证件类型", "证件号码", "性别", "出生日期", "民族", "联系电话",
                    "现居住地址", "户籍地址", "居住状态", "无证件原因", "备注", "在册起始日期",
                ),
            ),
            Part(
                "file",
                "disability-files",
                ("监护人", "监护人关系", "建档日期", "自理能力"),
                given={"resident": "person"},
                derive=file_of,
                form=file_knows_less,
            ),
            Part(
                "certificate",
                "certificates",
                ("残疾人证号", "残疾类别", "残疾等级", "发证日期", "有效期至"),
                given={"resident": "person"},
            ),
        ),
        offered=("disability-files", "certificates", "residents"),
        counted="person",
        required=("姓名", "证件号码", "残疾人证号", "残疾类别", "残疾等级", "发证日期"),
        dated=("建档日期", "在册起始日期"),
        finish=finish,
    )
)  # fmt: skip
