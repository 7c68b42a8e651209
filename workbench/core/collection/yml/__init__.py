"""OpenCollection 1.0: YAML files, read and edited as texts.

``source`` makes plain data of a text, ``item``, ``defaults``, ``environment`` and ``example`` make what
the program works with of the data and back, ``splice`` brings changed data into the text and leaves the rest.
"""
