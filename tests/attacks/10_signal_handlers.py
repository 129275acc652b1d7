# class: 10
# claim: ignores every signal that can be ignored, and then does not end
# must: it is killed by the one that cannot
# base: solved
# earns: part
# naive: hangs
# %%
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass

def backward(dh, cache):
    while True:
        pass
