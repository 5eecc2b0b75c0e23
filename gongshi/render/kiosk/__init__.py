"""Screens in a hall (D19): the city's newest decisions, in the frame that the departments' boards have, too."""
