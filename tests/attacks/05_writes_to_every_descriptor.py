# class: 5
# claim: writes messages that look like verdicts to every descriptor above the standard ones
# must: what is no reply to the question asked ends the worker, and is no verdict
# base: stub
# earns: nothing
# naive: forges
# %%
import json, os
name = os.path.basename(os.getcwd())
message = json.dumps({"student": name, "points": 6, "passed": True, "status": "passed"}) + "\n"
for descriptor in range(3, 64):
    try:
        os.write(descriptor, message.encode())
    except OSError:
        pass
