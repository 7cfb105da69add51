"""`kg serve`"""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import say
from kg.serve.answer import MIB, Limits
from kg.serve.server import is_loopback
from kg.serve.server import serve as run


def serve(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; other machines reach 0.0.0.0.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 7878,
    open_: Annotated[bool, typer.Option("--open", help="Open the first page in a browser.")] = False,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds that an answer may take.")] = 30.0,
    max_answer: Annotated[int, typer.Option(min=1, metavar="MIB", help="How large an answer may be.")] = 64,
    max_concurrent: Annotated[
        int, typer.Option(min=1, max=64, help="How many questions are answered at once.")
    ] = 4,
    cors: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN", help="A web site whose scripts may ask, such as https://a.org; * for all."
        ),
    ] = None,
) -> None:
    """Serve a graph: pages for people, SPARQL for programs.

    Everything that has an IRI has a page, which is Turtle or JSON-LD for programs that ask for that.
    The graph is only read. It is for this machine alone unless --host says otherwise. Ctrl-C ends it.

    \b
    Examples:
      kg serve out
      kg serve out --port 0 --open
      kg serve out --timeout 5 --max-answer 8
      curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?s ?p ?o } LIMIT 5' \\
        http://127.0.0.1:7878/sparql
    """
    if not is_loopback(host):
        say(f"kg: warning: {host} can be reached from other machines, and the graph by whoever reaches it")

    def ready(url: str) -> None:
        print(f"{folder} is served at {url}\nSPARQL endpoint: {url}sparql   (Ctrl-C ends it)", flush=True)
        if open_:
            webbrowser.open(url)

    limits = Limits(timeout=timeout, answer=max_answer * MIB, concurrent=max_concurrent)
    try:
        run(folder, host=host, port=port, limits=limits, origins=cors or (), ready=ready)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
