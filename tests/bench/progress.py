"""What the bench says on its way."""

import sys


def say(text: str) -> None:
    print(f"==> {text}", file=sys.stderr, flush=True)
