"""What the tests of faults tried: the rows of docs/reliability.md."""

import json
import os
from pathlib import Path


def tally(kind: str, what: str, tried: int) -> None:
    """Keep a row, where ROPA_TALLY names a folder for it (`make fuzz`). A test that comes here has lost nothing."""
    folder = os.environ.get("ROPA_TALLY")
    if folder:
        name = "".join(sign if sign.isalnum() else "-" for sign in f"{kind} {what}")
        Path(folder, f"{name}.json").write_text(json.dumps({"kind": kind, "what": what, "tried": tried}), "utf-8")
