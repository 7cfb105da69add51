"""What ships is what is trained."""

from __future__ import annotations

import pytest
from examples import STAGES, Stage

from kg.relevance import NAME as RELEVANCE
from kg.resources import languages, model_file


@pytest.mark.parametrize("lang", languages())
def test_every_model_that_ships_is_trained_and_the_other_way_round(lang: str) -> None:
    shipped = {path.name for path in model_file(lang, RELEVANCE).parent.glob("*.json.gz")}
    trained = {stage.name for stage in STAGES if isinstance(stage, Stage)}
    assert shipped == {model_file(lang, name).name for name in (*trained, RELEVANCE)}
