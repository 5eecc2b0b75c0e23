"""The bulletin of a month (D19): what each department published, as one reads a gazette, on a screen or on paper."""
