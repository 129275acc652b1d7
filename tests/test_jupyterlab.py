"""A solved notebook in JupyterLab in a browser: cells run, sliders and menus redraw, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from devtools import CHROMIUM, HOST, Page

pytest.importorskip("jupyterlab")
pytest.importorskip("websocket")

from lab_server import jupyter_lab

from coursekit.build.notebooks import solved_notebook
from coursekit.build.release import build_release
from coursekit.course import Course

SLUG = "hw2_bptt"  # numbers, a menu of names and a menu of numbers are moved in it

pytestmark = [
    pytest.mark.kernel,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]

OPENED = (
    "window.jupyterapp && [...jupyterapp.shell.widgets('main')].some(tab => tab.content?.widgets?.length > 5)"
)
TAKE = """
window.tab = [...jupyterapp.shell.widgets('main')].find(tab => tab.content?.widgets);
jupyterapp.shell.activateById(tab.id);
"""
IDLE = "tab.sessionContext.session?.kernel?.status === 'idle'"
RUN_ALL = "jupyterapp.commands.execute('notebook:run-all-cells')"
CELLS = """
[...tab.content.widgets].filter(cell => cell.model.type === 'code')
    .map(cell => [cell.model.sharedModel.source, cell.model.outputs.toJSON()])
"""
CONTROLS = """
window.controls = [...document.querySelectorAll('.widget-interact')].flatMap(box =>
    [...box.querySelectorAll('.noUi-handle, select')].map(knob => ({box, knob})));
controls.map(({knob}) => knob.tagName)
"""
SHOWN = "controls[%d].box.querySelector('img')?.src"
STATES = (
    "[...controls[%d].box.querySelectorAll('.widget-readout, select')].map(e => e.value ?? e.textContent)"
)
COMPLAINTS = """
[...document.querySelectorAll('.widget-interact [data-mime-type]')]
    .filter(e => /error|stderr/.test(e.dataset.mimeType)).map(e => e.textContent)
"""
PLACES = """
(() => {
    const {knob} = controls[%d], rail = knob.closest('.noUi-base');
    knob.scrollIntoView({block: 'center'});
    const at = knob.getBoundingClientRect(), line = rail.getBoundingClientRect();
    const x = at.x + at.width / 2, y = at.y + at.height / 2;
    const share = (x - line.x) / line.width;
    return [[x, y], [line.x + line.width * (share < 0.5 ? 0.75 : 0.25), y]];
})()
"""
CHOOSE = """
(() => {
    const {knob} = controls[%d];
    knob.selectedIndex = (knob.selectedIndex + 1) %% knob.options.length;
    knob.dispatchEvent(new Event('change', {bubbles: true}));
    return knob.options.length;
})()
"""


@pytest.fixture(scope="module")
def page(root, tmp_path_factory) -> Iterator[Page]:
    """The solved notebook of a release, opened in JupyterLab, after *Run all*."""
    private = tmp_path_factory.mktemp("lab")
    folder = build_release(root, SLUG, private / "release")
    (folder / f"{SLUG}.ipynb").write_bytes(solved_notebook(root, SLUG))
    with jupyter_lab(folder, private) as url, Page(private) as page:
        page.open(url.format(f"{SLUG}.ipynb"))
        page.wait(OPENED, "the notebook opens")
        page.run(TAKE)
        page.wait(IDLE, "a kernel starts")
        page.run(RUN_ALL)
        yield page


def outputs(page: Page) -> dict[str, list[dict[str, Any]]]:
    """Source of a code cell → its outputs."""
    return dict(page.run(CELLS))


def test_every_cell_runs(page):
    kinds = [(source, one["output_type"]) for source, shown in outputs(page).items() for one in shown]

    assert [source for source, kind in kinds if kind == "error"] == []
    assert sum(kind == "display_data" for _, kind in kinds) >= 4


def test_every_check_passes(page, root):
    shown = outputs(page)
    for question in Course(root).assignment(SLUG).questions:
        said = str(shown[f'grader.check("{question.id}")'])
        assert "All test cases passed!" in said, said


def test_every_control_redraws_its_figure(page):
    controls = page.run(CONTROLS)
    assert sorted(controls) == ["DIV"] * 3 + ["SELECT"] * 2

    for number, kind in enumerate(controls):
        before, states = page.wait(SHOWN % number, "a figure below its sliders"), page.run(STATES % number)
        if kind == "SELECT":
            assert page.run(CHOOSE % number) > 1
        else:
            page.drag(*page.run(PLACES % number))
        page.wait(f"({SHOWN % number} ?? {before!r}) !== {before!r}", f"control {number} changes the figure")
        assert page.run(STATES % number) != states
    assert page.run(COMPLAINTS) == []


def test_nothing_is_fetched_and_nothing_fails(page):
    local = (f"http://{HOST}:", f"ws://{HOST}:", "data:", "blob:")

    assert [url for url in page.requested if not url.startswith(local)] == []
    assert page.failed == []


def test_what_the_window_shows_can_be_photographed(page, tmp_path: Path):
    """Text, a figure and sliders: many colours, and not one of a blank page."""
    image = pytest.importorskip("matplotlib.image")
    page.run("controls[0].box.scrollIntoView({block: 'center'})")
    page.photograph(tmp_path / "sliders.png")
    pixels = image.imread(tmp_path / "sliders.png")[::5, ::5, :3]

    assert len({tuple(pixel) for pixel in pixels.reshape(-1, 3).round(2).tolist()}) > 20
