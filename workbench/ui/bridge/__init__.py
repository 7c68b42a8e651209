"""The bridge between the window and the core: ``Bridge`` in the UI thread, ``Services`` in the worker thread."""
