"""OpenCollection 1.0: YAML files, read and edited as texts.

``source`` makes plain data of a text; ``item``, ``defaults``, ``environment`` and ``example`` make what the
program works with of the data, and data of that. ``splice`` brings changed data into the text and leaves
the rest: ``places`` tells it where things stand, ``render`` how they are written. ``head`` reads in haste.
"""
