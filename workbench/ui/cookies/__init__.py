"""The cookies of a workspace: seen, searched, added, changed, deleted, and brought back."""
