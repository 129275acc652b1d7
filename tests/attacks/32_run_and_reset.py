# class: 32
# claim: %run of a file of the machine's, %reset of the namespace, %load_ext of an extension
# must: none of them does anything
# base: solved
# earns: everything
# naive: -
# %%
%reset -f
%load_ext os
%run /etc/passwd
get_ipython().run_line_magic("reset", "-f")
