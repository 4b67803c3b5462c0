"""An editor that does what a test says: the first time it is opened the first step, then the next one."""

import json
import sys
from pathlib import Path

_PROGRAM = """#!{python}
import json, os, pathlib, subprocess, sys
here = pathlib.Path(__file__).parent
n = len(list(here.glob("seen-*")))
path = pathlib.Path(sys.argv[-1])
text = path.read_bytes().decode()
(here / f"seen-{{n}}").write_bytes(text.encode())
steps = json.loads((here / "steps.json").read_text())
step = steps[min(n, len(steps) - 1)] if steps else {{}}
for old, new in step.get("replace", []):
    if old not in text:
        sys.exit(f"there is no {{old!r}}")
    text = text.replace(old, new, 1)
text = step.get("instead", text) + step.get("add", "")
path.write_bytes(text.encode())
for words in step.get("meanwhile", []):
    subprocess.run([sys.executable, "-m", "ropa", *words], check=True, env=os.environ | step.get("as", {{}}), stdout=2)
if step.get("bytes"):
    path.write_bytes(bytes.fromhex(step["bytes"]))
if step.get("remove"):
    path.unlink()
print("what an editor paints")
if step.get("kill"):
    os.kill(os.getpid() if step["kill"] == "editor" else os.getppid(), 9)
if step.get("wait"):
    sys.stdin.readline()
sys.exit(step.get("code", 0))
"""


class Scripted:
    """The editor in a folder of its own; `command` is what $EDITOR holds."""

    def __init__(self, folder: Path, *steps: dict[str, object]) -> None:
        self.folder = folder / "an editor"
        self.folder.mkdir(exist_ok=True)
        for old in self.folder.glob("seen-*"):
            old.unlink()
        program = self.folder / "edit.py"
        program.write_text(_PROGRAM.format(python=sys.executable))
        program.chmod(0o755)
        (self.folder / "steps.json").write_text(json.dumps(steps))
        self.command = f"'{program}' --wait"

    def seen(self, n: int) -> str:
        """The text as it was when the editor was opened for the nth time, from 0."""
        return (self.folder / f"seen-{n}").read_bytes().decode()

    @property
    def times(self) -> int:
        """How often it was opened."""
        return len(list(self.folder.glob("seen-*")))


def replaced(*pairs: tuple[str, str], **more: object) -> dict[str, object]:
    """A step: each first text by the second."""
    return {"replace": pairs, **more}


def kept_in(home: Path) -> list[Path]:
    """The files that are kept in a home folder."""
    folder = home / ".local" / "state" / "ropa"
    return sorted(p for p in folder.rglob("*.yaml") if p.is_file())
