"""Registers, lists, guides and boards before the wall: composed, gated, and given as rows for public.db."""
