"""The application, put together: the one place that knows every part."""
