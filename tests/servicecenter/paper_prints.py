"""Printing papers of cases and reading them back."""

import uuid

from servicecenter.selectors.papers import papers_for
from tests.portal.pdf_pages import read_text

LONG = "买买提·阿卜杜热合曼·艾力·吐尔逊·依明江·卡德尔丁"
RARE = "黄\U0003402f\U00020bb7"


def post(client, url, **fields):
    return client.post(url, {"_key": str(uuid.uuid4())} | fields)


def url_of(case, slug):
    return f"/servicecenter/cases/{case.pk}/papers/{slug}.pdf"


def printed(client, case, slug) -> str:
    answer = client.get(url_of(case, slug))
    assert answer.status_code == 200, slug
    return read_text(answer.content)


def told(case) -> set[str]:
    return {kind.slug for kind in papers_for(case)}
