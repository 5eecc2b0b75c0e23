"""Registers, lists, guides, boards and texts, as the search, the API and the matrix of 12345+ answer of them.

They have an index of their own (records_fts) and are at most some ten thousands, so nothing here is kept beside what is
worked out anew when the file has changed: what was taken down is gone with the row.
"""
