"""What a person does with several parts of the window, one module each: save, import, open, edit, compare."""
