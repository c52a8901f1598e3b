"""SECURITY row 16: a paper takes no more time and memory than it may, and its renderer reaches nothing."""

import os
import time
from pathlib import Path

import pytest

from portal.pdf import render_pdf
from portal.pdf.blocks import OfficialDocument, Para
from portal.pdf.confining import confine
from portal.pdf.cut_off import PrintCutOff
from portal.pdf.engine import engine
from portal.pdf.printer import printer
from portal.roles import Role
from tests import factories
from tests.portal.pdf_pages import read_text

UNFILTERED = 77
ENDLESS = "<table>" + "<tr><td>字<td>字<td>字</tr>" * 200_000 + "</table>"


@pytest.fixture(autouse=True)
def apart(settings):
    settings.PRINT_APART = True


def printed() -> str:
    document = OfficialDocument(title="题", blocks=[Para(["走访129人次。"])])
    return read_text(render_pdf("pdf/official.html", {"doc": document}))


def test_a_print_that_does_not_end_is_ended_and_the_next_one_is_printed(settings):
    assert "走访129人次" in printed()
    settings.PRINT_SECONDS, renderer = 1, printer().pid
    began = time.monotonic()
    with pytest.raises(PrintCutOff, match=r"排版超过 1 秒.*没有改动任何记录"):
        printer().write(ENDLESS, "register")
    print(f"ended after {time.monotonic() - began:.1f} s")
    settings.PRINT_SECONDS = 20
    assert "走访129人次" in printed()
    assert printer().pid == renderer


def test_a_print_that_takes_all_memory_is_ended(settings):
    settings.PRINT_MEMORY_MB, settings.PRINT_SECONDS = 1, 60
    with pytest.raises(PrintCutOff, match="用完了允许的内存"):
        printer().write(ENDLESS, "register")
    settings.PRINT_MEMORY_MB = 1024
    assert "走访129人次" in printed()


def test_the_renderer_knows_no_secret_and_holds_no_connection():
    printed()
    process = Path(f"/proc/{printer().pid}")
    names = {each.partition(b"=")[0] for each in (process / "environ").read_bytes().split(b"\0")}
    assert names & {b"SECRET_KEY", b"FIELD_KEYS", b"HASH_KEY", b"DATABASE_URL"} == set()
    assert [f for f in (process / "fd").iterdir() if "socket" in os.readlink(f)] == []


@pytest.mark.parametrize(
    ("act", "told"),
    [("socket.socket()", 1), ("os.execv('/bin/true', ['true'])", 1), ("bytearray(90 << 20)", 12)],
)
def test_a_confined_process_reaches_nothing(act, told):
    """Exit status: the error's number."""
    child = os.fork()
    if child == 0:
        import socket  # noqa: F401  for ``act``

        try:
            confine(5, 64 << 20)
            if "Seccomp:\t2" not in Path("/proc/self/status").read_text():
                os._exit(UNFILTERED)
            eval(act)  # noqa: S307  the lines above
        except OSError as error:
            os._exit(error.errno)
        except MemoryError:
            os._exit(12)
        finally:
            os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == UNFILTERED:
        pytest.skip("this kernel takes no filter of system calls; the log says so at each start")
    assert status == told


def test_a_renderer_that_was_killed_is_started_again():
    printed()
    os.kill(printer().pid, 9)
    time.sleep(0.2)
    assert "走访129人次" in printed()


def test_a_print_is_the_same_file_as_of_the_same_process():
    html = '<html lang="zh-CN"><p>' + "走访" * 500
    files, took = set(), {}
    for name, write in (("within", engine().write), ("apart", printer().write)):
        write(html, "official")
        began = time.monotonic()
        files.add(write(html, "official"))
        took[name] = time.monotonic() - began
    print(", ".join(f"{name} {seconds:.2f} s" for name, seconds in took.items()))
    assert len(files) == 1


@pytest.mark.django_db
def test_a_user_is_told_what_to_do(client_of, acting, make_user, community, settings):
    settings.PRINT_SECONDS = 0
    with acting(community):
        factories.resident(community)
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    data = {"_key": "6f0d8f0e-7f43-4c1e-9d3a-0d3a1c7f7a11", "columns": "all", "format": "pdf"}
    answer = client.post("/ledger/residents/export/", data)
    assert answer.status_code == 422
    assert "这份文件没有打印出来" in answer.content.decode()
