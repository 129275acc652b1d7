"""What runs the files of `tests/attacks/`: at every isolation level, on a naive grader, with layers taken out."""
