"""The judge: runs Otter cases against proxies of a student's functions, and never a line of student code."""
