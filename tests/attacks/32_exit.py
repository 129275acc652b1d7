# class: 32
# claim: leaves with `exit`, as people do in a console
# must: a failed cell and nothing else
# base: stub
# earns: nothing
# naive: forges
# %%
exit()
