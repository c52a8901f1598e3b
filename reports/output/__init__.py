"""A summary on its way out: PDF, DOCX, HTML, its evidence as a workbook, and the check before printing.

Everything here is made from laid-out text and values alone; nothing reads a record.
"""
