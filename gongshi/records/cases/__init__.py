"""What a case file holds: the case, its parties and every record of its course (R2 to R34). Nothing of it is public."""
