"""Pages of what is public before and during enforcement: registers, lists, guides, boards, texts (S1.1, S1.2, S5)."""
