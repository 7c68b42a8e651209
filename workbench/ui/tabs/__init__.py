"""The open requests: a tab each, and what is done with it."""
