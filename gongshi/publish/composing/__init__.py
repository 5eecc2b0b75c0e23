"""What the public gets of a decision: its fields as the verdict shows them, masked, dated, with its history."""
