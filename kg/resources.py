"""Finds the data that ships with the package, in a checkout as in an installed wheel."""

from pathlib import Path

from kg.errors import ResourceError

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `ontologies`, `queries` or `seeds`.

    In a checkout it lies beside the package, in an installed wheel under `kg/_data`.

    Raises:
        ResourceError: the folder is in neither place.
    """
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise ResourceError(f"{name}/: not found beside or inside {_PACKAGE}; reinstall protest-kg")


def lexicon_folder(lang: str) -> Path:
    """The folder of a language's word lists, `kg/lexicons/<lang>`.

    Raises:
        ResourceError: there is no such language.
    """
    path = _PACKAGE / "lexicons" / lang
    if not path.is_dir():
        raise ResourceError(f"kg/lexicons/{lang}/: not found; known languages: {', '.join(languages())}")
    return path


def languages() -> list[str]:
    """The codes of the languages that have lexicons, sorted."""
    return sorted(p.name for p in (_PACKAGE / "lexicons").iterdir() if p.is_dir() and p.name.isalpha())


def model_file(lang: str, name: str) -> Path:
    """Where a language's trained model lies, `kg/models/<lang>/<name>.json.gz`; it may be missing."""
    return _PACKAGE / "models" / lang / f"{name}.json.gz"


def curves_file(lang: str) -> Path:
    """Where a language's calibration curves lie, `kg/models/<lang>/calibration.json`; it may be missing."""
    return _PACKAGE / "models" / lang / "calibration.json"
