# class: 35
# claim: markup, script, template and formula in messages, names of exceptions and source lines
# must: a page shows them as text
# base: solved
# earns: part
# naive: -
# %%
Evil = type("<img src=x onerror=alert(1)>", (Exception,), {})

def backward(dh, cache):
    raise Evil("=cmd|'/c calc'!A1 <script>alert(1)</script> {{ 7 * 7 }} {% raw %} </code></pre>")  # <script>alert(2)</script>
