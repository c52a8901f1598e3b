"""Profiles through their pages: made, versioned, shared downwards, copied, retired, used, sent."""

import hashlib
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.exports import profiles
from portal.exports.definition import COLUMN, ORDINAL, Definition, ProfileField
from portal.ledgers import ledgers
from portal.models import AccessLog, ExportProfile, ExportRequest, ProfileSending
from portal.roles import Role
from tests import factories
from tests.exports.test_register import pages_of

NEW = "/ledger/certificates/export/profile/"
pytestmark = pytest.mark.django_db

USUAL = {
    "name": "残疾人名册",
    "recipient": "街道残联",
    "titles": "{单位}残疾人名册\n填报日期：{日期}",
    "id_style": "masked",
    "date_style": "chinese",
    "choice_style": "label",
    "signature": "填表人：\n负责人：",
    "order": ["ordinal", "column:姓名", "column:残疾等级", "column:发证日期", "fixed:1"],
    "shown": ["ordinal", "column:姓名", "column:残疾等级", "column:发证日期", "fixed:1"],
    "header-ordinal": "序号",
    "header-column:姓名": "残疾人姓名",
    "header-column:残疾等级": "等级",
    "group-column:残疾等级": "证件情况",
    "group-column:发证日期": "证件情况",
    "header-fixed:1": "备注",
    "text-fixed:1": "已核对",
}


def post(client, url, **data):
    return client.post(url, {"_key": str(uuid.uuid4())} | data)


@pytest.fixture
def certified(acting, community):
    with acting(community):
        for level, name in enumerate(["安平", "黄文发", "韦英堃"], start=1):
            person = factories.resident(community, name)
            factories.certificate(person, level=str(level))


@pytest.fixture
def profile(client_of, staff, certified, acting):
    answer = post(client_of(staff), NEW, save=1, **USUAL)
    assert answer.status_code == 302, answer.context["form"].errors
    with acting(staff):
        return ExportProfile.objects.get()


def use(client, profile, do="xlsx", **data):
    unit = profile.unit_id
    return post(client, f"/exports/profiles/{profile.pk}/", do=do, **{"unit": unit} | data)


def test_the_file_is_as_the_profile_says(client_of, staff, profile, sheet_of):
    sheet = sheet_of(use(client_of(staff), profile))
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][0] == "明珠社区残疾人名册"
    assert rows[1][0].startswith("填报日期：20")
    assert rows[2] == ["序号", "残疾人姓名", "证件情况", None, "备注"]
    assert rows[3] == [None, None, "等级", "发证日期", None]
    assert sorted(row[1] for row in rows[4:7]) == ["安平", "韦英堃", "黄文发"]
    assert [row[0] for row in rows[4:7]] == [1, 2, 3]
    assert {row[3] for row in rows[4:7]} == {"2020年1月1日"}
    assert {row[4] for row in rows[4:7]} == {"已核对"}
    assert "填表人：" in [cell for row in rows[7:] for cell in row]
    assert "残疾人名册 第 1 版" in sheet.oddFooter.left.text
    assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_filter_with_several_values_and_sort(client_of, staff, certified, acting, rows_of):
    data = USUAL | {"filter_level": ["1", "2"], "sort": "-level", "titles": ""}
    post(client_of(staff), NEW, save=1, **data)
    with acting(staff):
        profile = ExportProfile.objects.get()
    rows = rows_of(use(client_of(staff), profile))
    assert [row[2] for row in rows[2:4]] == ["二级", "一级"]
    assert not any("三级" in row for row in rows)


@pytest.mark.parametrize(
    ("styles", "expected"),
    [
        ({"date_style": "iso"}, "2020-01-01"),
        ({"date_style": "dots"}, "2020.1.1"),
        ({"date_style": "digits"}, "20200101"),
        ({"choice_style": "code"}, "1"),
    ],
)
def test_styles(client_of, staff, certified, acting, rows_of, styles, expected):
    post(client_of(staff), NEW, save=1, **USUAL | styles)
    with acting(staff):
        profile = ExportProfile.objects.get()
    rows = rows_of(use(client_of(staff), profile))
    assert any(expected in map(str, row[2:4]) for row in rows[4:])


