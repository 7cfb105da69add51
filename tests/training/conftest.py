"""The scripts of `training/` import each other by name, as they do when `train.py` is run."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "training"))
