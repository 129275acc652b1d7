# class: 19
# claim: loops for ever in a cell
# must: the cell is left out with a sentence; what is defined before it counts
# base: solved
# earns: everything
# naive: hangs
# says: did not end within|processor time
# %%
while True:
    pass
