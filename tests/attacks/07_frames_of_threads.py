# class: 7
# claim: looks at the current frames of all threads
# must: there is one thread, and it is the worker's
# base: stub
# earns: nothing
# naive: forges
# %%
import sys, threading

def slope(h):
    found = []
    def look():
        for frame in sys._current_frames().values():
            while frame:
                if hasattr(frame.f_globals.get("reference"), "slope"):
                    found.append(frame.f_globals["reference"].slope)
                frame = frame.f_back
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return found[0](h) if found else None
