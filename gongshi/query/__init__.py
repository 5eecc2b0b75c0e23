"""Chinese search, facets, public API, tables, and the wall around Datasette: all that is asked of a server."""
