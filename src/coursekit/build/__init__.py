"""Master to release: what several verbs share when they make things from a course's sources."""
