"""The spaCy pipeline of a language, and the facts of articles through it.

    spaCy:       tagger · parser
    kg.annotate: tok2vec (before them) · paragraphs (before the parser) · morphology · ner (like tok2vec and
                 morphology with the weights or rules of spaCy's own) · quotes · mentions · coreference ·
                 dates · quantities · counted · triggers · same_event
    kg.extract:  positions · roles · numbers · demands · event_dates · statuses · links · slogans ·
                 statements · stances, then assembled into `kg.facts` and calibrated

The statistical model underneath is the first installed one that `kg/lexicons/<lang>/pipeline.toml` names.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import groupby

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

import kg.annotate.coreference
import kg.annotate.counted
import kg.annotate.dates
import kg.annotate.mentions
import kg.annotate.paragraphs
import kg.annotate.quantities
import kg.annotate.quotes
import kg.annotate.same_event
import kg.annotate.triggers
import kg.extract.demands
import kg.extract.event_dates
import kg.extract.links
import kg.extract.numbers
import kg.extract.positions
import kg.extract.roles
import kg.extract.slogans
import kg.extract.stances
import kg.extract.statements
import kg.extract.statuses  # noqa: F401 – importing a component registers it
from kg import calibration
from kg.annotate import morphology, ner, tok2vec
from kg.annotate.reading import common_words, plain
from kg.article import Article
from kg.calibration import calibrated
from kg.errors import ResourceError
from kg.extract.assemble import facts
from kg.facts import ArticleFacts
from kg.lexicon import lexicon
from kg.relevance import relevance

ANNOTATORS = (
    "kg_quotes",
    "kg_mentions",
    "kg_coreference",
    "kg_dates",
    "kg_quantities",
    "kg_counted",
    "kg_triggers",
    "kg_same_event",
)
EXTRACTORS = (
    "kg_positions",
    "kg_roles",
    "kg_numbers",
    "kg_demands",
    "kg_event_dates",
    "kg_statuses",
    "kg_links",
    "kg_slogans",
    "kg_statements",
    "kg_stances",
)
BATCH = 32  # articles


@cache
def pipeline(lang: str) -> Language:
    """The pipeline of a language, with all components.

    Raises:
        ResourceError: no lexicons for this language, or none of its spaCy models is installed.
    """
    nlp = base(lang)
    for name in (*ANNOTATORS, *EXTRACTORS):
        nlp.add_pipe(name)
    return nlp


def base(lang: str) -> Language:
    """The spaCy model of a language with sentences that keep to paragraphs, before our other components."""
    names = lexicon(lang, "pipeline").word_list("models")
    installed = next((n for n in names if find_spec(n)), None)
    if installed is None:
        raise ResourceError(
            f"no spaCy model for {lang!r}: pip install {names[0]} (or one of {', '.join(names)})"
        )
    nlp = spacy.load(installed)
    nlp.add_pipe("kg_paragraphs", before="parser")
    if tok2vec.replaces(nlp):
        nlp.add_pipe(tok2vec.NAME, after=tok2vec.REPLACED)
        nlp.disable_pipe(tok2vec.REPLACED)
    if morphology.replaces(nlp):
        nlp.add_pipe(morphology.NAME, after="parser")
        for name in morphology.REPLACED:
            nlp.disable_pipe(name)
    if ner.replaces(nlp):
        nlp.add_pipe(ner.NAME, after=ner.REPLACED)
        nlp.disable_pipe(ner.REPLACED)
    return nlp


def extract(articles: Iterable[Article]) -> Iterator[ArticleFacts]:
    """The facts of each article, in the order of the articles.

    One process reads them; `kg.workers.extract` does the same with several. Articles of one language that
    stand together go through spaCy in batches. An article without `lang` is taken for English.
    """
    for lang, group in groupby(articles, key=lambda a: a.lang):
        nlp, curves = pipeline(lang or "en"), calibration.load(lang or "en")
        pairs = ((prepared(nlp, article), article) for article in group)
        docs = nlp.pipe(pairs, as_tuples=True, batch_size=BATCH)
        yield from _undisturbed(calibrated(facts(doc, article), curves) for doc, article in docs)


def _undisturbed(found: Iterator[ArticleFacts]) -> Iterator[ArticleFacts]:
    """The same, each article read in one thread and without Python's search for reference cycles.

    What is made while an article is read is young and alive: looking through it time and again finds nothing
    and costs up to a twentieth of the time, so it is put off to between two articles. And several threads
    multiply the matrices of an article hardly sooner, but round them another way, which would make facts hang
    on the number of processors; `kg.workers` puts those to use.
    """
    while True:
        searching = gc.isenabled()
        gc.disable()
        try:
            with _matrices().limit(limits=1):
                article = next(found, None)
        finally:
            if searching:
                gc.enable()
        if article is None:
            return
        yield article


@cache
def _matrices() -> ThreadpoolController:
    """The libraries that numpy and scipy multiply matrices with."""
    return ThreadpoolController().select(user_api="blas")


def prepared(nlp: Language, article: Article) -> Doc:
    """The tokens of an article as it is read, with what the pipeline knows of it besides its words."""
    doc = nlp.make_doc(plain(article.title, article.text, common_words(nlp)))
    doc._.published = article.published
    doc._.relevance = relevance(doc.lang_, article.title, article.text)
    return doc
