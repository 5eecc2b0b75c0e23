"""What two persons do to a decision: propose, answer, choose; what waits for the second of them; committed as files."""
