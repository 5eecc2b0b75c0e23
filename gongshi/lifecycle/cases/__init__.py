"""Case files: who may read them, how they are taken in, checked and decided. Nothing of it reaches the public side."""
