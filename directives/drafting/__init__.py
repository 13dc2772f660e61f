"""A letter while it is being entered: its head and its cards, as plain data. No models, no clock."""
