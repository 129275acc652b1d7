# class: 15
# claim: returns an object that runs code where it is unpickled or copied
# must: nothing of a worker is ever unpickled
# base: stub
# earns: nothing
# naive: litters
# %%
import os

class Bomb:
    def __reduce__(self):
        return os.open, ("/tmp/owned-by-pickle", os.O_CREAT | os.O_WRONLY)

slope = jacobian = backward = lambda *args: Bomb()
q2_choice = Bomb()
