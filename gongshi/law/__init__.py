"""The law, pure: from facts, rules and a day to what must, may and must not be. No I/O, no clock."""
