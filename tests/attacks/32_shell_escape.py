# class: 32
# claim: reads files with the shell, and what it says with `x = !command`
# must: there is no shell; a note says so and the cell goes on
# base: stub
# earns: nothing
# naive: steals
# says: was not run: there is no shell
# %%
text = !cat ../../*.py ../../*/*/*/*.py
def slope(h):
    raise ValueError("\n".join(text))
