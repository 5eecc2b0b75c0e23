"""The one traversal of the store: decisions before the wall, by one process or several, their rows laid aside."""