def numbers_of(rows):
    return [row[0] for row in rows if row[0] and len(str(row[0])) == 18]


@pytest.fixture
def numbered(client_of, staff, certified, acting):
    """``numbered(style)``: a profile with the ID number alone."""

    def make(style):
        data = USUAL | {"order": [], "shown": ["column:证件号码"], "id_style": style, "titles": ""}
        post(client_of(staff), NEW, save=1, **data)
        with acting(staff):
            return ExportProfile.objects.get()

    return make


@pytest.mark.parametrize(
    ("style", "shape"),
    [("masked", r"\d{3}\*{11}.{4}"), ("middle", r"\d{6}\*{8}.{4}"), ("clear", r"\d{3}\*{11}.{4}")],
)
def test_id_styles_without_an_approval(client_of, staff, numbered, rows_of, style, shape):
    found = numbers_of(rows_of(use(client_of(staff), numbered(style))))
    assert len(found) == 3
    assert all(re.fullmatch(shape, number) for number in found)


def test_beside_the_birth_date_more_of_the_number_is_covered(
    client_of, staff, certified, rows_of, acting
):
    columns = ["column:证件号码", "column:出生日期"]
    data = USUAL | {"order": [], "shown": columns, "id_style": "middle", "titles": ""}
    post(client_of(staff), "/ledger/residents/export/profile/", save=1, **data)
    with acting(staff):
        found = numbers_of(rows_of(use(client_of(staff), ExportProfile.objects.get())))
    assert len(found) == 3
    assert all(re.fullmatch(r"\d{3}\*{11}.{4}", number) for number in found)


def test_a_clear_profile_goes_through_an_approval(
    client_of, staff, head, numbered, rows_of, acting
):
    profile, client = numbered("clear"), client_of(staff)
    post(
        client,
        f"/exports/profiles/{profile.pk}/request/",
        step="confirm",
        unit=profile.unit_id,
        period="",
        purpose="report",
        reason="街道残联年审",
    )
    with acting(staff):
        request = ExportRequest.objects.get()
    assert "残疾人名册 第 1 版" in request.described
    file = f"/exports/requests/{request.pk}/file/"
    assert post(client, file, format="xlsx").status_code == 403
    post(client_of(head), f"/exports/requests/{request.pk}/", action="approve")
    answer = post(client, file, format="xlsx")
    found = numbers_of(rows_of(answer))
    assert len(found) == 3
    assert not any("*" in number for number in found)
    with acting(staff):
        sending = ProfileSending.objects.get()
        assert sending.full_numbers
        assert sending.sha256 == hashlib.sha256(answer.content).hexdigest()


def test_a_change_makes_a_new_version_and_keeps_the_old(client_of, staff, profile, acting):
    client, url = client_of(staff), f"/exports/profiles/{profile.pk}/edit/"
    shown = [item.key for item in client.get(url).context["editor"].rows if item.used]
    assert shown == USUAL["shown"]
    same = post(client, url, save=1, version=profile.version, **USUAL)
    assert same.status_code == 302
    data = USUAL | {"header-column:姓名": "姓名", "change_note": "表头\x07改回姓名"}
    post(client, url, save=1, version=profile.version + 1, **data)
    with acting(staff):
        numbers = list(profile.versions.values_list("number", "note"))
        assert numbers == [(2, "表头改回姓名"), (1, "初版")]
        first = Definition.from_json(profile.versions.get(number=1).definition)
        assert first.fields[1].header == "残疾人姓名"


