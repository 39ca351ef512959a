"""Judging challenges fairly: criteria, weights, and assessments blind to each other."""
