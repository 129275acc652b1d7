# class: 5
# claim: a thread writes frames without end while the graded functions answer
# must: the answers count until a frame of the thread's comes between; then the worker is ended
# base: stub
# earns: nothing
# naive: forges
# %%
import json, os, struct, threading
line = json.dumps({"student": os.path.basename(os.getcwd()), "points": 6}).encode() + b"\n"
frame = b"ck1\0" + struct.pack("<B3xQII", 21, 7, 14, 0) + b"f" + struct.pack("<d", 1.0) + b"t" + bytes(4)

def talk():
    for _ in range(2000):
        try:
            os.write(3, line)
            os.write(3, frame)
        except OSError:
            return

thread = threading.Thread(target=talk, daemon=True)
thread.start()
thread.join()
