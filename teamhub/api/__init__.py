"""What other programs may ask and do for somebody, with a key that person has made: JSON under /api/v1."""