def test_the_second_of_two_editors_is_told_and_loses_nothing(client_of, staff, profile, acting):
    client, url = client_of(staff), f"/exports/profiles/{profile.pk}/edit/"
    post(client, url, save=1, version=profile.version, **USUAL | {"note": "先"})
    late = post(client, url, save=1, version=profile.version, **USUAL | {"note": "后来写的"})
    assert late.status_code == 409
    assert "后来写的" in late.content.decode()
    with acting(staff):
        profile.refresh_from_db()
        assert profile.note == "先"


@pytest.mark.parametrize("button", ["preview", "move"])
def test_preview_and_arrows_store_nothing(client_of, staff, certified, button):
    data = {"preview": "1"} if button == "preview" else {"move": "down:ordinal"}
    answer = post(client_of(staff), NEW, **USUAL | data)
    assert answer.status_code == 200
    assert not ExportProfile.objects.exists()
    if button == "preview":
        preview = answer.context["preview"]
        assert preview["titles"][0] == "明珠社区残疾人名册"
        assert len(preview["rows"]) == 3
    else:
        assert [row.key for row in answer.context["editor"].rows][:2] == ["column:姓名", "ordinal"]
        assert answer.context["form"]["name"].value() == USUAL["name"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "必填"),
        ({"shown": []}, "请至少勾选一栏"),
        ({"header-column:姓名": "等级"}, "重复"),
        ({"titles": "一\n二\n三\n四"}, "最多 3 行"),
        ({"header-fixed:1": ""}, "请填写表头"),
        ({"name": "a\0b"}, ""),
    ],
)
def test_bad_input_is_told_and_nothing_stored(client_of, staff, certified, changed, told):
    answer = post(client_of(staff), NEW, save=1, **USUAL | changed)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not ExportProfile.objects.exists()


@pytest.mark.parametrize(
    "text", ["{{7*7}}", "{% debug %}", "{0.__class__}", "%(x)s", "${7*7}", "=1+1"]
)
def test_a_title_is_never_a_template(client_of, staff, certified, acting, sheet_of, text):
    post(client_of(staff), NEW, save=1, **USUAL | {"titles": text})
    with acting(staff):
        profile = ExportProfile.objects.get()
    assert sheet_of(use(client_of(staff), profile))["A1"].value.lstrip("'") == text
    pdf = use(client_of(staff), profile, "pdf")
    assert text in "".join(pages_of(pdf.content))


def test_a_placeholders_value_is_not_read_again():
    from portal.exports.definition import filled

    values = {"单位": "{日期}", "时段": "", "日期": "今天", "条数": "1"}
    assert filled("{单位}{日期}{其他}", values) == "{日期}今天{其他}"


# --- what was sent --------------------------------------------------------------------------------
def test_a_sending_is_registered_once_and_its_file_is_recognised(client_of, staff, profile, acting):
    client, key = client_of(staff), str(uuid.uuid4())
    data = {"unit": profile.unit_id, "recipient": "街道\x1b残联", "note": "季度报送", "_key": key}
    url = f"/exports/profiles/{profile.pk}/"
    answer = client.post(url, data | {"do": "xlsx-send"})
    assert client.post(url, data | {"do": "xlsx-send"}).content == answer.content
    with acting(staff):
        sending = ProfileSending.objects.get()
        assert (sending.recipient, sending.rows, sending.by) == ("街道残联", 3, staff)
        assert sending.sha256 == hashlib.sha256(answer.content).hexdigest()
    listed = client.get("/exports/sendings/").content.decode()
    assert "残疾人名册 第 1 版" in listed
    found = client.post(
        "/exports/sendings/", {"file": SimpleUploadedFile("a.xlsx", answer.content)}
    )
    assert "是登记过的文件" in found.content.decode()
    other = SimpleUploadedFile("a.xlsx", answer.content + b" ")
    assert "不是登记过的文件" in client.post("/exports/sendings/", {"file": other}).content.decode()


