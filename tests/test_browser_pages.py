"""The pages in a real browser: they fit a phone, the dark theme is dark, nothing is loaded, nothing runs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape

import pytest
from fake_cohort import HOSTILE, MISTAKES, assignment, cohort, mixed, run, unreadable

from coursekit.pages import class_page, student_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

WIDTHS = (360, 1200)
HW = assignment()

# A page of ours has no script; this one frames each page at each width, measures, and prints what it found.
MEASURE = """<!doctype html><meta charset="utf-8"><body><script>
const pages = %s, widths = %s, found = {};
const frames = pages.flatMap(name => widths.map(width => [name, width]));
let left = frames.length;
const pen = document.createElement("canvas").getContext("2d");
function letters(element) {  // how many of its own letters fit on a line of this element
  const text = element.textContent.trim().replace(/\\s+/g, " ");
  pen.font = element.ownerDocument.defaultView.getComputedStyle(element).font;
  const fit = element.getBoundingClientRect().width * text.length / pen.measureText(text).width;
  return Math.min(text.length, fit) || 0;
}
for (const [name, width] of frames) {
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${width}px;height:800px;border:0`;
  frame.onload = () => {
    const page = frame.contentDocument, root = page.documentElement;
    const inner = [...page.querySelectorAll("body *")].filter(e => !e.closest(".scroll, thead"));
    found[`${name} ${width}`] = {
      overflow: Math.max(0, root.scrollWidth - width),
      ground: frame.contentWindow.getComputedStyle(page.body).backgroundColor,
      loaded: frame.contentWindow.performance.getEntriesByType("resource").length,
      alerted: "alerted" in window || "alerted" in frame.contentWindow,
      dots: page.querySelectorAll("circle").length,
      longest: Math.max(0, ...[...page.querySelectorAll("p, li, dd")].map(letters)),
      cut: inner.filter(e => e.getBoundingClientRect().right > width + 1).length,
    };
    if (!--left) document.title = JSON.stringify(found);
  };
  frame.src = name; document.body.append(frame);
}
</script>"""


def browse(folder, *arguments):
    """Headless Chromium, offline, with a profile of its own; returns what it prints."""
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={folder / 'profile'}",
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Every kind of page as a file."""
    _, runs = cohort(60)
    hostile = run(
        "<script>alerted = 1</script>" + "A" * 300,
        HW,
        reason="<img src=x onerror='parent.alerted = 1'>" + "B" * 900,
        remarks=tuple(HOSTILE),
    )
    pages = {
        "perfect": student_page(run("Ada", HW), HW, MISTAKES),
        "mixed": student_page(mixed("Ada", HW), HW, MISTAKES, run_id=12, late=True),
        "ungradable": student_page(unreadable("Ada", HW), HW, MISTAKES),
        "hostile": student_page(hostile, HW, MISTAKES),
        "class60": class_page(dict(enumerate(runs)), HW, MISTAKES, late=[3]),
        "class3": class_page(dict(enumerate(runs[:3])), HW, MISTAKES),
    }
    folder = tmp_path_factory.mktemp("pages")
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    names = [f"{name}.html" for name in pages]
    (folder / "measure.html").write_text(MEASURE % (json.dumps(names), json.dumps(WIDTHS)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=["light", "dark"])
def measured(request, folder):
    """(theme, what the browser measured of every page at every width)."""
    dom = browse(
        folder,
        f"--blink-settings=preferredColorScheme={0 if request.param == 'dark' else 1}",
        "--allow-file-access-from-files",
        "--virtual-time-budget=20000",
        "--dump-dom",
        (folder / "measure.html").as_uri(),
    )
    found = json.loads(unescape(re.search(r"<title>(.*?)</title>", dom).group(1)))
    assert len(found) == 6 * len(WIDTHS)
    return request.param, found


def test_nothing_is_wider_than_the_screen(measured):
    """Only tables in regions that scroll by themselves may be."""
    _, found = measured

    assert {name: (page["overflow"], page["cut"]) for name, page in found.items()} == dict.fromkeys(
        found, (0, 0)
    )


def test_lines_stay_readable(measured):
    """At most about 75 characters on a line of prose."""
    _, found = measured

    assert {name: page["longest"] for name, page in found.items() if page["longest"] > 77} == {}


def test_the_theme_follows_the_reader(measured):
    theme, found = measured
    expected = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 28)"}[theme]

    assert {page["ground"] for page in found.values()} == {expected}


def test_nothing_is_loaded_and_nothing_runs(measured):
    """Hostile names and messages are on these pages."""
    _, found = measured

    assert {(page["loaded"], page["alerted"]) for page in found.values()} == {(0, False)}


def test_drawings_are_drawn(measured):
    _, found = measured

    assert found["class60.html 360"]["dots"] == 57


def test_a_page_can_be_photographed(folder):
    """What the browser paints is more than one colour."""
    image = folder / "mixed.png"
    browse(folder, "--window-size=1200,900", f"--screenshot={image}", (folder / "mixed.html").as_uri())
    pyplot = pytest.importorskip("matplotlib.image")
    pixels = pyplot.imread(image)

    assert pixels.shape[:2] == (900, 1200)
    assert len({tuple(pixel) for pixel in pixels[::7, ::7, :3].reshape(-1, 3).round(2).tolist()}) > 5
