"""The desks' halves in the worker thread, without Qt; everything here may wait."""
