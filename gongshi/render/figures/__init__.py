"""The public figures: numbers, charts, pages."""
