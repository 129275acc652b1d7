"""Pages that tell: one for a student, one for the class, one that lists several classes.

Every page is one file: no script, no font, no image from elsewhere, and a policy that would forbid them.
Whatever comes from students is hostile until shown: escaped, its control characters made visible, cut.

This package is the only one that imports jinja2.
"""

from coursekit.pages.render import class_link, class_page, index_page, student_page
from coursekit.pages.text import page_name

__all__ = ["class_link", "class_page", "index_page", "page_name", "student_page"]
