"""The UI thread's bridges to the core: orders to the rooms in the worker, news back as signals."""
