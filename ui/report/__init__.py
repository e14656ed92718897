"""A call for others to read: one HTML page that holds everything, or its numbers as CSV or JSON."""

from ui.report.page import page
from ui.report.tables import csv_table, json_document, plain_cell

__all__ = ["csv_table", "json_document", "page", "plain_cell"]
