"""The measurement of large networks runs, and says what it measured."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench" / "network.py"


def test_figures_of_ours_stand_beside_those_of_networkx() -> None:
    command = [
        sys.executable,
        str(BENCH),
        "--nodes",
        "400",
        "--edges",
        "1200",
        "--sources",
        "5",
        "--small",
        "100",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    found = dict(re.findall(r"^(.+?) {2,}([\d.,]+)", done.stdout, re.MULTILINE))
    assert found["nodes"] == "400"
    assert {"default measures", "layout", "all measures", "NetworkX, paths of 5 nodes"} <= found.keys()
