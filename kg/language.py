"""The language an article is written in, when nobody says so."""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from kg.errors import InputError
from kg.resources import languages

_ENOUGH = 2_000  # characters: on whole news articles more do not change the answer
_SURE = 0.9  # a headline is easily taken for a sister language; only certainty overrules the known ones


def identify(text: str) -> str:
    """The two-letter code of the language of `text`, one of those that have lexicons.

    Raises:
        InputError: the text is plainly in another language.

    >>> identify("Thousands of teachers marched through the city on Tuesday.")
    'en'
    """
    ranked: list[tuple[str, float]] = _identifier().rank(text[:_ENOUGH])
    known = languages()
    best, probability = ranked[0]
    if best not in known and probability >= _SURE:
        raise InputError(f"written in {best!r} as it seems; {_known(known)}; if it is one of them, set lang")
    return next(code for code, _ in ranked if code in known)


def supported(code: str) -> str:
    """The two-letter code of a language tag such as `en`, `EN` or `en-GB`, if it has lexicons.

    Raises:
        InputError: it has none.

    >>> supported("en-GB")
    'en'
    """
    known = languages()
    short = code.strip().lower().replace("_", "-").partition("-")[0]
    if short not in known:
        raise InputError(f"lang {code!r} has no lexicons; {_known(known)}")
    return short


def _known(codes: list[str]) -> str:
    return f"languages that can be read: {', '.join(codes)}"


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
