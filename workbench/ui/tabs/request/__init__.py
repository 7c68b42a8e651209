"""The request of a tab with its response: sending it, what its collection may use, its examples, what is advised."""
