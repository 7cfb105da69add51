"""The graph over HTTP: a SPARQL endpoint, a page of questions, and a page for everything that has an IRI.

app       routes, limits and headers; never touches the graph
pool      the processes that do, each stopped when it takes too long
protocol  SPARQL 1.1 Protocol
pages     what people see
site      the address of an IRI on the server, and the IRI of an address
"""
