"""What a webmaster is told after each rebuild: status, page, exit status, alarm. Ids and counts, never names."""
