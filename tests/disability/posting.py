"""Forms as a browser sends them: each with a key of its own."""

import uuid


def keyed(data: dict) -> dict:
    return data | {"_key": str(uuid.uuid4())}
