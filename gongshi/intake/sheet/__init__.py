"""From a sheet to values: its header, its columns, its rows, the rows of one decision together."""
