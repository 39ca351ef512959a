"""Imports: any CSV or XLSX, all or nothing, with errors a person can mend."""
