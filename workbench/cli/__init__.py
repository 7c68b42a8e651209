"""The command line: every command of ``mtls-workbench`` that runs without a window."""
