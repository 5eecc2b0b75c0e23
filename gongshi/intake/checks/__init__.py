"""What must hold of a row and of a batch, one by one and for many rows at once."""
