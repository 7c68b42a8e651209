"""Texts in fixed width, to read and to write: coloured, numbered, folded, searched, of any length."""
