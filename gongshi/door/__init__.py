"""The public's only way in: requests for correction (D31), sealed as they arrive. It never opens the record."""
