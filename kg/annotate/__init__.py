"""spaCy components that mark up the text: sentences, quotations, names and groups, dates, numbers, events.

Each leaves spans on the `Doc` (`doc.spans[KEY]`) and plain data in `SpanGroup.attrs`; what facts are read
from the marks is the business of `kg.extract`.
"""
