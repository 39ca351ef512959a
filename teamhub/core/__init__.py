"""The kernel: transactions, events, forms, htmx, time and text. It knows no domain."""
