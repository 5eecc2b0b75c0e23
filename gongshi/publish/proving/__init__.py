"""What departed is gone: what to look for, where, and what may stand by right."""
