"""``manage.py summary``: a PDF from the records, and refusals that name the choices."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reports.models import Summary
from tests.reports.conftest import HOME
from tests.reports.test_issuing import text_of_pdf


def run(tmp_path, kind="A", unit="440103001001", period="2025", *flags, name="总结.pdf"):
    output = tmp_path / name
    call_command("summary", kind, "--unit", unit, "--period", period, "--output", output, *flags)
    return text_of_pdf(output.read_bytes())


@pytest.mark.usefixtures("year_of_records")
def test_pdf_tells_the_records_and_nothing_is_stored(tmp_path, acting, community):
    text = run(tmp_path)
    assert f"入户走访{HOME}人次" in text
    assert "发放宣传资料200份" in text
    assert "草稿" not in text
    assert "校验码" not in text
    with acting(community):
        assert not Summary.objects.exists()


@pytest.mark.usefixtures("year_of_records")
def test_codes_are_printed_on_request(tmp_path):
    assert f"{HOME}人次disability.visits_home" in run(
        tmp_path, "A", "440103001001", "2025", "--codes"
    )


@pytest.mark.usefixtures("year_of_records")
def test_street_sums_up_its_communities(tmp_path):
    text = run(tmp_path, unit="440103001000")
    assert "春华街道2025年残疾人工作总结" in text
    assert f"入户走访{HOME}人次" in text


@pytest.mark.usefixtures("community")
def test_period_is_the_last_full_year_unless_given(tmp_path):
    output = tmp_path / "a.pdf"
    call_command("summary", "A", "--unit", "440103001001", "--output", output)
    assert f"{timezone.localdate().year - 1}年" in text_of_pdf(output.read_bytes())


@pytest.mark.usefixtures("community", "other_community")
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "Z"}, "A（残疾人工作总结）"),
        ({"unit": "440103001009"}, "440103001001 明珠社区；440103001002 和平社区"),
        ({"period": "去年"}, "2025H1（上半年）"),
        ({"name": "总结.doc"}, ".docx"),
    ],
)
def test_wrong_use_names_the_choices_and_exits_with_2(tmp_path, wrong, message):
    with pytest.raises(CommandError, match=re.escape(message)) as refusal:
        run(tmp_path, **wrong)
    assert refusal.value.returncode == 2


@pytest.mark.usefixtures("community")
def test_unwritable_file_is_an_error_of_its_own(tmp_path):
    with pytest.raises(CommandError, match="不能写入") as refusal:
        run(tmp_path, name="missing/总结.pdf")
    assert refusal.value.returncode == 1
