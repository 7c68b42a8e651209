"""What holds for every test: nothing of this machine leaks in, nothing leaves it, nothing goes wrong unseen."""

pytest_plugins = (
    "tests.support.surroundings",
    "tests.support.loopback",
    "tests.support.logs",
    "tests.support.qt",
)
