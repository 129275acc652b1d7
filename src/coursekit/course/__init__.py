"""The door to the course folder: assignments, case files, mistakes and variants, read strictly from disk."""

from coursekit.course.folder import Course, find_course, slugs

__all__ = ["Course", "find_course", "slugs"]
