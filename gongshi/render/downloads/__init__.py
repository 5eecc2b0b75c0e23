"""Downloads: what was first published in a month, one table for each kind of decision, in four formats.

The table has a row for each party of a decision, in the columns that the departments' own sheets have: nearly all
decisions have one party, amounts stay numbers that can be summed, and a text in which the parties differ stands in
its usual column. CSV for people, JSON Lines and Parquet for programs lie below build/site; XLSX is made when it is
asked for (gongshi.query.download).

- columns.py: which columns a kind's table has, from the declarations
- rows.py: the rows of a kind and a month
- formats.py: rows as CSV, JSON Lines, Parquet
- splicing.py: the same rows out of the file that lay there, where a run touched a few days of a month
- workbook.py: rows as XLSX, piece by piece
- package.py, catalog.py: what all of it is, for programs: data package and schemas, DCAT and schema.org
- pages.py: the files and the page /downloads/ as parts of the site
"""
