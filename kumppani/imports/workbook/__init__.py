"""The agreement workbook: one spreadsheet file per agreement, downloaded, filled in, checked and loaded through the same acts as the pages."""
