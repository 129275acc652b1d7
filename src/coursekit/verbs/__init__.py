"""One verb a file: what `coursekit VERB` does. Verbs do not import one another."""
