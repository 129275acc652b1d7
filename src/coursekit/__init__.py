"""coursekit: a numpy course on why recurrent networks forget, and the autograder that scores it."""
