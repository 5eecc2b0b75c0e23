"""The pages about the platform’s own rules and fields."""
