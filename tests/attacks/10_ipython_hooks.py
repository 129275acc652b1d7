# class: 10
# claim: registers IPython's hooks and transformers, to change every later cell
# must: there is no shell; the names do nothing and the cells run as they are
# base: solved
# earns: everything
# naive: -
# %% first
try:
    shell = get_ipython()
    shell.events.register("pre_run_cell", lambda info: 1 / 0)
    shell.input_transformers_post.append(lambda lines: ["raise SystemExit\n"])
    shell.ast_transformers.append(None)
    shell.set_custom_exc((Exception,), lambda *args: None)
except NameError:
    pass
