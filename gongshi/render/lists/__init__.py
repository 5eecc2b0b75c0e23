"""The lists of decisions, and the pages that lead to them."""
