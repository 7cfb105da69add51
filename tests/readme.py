"""The commands in the console blocks of README.md, and what they print.

`make docs` runs them and writes what they print below them; a test sees that nothing else stands there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[str]:
    """The commands, in their order."""
    return [line[2:] for block in BLOCK.findall(text) for line in block.splitlines() if line.startswith("$ ")]


def refreshed(text: str) -> str:
    """The text with each command's output as it is now.

    The commands are run one after the other in a folder with a copy of the seeds; `make run` as
    what it stands for.
    """
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(ROOT / "seeds", Path(work) / "seeds")
        return BLOCK.sub(lambda block: f"```console\n{_blocks(commands(block[0]), Path(work))}```", text)


def _blocks(typed: list[str], work: Path) -> str:
    return "\n".join(f"$ {command}\n{_output(command, work)}" for command in typed)


def _output(command: str, work: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80"}
    program = command.replace("make run", "kg build seeds -o out")
    run = subprocess.run(
        ["bash", "-c", program], cwd=work, env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
