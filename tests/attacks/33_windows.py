# class: 33
# claim: opens windows, waits for clicks, asks for a display
# must: plots go nowhere and nobody waits
# base: solved
# earns: everything
# naive: -
# %%
import matplotlib.pyplot as plt
plt.figure()
plt.plot([1, 2])
plt.show(block=True)
plt.pause(0.01)
# %%
import tkinter
tkinter.Tk().mainloop()
