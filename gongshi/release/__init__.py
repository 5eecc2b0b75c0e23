"""What turns a change of public.db into a change of build/site, survives a crash, and proves itself."""
