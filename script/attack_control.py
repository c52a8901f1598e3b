"""A server with one hole for each tool of script/attack: what does not find these proves nothing.

It answers on the loopback address alone, for as long as it is needed, from the private database.
"""

import contextlib
import http.server
import re
import subprocess
import sys
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
# Puts what it is told into SQL as it is; psycopg lives in the portal's environment, not in ours.
ASK = """
import sys, psycopg
with psycopg.connect(sys.argv[1]) as database:
    for line in sys.stdin:
        try:
            database.rollback()
            rows = database.execute("SELECT 'found' WHERE 'a' = '" + line.rstrip("\\n") + "'").fetchall()
            print(len(rows), flush=True)
        except psycopg.Error as error:
            print("error: " + str(error).replace("\\n", " "), flush=True)
"""


class Hole(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked = urllib.parse.urlsplit(self.path)
        name = urllib.parse.parse_qs(asked.query).get("name", [""])[0]
        if asked.path == "/item":
            text = f"<html><body><p>{name}</p><p>{self.server.ask(name)}</p></body></html>"
        else:
            text = '<html><body><a href="/item?name=a">item</a></body></html>'
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told):
        pass


@contextlib.contextmanager
def serve_control() -> Iterator[str]:
    """Gives the control's address."""
    cluster = [sys.executable, ROOT / "script" / "cluster.py", "run", "url"]
    url = subprocess.run(cluster, capture_output=True, text=True, check=True).stdout.strip()
    asker = subprocess.Popen(
        [PYTHON, "-c", ASK, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    lock = threading.Lock()

    def ask(name: str) -> str:
        with lock:
            asker.stdin.write(re.sub(r"[\r\n\0]", " ", name) + "\n")
            asker.stdin.flush()
            return asker.stdout.readline()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hole)
    server.ask = ask
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        asker.kill()
