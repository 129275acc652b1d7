# class: 32
# claim: a cell of bash that leaves a file and a process
# must: there is no shell
# base: solved
# earns: everything
# naive: litters
# says: was not run: there is no shell
# %%
%%bash
touch /tmp/owned-by-bash /dev/shm/owned-by-bash
sleep 20 &
