"""gongshi (公示): publish what a city’s law-enforcement departments do and decide."""

__version__ = "0.1.0"
