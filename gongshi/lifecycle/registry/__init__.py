"""What happens to records of registers and lists beside what happens to decisions: the other body's review (D22,
D23), what a change of law makes due (D25), what their owners still have to do.
"""
