"""One rebuild: steps, report, guards, and what still comes down when it fails."""
