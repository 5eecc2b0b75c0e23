"""What stands where a decision was withdrawn: its notice, made and gated like a decision."""
