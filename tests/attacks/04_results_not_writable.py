# class: 4
# claim: writes the results and takes away the right to write them, from the folder too
# must: the folder is the worker's own, and is removed whatever its rights
# base: stub
# earns: nothing
# naive: forges
# %%
import json, os
with open("results.json", "w") as file:
    json.dump({"score": 13}, file)
os.chmod("results.json", 0o444)
os.chmod(".", 0o555)
