# class: 4
# claim: leaves a child that waits for the results and rewrites them
# must: no child can be started
# base: stub
# earns: nothing
# naive: forges
# %%
import json, os, time
place = os.path.join(os.getcwd(), "results.json")
if os.fork() == 0:
    os.setsid()
    for _ in range(500):
        time.sleep(0.002)
        try:
            if json.load(open(place))["score"] == 0:
                json.dump({"score": 13}, open(place, "w"))
        except (OSError, ValueError, KeyError):
            pass
    os._exit(0)
