"""Cells to canonical values: one module per form of value, no I/O, no knowledge of sheets.

Every parser takes a cell as the reader gives it and returns canonical text (see
`gongshi.records.decision.Values`), None for an empty cell, or raises `Wrong` and nothing else.
"""
