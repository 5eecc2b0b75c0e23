"""build/public.db and what is remembered beside it: written whole, changed by decision, taken out of."""
