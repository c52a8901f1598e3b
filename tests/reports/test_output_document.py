"""What stands where in a document: tables, annexes, notes, the public version."""

from reports.output.document import issued_document, proof_url
from tests.reports.papers import CODES, LONG_NAME, NARROW, WIDE, content, draft, hash_for


def kinds(blocks):
    return [block.kind for block in blocks]


def test_narrow_table_stays_in_the_text_with_its_chart_and_a_wide_one_becomes_an_annex():
    document = draft()
    assert kinds(document.blocks) == ["para", "heading", "table", "chart", "para"]
    assert str(document.blocks[-1].runs[0]) == f"（{WIDE.title}见附件）"
    [annex] = document.annexes
    assert (annex.label, annex.title, kinds(annex.blocks)) == ("附件", WIDE.title, ["table"])
    assert annex.blocks[0].title == ""
    assert annex.wide


def test_codes_bring_an_annex_that_tells_them():
    plain, coded = draft(), draft(codes=True)
    assert not plain.show_codes
    assert [annex.label for annex in coded.annexes] == ["附件1", "附件2"]
    [table] = coded.annexes[1].blocks
    assert [row[0] for row in table.rows] == list(CODES)
    assert not table.wide
    assert str(coded.blocks[-1].runs[0]) == f"（{WIDE.title}见附件1）"


def test_issue_tells_its_check_number_and_where_its_proof_is(settings):
    settings.PORTAL_URL = "https://portal.example.org"
    kept = content()
    code = hash_for(kept)
    document = issued_document(kept, sha256=code)
    assert document.notes[-1] == f"校验码：{code[:16]}"
    assert document.proof_url == f"https://portal.example.org/summaries/proof/{code[:16]}/"
    assert (document.edition, document.full_title) == ("", kept["title"])
    assert document.dated.isoformat() == kept["date"]
    settings.PORTAL_URL = ""
    assert proof_url(code) == ""


def test_public_version_says_so_in_its_title_on_each_page_and_in_its_notes():
    kept = content()
    document = issued_document(kept, sha256=hash_for(kept), public=True)
    assert document.edition == "公开版"
    assert document.full_title == f"{kept['title']}（公开版）"
    assert any("公开版" in note for note in document.notes)


def test_names_and_tables_are_told_as_they_were_frozen():
    document = issued_document(content(), sha256="0" * 64)
    assert LONG_NAME in "".join(piece.text for piece in document.blocks[0].pieces)
    [table] = [block for block in document.blocks if block.kind == "table"]
    assert tuple(table.rows) == NARROW.rows
