"""Foreign input, mutated: each must end in an answer or in an error of ours, soon and in little memory.

    .venv/bin/python -m tests.fuzz                          the targets there are
    .venv/bin/python -m tests.fuzz yml --count 1000000      one of them
    .venv/bin/python -m tests.fuzz all --seconds 60         all, a minute of processor time each

A target is a parser with the seeds that are mutated for it; every module in ``targets`` declares some. Input number
``n`` of a seed is always the same. A share runs with the suite (``test_fuzz``).
"""
