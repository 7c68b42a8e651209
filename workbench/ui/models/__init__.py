"""Item models over core data: each from one list of typed columns."""
