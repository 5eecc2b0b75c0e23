"""Bytes to validated records: readers, checks, the error catalogue, reports, fill-in templates."""
