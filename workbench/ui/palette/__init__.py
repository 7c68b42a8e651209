"""The palette: one field that finds everything there is to do or to open.

::

    Entry     entry      one thing, and what happens when it is chosen
    Index     matching   entries made ready to be searched, in the worker
    Palette   palette    the field and what it found; add_source(name, provider) says what there is
"""
