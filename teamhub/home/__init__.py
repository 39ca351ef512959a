"""Today: what waits for me, and the pages that belong to nobody else."""
