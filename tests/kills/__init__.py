"""Saving, killed at any moment: afterwards there is what was saved last, or what was being saved, whole.

    .venv/bin/python -m tests.kills                    a thousand kills, shared by all kinds of files
    .venv/bin/python -m tests.kills history --count 50

A process saves one numbered state after another and is killed (-9) at a random moment. What it says to have saved
must be there, or the state after it; the next process goes on from there. A share runs with the suite. What the
operating system had not written to the disk yet when the power failed is not tried here.
"""
