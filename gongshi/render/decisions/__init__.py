"""One decision’s page and the rows behind it."""
