"""What a writer does not see is not read through a draft: figures of other departments."""

import pytest
from django.core.exceptions import ValidationError

from portal.figures import figures
from portal.roles import Role
from reports.models import Summary
from tests.reports.test_editor_pages import ask
from tests.reports.test_issuing import save
from tests.reports.test_pages import edit, page

FOREIGN = next(each for each in figures if each.domain == "volunteers")
STORED, TYPED = f"共{{{FOREIGN.code}@previous}}。", f"共{{{FOREIGN.label}@上期}}。"
REFUSED = f"您没有查看这些指标的权限，不能写入总结：{FOREIGN.label}"


@pytest.fixture
def worker(make_user, community):
    return make_user(Role.REHABILITATION_WORKER, community)


def test_figure_out_of_sight_is_refused_at_its_part(draft, acting, staff, worker):
    with acting(worker):
        with pytest.raises(ValidationError) as refusal:
            save(draft, worker, next=STORED)
        assert refusal.value.message_dict.keys() == {"next"}
        assert REFUSED in refusal.value.message_dict["next"][0]
    with acting(staff):
        save(draft, staff, next=STORED)  # who sees it
        draft.refresh_from_db()
    with acting(worker):
        save(draft, worker, next=f"{STORED}又改。")  # it stands there already
        assert Summary.objects.get(pk=draft.pk).sections.get(key="next").text.endswith("又改。")


def test_neither_page_nor_script_counts_it(client_of, draft, worker):
    client = client_of(worker)
    answer = ask(client, draft, next=TYPED)
    assert answer.status_code == 400
    assert REFUSED in answer.json()["errors"]["section-next"][0]
    shown = edit(client, draft, next=TYPED)
    assert REFUSED in page(shown)
    assert FOREIGN.code not in shown.context["chip_urls"].values()
    assert not any(FOREIGN.label in token for token in shown.context["told"])
