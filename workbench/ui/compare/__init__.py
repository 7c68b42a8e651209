"""Two exchanges side by side: what is the same is folded, what differs is marked and can be stepped through.

::

    lines       one line of a comparison; texts line by line, fields by their names; folding
    bodies      two bodies as texts that can be compared line by line
    comparison  all that two exchanges differ in, section by section: pure, to be worked out in the worker
    line_rows   the lines as a table model
    view        what a person sees
"""
