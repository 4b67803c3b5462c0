"""The gap analysis as a file: for a manager a workbook, a page or Markdown; for machines SARIF and JUnit XML."""
