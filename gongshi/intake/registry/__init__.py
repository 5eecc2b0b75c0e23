"""Registers, lists, guides, boards and texts: files to checked records, with the same report as for decisions.

`kinds` says whether a batch holds them, `checking` checks it. Every format becomes rows: a table of a record takes
rows of its own, in a sheet as in JSON and YAML.
"""
