"""Print the digest of what pyproject.toml asks for; script/lock writes it into each lock.

So .ci/run can tell, without the network, that the locks were made from today's dependencies.
Comments, order of tables and the configuration of tools do not count.
"""

import hashlib
import json
import tomllib
from pathlib import Path

project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))
asked = [
    project["project"]["requires-python"],
    project["project"]["dependencies"],
    project["dependency-groups"],
]
print(hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:32])
