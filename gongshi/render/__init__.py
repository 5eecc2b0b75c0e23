"""Pages from public.db: planned first, each from one typed context, made only if it changed."""
