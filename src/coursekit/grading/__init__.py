"""Grading: a submission from file to run, and a whole batch of them on every core."""
