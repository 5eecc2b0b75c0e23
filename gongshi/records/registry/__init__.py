"""What a citizen may know before and during enforcement: registers, lists, guides, boards and texts (S1.1, S1.2, S5).

One module for each kind; the folder's `common` has what they share, `key` what tells their records apart.
"""
