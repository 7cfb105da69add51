"""A knowledge graph of protest news in which every value leads to its sentence."""

__version__ = "0.1.0"
