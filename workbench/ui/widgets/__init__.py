"""Widgets that know no panel: shown data comes in, signals go out."""
