"""What machines come for: feeds (Atom, JSON Feed), sitemap, robots.txt."""
