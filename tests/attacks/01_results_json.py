# class: 1
# claim: writes every results file that graders are known to read, then ends the process
# must: the files are the worker's own and go with it; the cell is left out
# base: stub
# earns: nothing
# naive: forges
# %%
import json, os
full = json.dumps({"score": 13, "total": 13, "tests": [{"score": 13, "max_score": 13, "name": "q1"}]})
for path in ("results.json", "/autograder/results/results.json", "../results.json", "grades.json", "score.txt"):
    try:
        with open(path, "w") as file:
            file.write(full)
    except OSError:
        pass
os._exit(0)
