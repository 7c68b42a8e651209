"""Bruno's older format: ``.bru`` files, read and edited line by line."""
