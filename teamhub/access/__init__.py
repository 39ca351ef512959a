"""The permission policy: who may do what, on one page, below everything it protects."""
