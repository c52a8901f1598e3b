"""Signing makes the papers: the public one covers whom the registers know; the check is shown before."""

import io

import openpyxl
import pikepdf
import pytest
from django.urls import reverse

from portal.roles import Role
from reports import proof, services
from residents.models import Activity, Visit
from tests import factories
from tests.reports.conftest import reviewed
from tests.reports.test_issuing import save, text_of_pdf

pytestmark = pytest.mark.django_db


def test_person_of_the_register_is_covered_where_only_the_words_name_them(
    draft, acting, head, staff, community
):
    with acting(community):
        factories.resident(community, "苏小满")
    with acting(head):
        save(draft, staff, next="下一步，继续关心苏小满一家。")
    ready = reviewed(draft, staff, head)
    with acting(head):
        issue = services.issue(ready, version=ready.version, by=head)
    assert "关心苏小满一家" in text_of_pdf(proof.pdf_of(issue))
    assert "关心苏*满一家" in text_of_pdf(proof.pdf_of(issue, public=True))


def test_check_before_printing_is_shown_where_one_signs(ready, client_of, head):
    client = client_of(head)
    url = reverse("summary-preflight", args=[ready.pk])
    sign = client.get(reverse("summary-issue", args=[ready.pk])).content.decode()
    assert f'hx-get="{url}"' in sign
    block = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in block
    for words in ("付印检查", "可以付印", "每行 28 字", "字体全部嵌入", "没有方框"):
        assert words in block
    assert "<html" in client.get(url).content.decode()


def test_others_do_not_see_the_check(ready, client_of, make_user, other_community):
    stranger = client_of(make_user(Role.COMMUNITY_HEAD, other_community))
    assert stranger.get(reverse("summary-preflight", args=[ready.pk])).status_code == 404


def test_who_only_writes_does_not_ask_for_the_check(ready, client_of, staff):
    url = reverse("summary-preflight", args=[ready.pk])
    assert client_of(staff).get(url).status_code == 403


def test_what_lies_inside_the_paper_names_nobody(draft, acting, head, staff, community):
    """Neither free words nor names that only the register knows; the page of the issue gives both."""
    with acting(community):
        factories.resident(community, "苏小满")
        for visit in Visit.objects.all():
            visit.content = "邻居牛二嫂照看孩子牛小宝"
            visit.save()
        training = Activity.objects.get(title="创办你的企业")
        training.title = "创办企业（苏 小满主讲）"
        training.save()
    ready = reviewed(draft, staff, head)
    with acting(head):
        issue = services.issue(ready, version=ready.version, by=head)
        whole = str(proof.bundle_of(issue).bundle)
    with pikepdf.open(io.BytesIO(proof.pdf_of(issue))) as pdf:
        [file] = pdf.attachments.values()
        data = file.get_file().read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(data))
    told = "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )
    for name in ("牛二嫂", "牛小宝", "黄文发", "苏小满", "苏 小满"):
        assert name not in told
    assert "牛二嫂" in whole
    assert "黄*发" in told
    assert "苏 *满主讲" in told
