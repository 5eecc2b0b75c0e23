"""The legal review of a case as people run it: who may take which step, journaled, and the gate before a decision."""
