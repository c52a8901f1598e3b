"""Clerks who go on typing: each record sent through the web, and noted once the portal said that it is stored."""

import http.cookiejar
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PASSWORD = "demo-shequ-2025"  # the public one of portal.demo_accounts, which needs Django
MARK = "演练记录"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


class Writer(threading.Thread):
    """``acked``: what it was told is stored. ``unknown``: sent, and no answer came."""

    def __init__(self, number: int, machine, residents: list[int], stop: threading.Event):
        super().__init__(daemon=True)
        self.number, self.machine, self.residents, self.stop = number, machine, residents, stop
        self.acked: set[str] = set()
        self.unknown: set[str] = set()
        self.refused: list[int] = []
        self.opener = None

    def run(self) -> None:
        sent = 0
        while not self.stop.is_set():
            sent += 1
            content = f"{MARK}-{self.number}-{sent}"
            try:
                if self.opener is None:
                    self.sign_in()
                status = self.send(content, self.residents[sent % len(self.residents)])
            except OSError:  # refused, reset, timed out: what came of it is not known
                self.unknown.add(content)
                time.sleep(0.3)
                continue
            if status == 302:
                self.acked.add(content)
            else:
                self.unknown.add(content)
                self.refused.append(status)
                self.opener = None if status in {302, 403} else self.opener
                time.sleep(0.3)

    def open(self, path: str, data: dict | None = None):
        body = urllib.parse.urlencode(data, doseq=True).encode() if data is not None else None
        url = f"http://127.0.0.1:{self.machine.web_port}{path}"
        try:
            return self.opener.open(url, body, timeout=20)
        except urllib.error.HTTPError as answer:
            return answer

    def sign_in(self) -> None:
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(jar), NoRedirect
        )
        try:
            page = self.open("/login/").read().decode()
            data = {
                "username": "demo-worker",
                "password": PASSWORD,
                "csrfmiddlewaretoken": TOKEN.search(page)[1],
            }
            if self.open("/login/", data).status != 302:
                raise OSError("not signed in")
            page = self.open("/ledger/visits/add/").read().decode()
            self.token = TOKEN.search(page)[1]
        except (TypeError, OSError) as error:
            self.opener = None
            raise OSError("not signed in") from error

    def send(self, content: str, resident: int) -> int:
        answer = self.open(
            "/ledger/visits/add/",
            {
                "csrfmiddlewaretoken": self.token,
                "_key": str(uuid.uuid4()),
                "resident": resident,
                "occurred_on": "2025-03-10",
                "mode": "home",
                "visitor": "陈素芬",
                "content": content,
                "domains": ["disability"],
            },
        )
        if answer.status == 302 and "/login/" in answer.headers["Location"]:
            return 403
        return answer.status
