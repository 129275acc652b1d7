"""Mistakes as data: applied to the Reference, named from recorded calls, followed through."""
