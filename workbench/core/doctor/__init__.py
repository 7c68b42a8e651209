"""The doctor: evidence in, diagnosis code and words out."""
