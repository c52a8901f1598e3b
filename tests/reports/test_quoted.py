"""What is quoted was proven where it was signed; who has not issued is said, and stays true."""

from dataclasses import replace

import pytest

from portal.roles import Role
from portal.summaries import Telling, outlines
from reports import services
from reports.checks import Finding, Piece
from reports.checks.typed import HIDDEN
from reports.models import Quotation
from reports.rollup.gaps import check_below
from reports.rollup.quoting import with_source
from reports.rollup.standings import issued_below
from reports.rollup.unnumbered import as_stored, unnumbered
from tests.reports.conftest import YEAR
from tests.reports.signing import sign_figures

A = outlines["A"]
QUOTE = "共走访残疾人1,234人次，覆盖率66.7%（4/6）。"


def test_numbers_are_blanked_in_quotations_alone_and_keep_their_place():
    text = f"走访9人次。{QUOTE}（摘自《某社区2025年残疾人工作总结》）走访8人次。"
    blanked = unnumbered(text, [QUOTE])
    assert len(blanked) == len(text)
    assert blanked.startswith("走访9人次。")
    assert blanked.endswith("走访8人次。")
    assert HIDDEN * 5 in blanked
    assert "1,234" not in blanked
    assert "66.7" not in blanked
    assert unnumbered(text, ["别的话1次。"]) == text
    assert unnumbered(f"{QUOTE}没有出处。", [QUOTE]) == f"{QUOTE}没有出处。"
    spaced = "走访  12人次。"
    assert "12" not in unnumbered(with_source(spaced, "总结"), [spaced])


def test_a_finding_over_blanked_words_is_mended_in_the_stored_ones():
    text = f"{QUOTE}（摘自《某社区2025年残疾人工作总结》）走访走访。"
    start = text.index("覆盖率66")
    blanked = unnumbered(text, [QUOTE])
    end = start + len("覆盖率66.7%")
    made = Finding("error", "x", "…", "part", start, end, blanked[start:end], "覆盖率")
    elsewhere = Finding("error", "x", "…", "", 0, 2, "甲乙")
    [found, same] = as_stored([made, elsewhere], {"part": text})
    assert (found.words, same) == ("覆盖率66.7%", elsewhere)
    assert found.mended(text) == text.replace("覆盖率66.7%", "覆盖率")
    [hiding] = as_stored([replace(made, replacement=made.words)], {"part": text})
    assert (hiding.words, hiding.replacement) == ("覆盖率66.7%", None)


@pytest.mark.django_db
def test_a_quoted_number_contradicts_no_figure_until_its_words_are_changed(
    acting, make_user, street, community
):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    with acting(supervisor):
        issue = sign_figures("A", community, YEAR, ["disability.visits"], supervisor)
        draft = services.draft(outline=A, unit=street, period=YEAR, by=supervisor)
        Quotation.objects.create(
            unit=street,
            summary=draft,
            section_key="visits",
            issue=issue,
            words=QUOTE,
            pulled_by=supervisor,
            pulled_at=issue.issued_at,
        )

        def rules(text, part="visits"):
            facts = services.facts_of(draft, [text])
            found = services.findings_of(draft.title, [Piece(part, "走访", text)], facts)
            return {finding.rule for finding in found if finding.section == part}

        sourced = f"{QUOTE}（摘自《明珠社区2025年残疾人工作总结》）"
        assert rules(sourced) == set()
        assert rules(sourced, "next") != set()
        assert rules(QUOTE) != set()
        assert rules(QUOTE.replace("1,234", "1,235")) != set()


@pytest.mark.django_db
def test_who_has_not_issued_is_a_finding_and_an_old_sentence_is_mended(
    acting, make_user, street, community, other_community
):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    telling = Telling.of(street, YEAR)
    with acting(supervisor):
        assert list(check_below(A, telling, [])) == []
        sign_figures("A", community, YEAR, ["disability.visits"], supervisor)
        [missing] = check_below(A, telling, [])
        assert missing.message == "还有1个社区没有签发2025年残疾人工作总结：和平社区。"
        old = "截至3月1日，所辖2个社区中，残疾人工作总结已签发2份。"
        *_, stale = check_below(A, telling, [Piece("gaps", "存在问题", f"好。{old}")])
        assert (stale.rule, stale.words) == ("issued", old)
        assert stale.mended(f"好。{old}").endswith("已签发1份，尚未签发的是和平社区。")
        true = stale.replacement.replace("截至", "截至", 1)
        assert [f.rule for f in check_below(A, telling, [Piece("gaps", "", true)])] == ["unissued"]
        sign_figures("A", other_community, YEAR, ["disability.visits"], supervisor)
        assert list(check_below(A, telling, [])) == []


@pytest.mark.django_db
def test_that_nobody_has_issued_what_somebody_drafts_is_said(
    acting, make_user, street, community, other_community
):
    supervisor = make_user(Role.STREET_SUPERVISOR, street)
    telling = Telling.of(street, YEAR)
    with acting(supervisor):
        assert list(check_below(outlines["H"], telling, [])) == []
        services.draft(outline=A, unit=community, period=YEAR, by=supervisor)
        for outline in (A, outlines["H"]):
            [none] = check_below(outline, telling, [])
            assert none.message == "所辖2个社区都没有签发2025年残疾人工作总结。"
            said = issued_below(outline, telling)
            assert said.endswith("，所辖2个社区均未签发残疾人工作总结。")
            assert len(list(check_below(outline, telling, [Piece("gaps", "", said)]))) == 1
        sign_figures("A", other_community, YEAR, ["disability.visits"], supervisor)
        *_, stale = check_below(A, telling, [Piece("gaps", "", said)])
        assert (stale.rule, stale.words) == ("issued", said)
