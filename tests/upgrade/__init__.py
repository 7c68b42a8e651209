"""Data of released versions, and that this version still opens them."""
