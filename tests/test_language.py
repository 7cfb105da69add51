"""A text's language is recognised among those that can be read."""

import pytest

from kg.errors import InputError
from kg.language import identify, supported
from kg.resources import languages


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Bus drivers walked out on Monday over a pay offer that their union called an insult.", id="news"
        ),
        pytest.param("March", id="one word"),
        pytest.param("", id="nothing"),
        pytest.param("12 345", id="no letters"),
        pytest.param("Rally in Paris", id="headline like Latin"),
    ],
)
def test_doubt_goes_to_a_language_that_can_be_read(text: str) -> None:
    assert identify(text) in languages()


def test_english_is_recognised() -> None:
    assert (
        identify("Bus drivers walked out on Monday over a pay offer that their union called an insult.")
        == "en"
    )


def test_a_plainly_foreign_text_is_refused_and_the_way_out_named() -> None:
    text = "Mehrere tausend Menschen haben am Samstag in Leipzig gegen die neuen Mietgesetze demonstriert."
    with pytest.raises(InputError, match=r"written in 'de' as it seems; .*: .*en.*; .*set lang"):
        identify(text)


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB", "en_US", " en "])
def test_a_tag_is_shortened(tag: str) -> None:
    assert supported(tag) == "en"


@pytest.mark.parametrize("tag", ["xx", "english", "e", "-"])
def test_a_language_without_lexicons_is_refused(tag: str) -> None:
    with pytest.raises(InputError, match=r"has no lexicons; languages that can be read: .*en"):
        supported(tag)
