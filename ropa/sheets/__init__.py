"""Laying a register out: workbooks, texts, data frames. One file or folder a layout; each is found by where it lives."""
