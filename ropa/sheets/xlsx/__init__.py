"""Writing workbooks with XlsxWriter: the only place that knows it."""
