"""Panels of the library: collections, their environments and defaults, and where a request is saved."""
