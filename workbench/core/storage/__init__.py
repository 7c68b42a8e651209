"""The program's folder and the operating system's keyring."""
