"""«Foreslå team»: what the composer is asked about a mission, and its answers as pages and JSON."""
