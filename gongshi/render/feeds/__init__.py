"""What machines come for: Atom feeds, sitemap, robots.txt."""
