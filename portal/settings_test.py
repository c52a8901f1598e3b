"""Settings of the test run: the real ones, with what would only cost time taken out."""

import atexit
import shutil
import tempfile

from portal.settings import *  # noqa: F403

DEMO = False
FIGURE_CELLS = False  # what has no folded cells is counted live anyway; tests of cells set it
INSTALLED_APPS = [*INSTALLED_APPS, "tests.wallapp", "tests.sampleapp"]  # noqa: F405
SECRET_KEY = "for tests only"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-media-")
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
AUDIT_HEAD_FILE = Path(MEDIA_ROOT) / "heads.jsonl"  # noqa: F405
# Each test client starts the middleware anew: WhiteNoise would read all collected files each time.
WHITENOISE_AUTOREFRESH = True
