"""Mistakes as data: applying them to the Reference, naming them from recorded calls, following them through."""
