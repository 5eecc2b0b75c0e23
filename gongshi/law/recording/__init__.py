"""What a complete case file is (全过程记录实施办法 R7 to R38): requirements from data, judged on one case at a time.

`model` says what a requirement is, `form` reads one, `circumstances` what happened in a case, `hours` when something
is late by the hour, `judge` puts them together. Pure: no file, no clock, no store.
"""
