"""Missions (oppdrag): mandate, phases, seats, the time contract, status reports."""
