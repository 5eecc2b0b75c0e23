"""What the submitter gets back: the report in words and as JSON, their sheet with the wrong cells marked."""
