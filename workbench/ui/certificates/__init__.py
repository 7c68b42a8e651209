"""Identities, trust bundles, and bringing them in: panels that show stock and ask for changes."""
