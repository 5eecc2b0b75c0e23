"""A case told to those who may read it: its course, its dossier, the papers of its review. Nothing of it is public."""
