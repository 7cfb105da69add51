"""spaCy components that read facts from the marks of `kg.annotate`, one a kind of fact, and their assembly.

Each appends plain rows (dictionaries of strings and numbers) to a list of its own on `Doc._`;
`kg.extract.assemble` turns them into `kg.facts`.
"""
