"""The body of a request, being written: one editor for each kind, and what is wrong in it."""
