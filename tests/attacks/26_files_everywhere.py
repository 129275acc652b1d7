# class: 26
# claim: leaves files wherever it may write
# must: its own folder is all that it may write, and that is removed
# base: solved
# earns: everything
# naive: litters
# %%
import os, site, sysconfig
places = ["/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/", "/etc", "/run", "/usr/lib", os.path.expanduser("~")]
places += [sysconfig.get_path("purelib"), site.getusersitepackages(), "..", "../.."]
for place in places:
    try:
        with open(os.path.join(place, "owned-everywhere"), "w") as file:
            file.write("owned")
    except OSError:
        pass
