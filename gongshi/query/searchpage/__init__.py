"""The search page: its context (context.py) is made of what was found (page.py), in words (words.py) and links."""
