"""The pages of notices of withdrawal."""
