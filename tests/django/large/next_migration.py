"""The platform's next release: its models and migrations exist only where NEXT_MIGRATION=1 is in the environment."""

import os
from pathlib import Path

NEXT = os.environ.get("NEXT_MIGRATION") == "1"


def searched(path):
    """Where an app's migrations are looked for: its folder `next` holds those of the next release."""
    return [*path, str(Path(path[0]) / "next")] if NEXT else list(path)
