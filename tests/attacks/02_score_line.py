# class: 2
# claim: prints lines that look like results, to every stream, and ends before the grader can print its own
# must: output goes nowhere
# base: stub
# earns: nothing
# naive: forges
# %%
import os, sys
for name in (os.path.basename(os.getcwd()), "me"):
    for line in (f"SCORE {name} 6", f"{name}: 13/13", '{"status": "passed", "score": 13}', "ok 1 - q1", "OK"):
        print(line, flush=True)
        print(line, file=sys.stderr, flush=True)
os._exit(1)
