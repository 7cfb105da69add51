"""The graph in a store: Oxigraph on disk or in memory, an rdflib Dataset, or an endpoint on the web.

    interface   what a store is to the rest of kg
    oxigraph    in a folder, in memory, or read from a file of RDF
    rdflib      in an rdflib Dataset
    remote      anywhere that speaks SPARQL 1.1 over HTTP, at the URLs and with the login of `endpoint`
    filling     from one store into another
    names       which named graphs are kg's

Queries see the union of all named graphs as their default graph.
"""

from kg.store.filling import Filled, base_of, fill
from kg.store.interface import Found, Store
from kg.store.oxigraph import OxigraphStore, is_rdf, memory, open_store, read_file, write
from kg.store.rdflib import RdflibStore
from kg.store.remote import RemoteStore, connect

__all__ = [
    "Filled",
    "Found",
    "OxigraphStore",
    "RdflibStore",
    "RemoteStore",
    "Store",
    "base_of",
    "connect",
    "fill",
    "is_rdf",
    "memory",
    "open_store",
    "read_file",
    "write",
]
