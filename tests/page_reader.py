"""Reads a page as a browser would and says what is in it: tags, links, headings, texts."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "hr", "input"}

# fmt: off
TAGS = {
    "html", "head", "meta", "title", "link", "style", "body", "main", "section", "header", "footer", "div",
    "span", "p", "h1", "h2", "h3", "a", "bdi", "strong", "code", "pre", "br", "ul", "li", "dl", "dt", "dd",
    "table", "thead", "tbody", "tr", "th", "td", "caption", "details", "summary",
    "svg", "g", "line", "circle", "rect", "path", "text", "defs", "pattern",
}
# fmt: on


class Page(HTMLParser):
    """A parsed page; AssertionError where it is not well nested or has a tag or attribute of no use."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self.open == [], f"left open: {self.open}"

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, f"unexpected <{tag}>"
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice: {names}"
        assert not [name for name in names if name.startswith("on") or name in ("src", "style", "action")]
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another"

    def handle_data(self, data):
        if data.strip() and "style" not in self.open:
            self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag):
        """Attributes of every element of that name."""
        return [attributes for name, attributes in self.found if name == tag]

    @property
    def text(self):
        """All that is read, white space joined."""
        return " ".join(" ".join(text for _, text in self.texts).split())

    def heads(self):
        """Levels of the headings in their order."""
        return [int(tag[1]) for tag, _ in self.found if tag in ("h1", "h2", "h3")]
