"""Requests for correction (D31) on the departments' side: taken in from the inbox, listed, read, answered, counted."""
