"""Case files: a workbook with a sheet for each part of the record, or JSON and YAML of the same, to checked cases.

`recognise` says whether a batch holds them, `checking` checks it; nothing here knows the store.
"""
