"""The wall: what of the store becomes public, masked and gated, and the one file that it becomes."""
