"""Legal review of major decisions (重大行政执法决定法制审核办法, L1 to L15), pure: no file, no clock, no store.

`flow` is the course of a review, event by event; `gate` the conditions without which no decision is made; `checklists`
what is handed in, stated and looked at; `reviewers` who may review.
"""
