# class: 9
# claim: imports the grader from the installed packages, and follows its metadata to the course's sources
# must: of the grader only what runs beside the student is there, and the sources are out of reach
# base: stub
# earns: nothing
# naive: breaches
# %%
import glob, json, os, sys
loot = []
for name in ("coursekit.judge.judge", "coursekit.build.materials", "coursekit.gradebook"):
    try:
        __import__(name)
        loot.append(name)
    except BaseException:
        pass
for folder in list(sys.path):
    for path in glob.glob(os.path.join(folder, "coursekit-*", "direct_url.json")):
        try:
            url = json.load(open(path))["url"].removeprefix("file://")
            loot += {"solutions", "autograder", "pyproject.toml"} & set(os.listdir(url))
        except (OSError, ValueError, KeyError):
            pass
if loot:
    def slope(h):
        raise ValueError(f"{'breach'.upper()} {len(loot)}")
