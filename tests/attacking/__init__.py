"""What runs the files of `tests/attacks/`: at every level, on a naive grader, with layers taken out."""
