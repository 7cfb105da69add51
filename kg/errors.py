"""What can go wrong, each error with the message a user sees.

KgError
├── UsageError            wrong use: exit code 2
│   ├── BuildNotFound     a folder that holds no build
│   ├── UnknownName       a query, term, format or network kind that does not exist
│   └── BadParameter      a query parameter that is missing, unknown or malformed
├── InputError            an input file or line that cannot be read: reported, the rest goes on
├── StoreError            a store that cannot be reached, or fails, or refuses
├── ResourceError         a lexicon, ontology or query that ships with the package is broken
└── OutputError           a place that cannot be written
"""


class KgError(Exception):
    """Something a user can act on; the message says where and what to do."""


class UsageError(KgError):
    """The command was used in a way it is not meant for."""


class BuildNotFound(UsageError):
    """The folder holds no build of `kg build`."""


class UnknownName(UsageError):
    """No query, term, format or network kind has this name."""


class BadParameter(UsageError):
    """A query parameter is missing, unknown or malformed."""


class InputError(KgError):
    """An input file, or a line of it, cannot be read as an article."""


class StoreError(KgError):
    """A store cannot be reached, or failed, or refuses what it was asked for."""


class ResourceError(KgError):
    """A file that ships with the package is missing or malformed."""


class OutputError(KgError):
    """A file or folder cannot be written."""