def test_sending_needs_a_recipient_and_plain_downloads_are_not_sendings(
    client_of, staff, profile, acting
):
    answer = use(client_of(staff), profile, "xlsx-send", recipient="")
    assert "登记报送要写明报送给谁" in answer.content.decode()
    use(client_of(staff), profile)
    with acting(staff):
        assert not ProfileSending.objects.exists()
        log = AccessLog.objects.get()
        assert (log.action, log.rows) == ("export", 3)
        assert log.purpose == "报表模板 残疾人名册 第 1 版"


def test_versions_and_sendings_cannot_be_changed(client_of, staff, profile, acting):
    from django.db import DatabaseError, transaction

    use(client_of(staff), profile, "xlsx-send", recipient="街道残联")
    with acting(staff):
        for rows in (profile.versions.all(), ProfileSending.objects.all()):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(note="改")
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.delete()


# --- whose ----------------------------------------------------------------------------------------
@pytest.fixture
def streets(acting, make_user, street):
    section = make_user(Role.STREET_SECTION, street)
    definition = Definition((ProfileField(ORDINAL, "序号"), ProfileField(COLUMN, "姓名", "姓名")))
    with acting(section):
        return profiles.create(
            ledgers["certificates"], definition, unit=street, name="街道名册", by=section
        )


def test_a_streets_profile_is_used_below_but_changed_only_by_the_street(
    client_of, staff, streets, certified, rows_of, community
):
    client, url = client_of(staff), f"/exports/profiles/{streets.pk}/"
    assert "街道名册" in client.get("/exports/profiles/").content.decode()
    answer = post(client, url, do="xlsx", unit=community.pk)
    assert len(rows_of(answer)) == 4
    assert client.get(url + "edit/").status_code == 403
    assert post(client, url + "edit/", save=1, **USUAL).status_code == 403
    assert post(client, url + "retire/").status_code == 403


def test_a_copy_belongs_to_the_own_unit(client_of, staff, streets, acting, community):
    post(client_of(staff), f"/exports/profiles/{streets.pk}/copy/")
    post(client_of(staff), f"/exports/profiles/{streets.pk}/copy/")
    with acting(staff):
        names = ExportProfile.objects.filter(unit=community).values_list("name", flat=True)
        assert sorted(names) == ["街道名册", "街道名册（2）"]


def test_another_communitys_profile_and_rows_stay_its_own(
    client_of, make_user, profile, other_community, certified
):
    other = client_of(make_user(Role.COMMUNITY_STAFF, other_community))
    url = f"/exports/profiles/{profile.pk}/"
    for path in ("", "edit/", "request/"):
        assert other.get(url + path).status_code == 404
    for path in ("", "copy/", "retire/", "request/"):
        assert post(other, url + path, do="xlsx").status_code == 404
    assert "残疾人名册" not in other.get("/exports/profiles/").content.decode()


def test_a_unit_of_somebody_else_cannot_be_chosen(client_of, staff, profile, other_community):
    answer = use(client_of(staff), profile, unit=other_community.pk)
    assert answer.status_code == 200
    assert "unit" in answer.context["form"].errors


def test_who_may_not_see_the_ledger_does_not_see_its_profiles(
    client_of, make_user, profile, community
):
    assert (
        client_of(make_user(Role.WINDOW_CLERK, community)).get("/exports/profiles/").status_code
        == 403
    )


def test_a_retired_profile_gives_no_file_but_keeps_its_record(client_of, staff, profile, acting):
    client = client_of(staff)
    use(client, profile, "xlsx-send", recipient="街道残联")
    post(client, f"/exports/profiles/{profile.pk}/retire/")
    assert use(client, profile).status_code == 404
    assert "残疾人名册" not in client.get("/exports/profiles/").content.decode()
    assert "残疾人名册" in client.get("/exports/profiles/?retired=1").content.decode()
    assert "残疾人名册 第 1 版" in client.get("/exports/sendings/").content.decode()
    assert post(client, NEW, save=1, **USUAL).status_code == 302  # the name is free again
