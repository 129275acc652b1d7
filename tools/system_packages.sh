#!/bin/sh
# Installs bubblewrap (the sandbox) and chromium (the browser tests) with apt, where that can be done.
# Says in one line what is missing otherwise; never fails: the isolation level is detected at run time.
set -u
missing=""
command -v bwrap >/dev/null 2>&1 || missing="$missing bubblewrap"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "installing$missing"
    apt-get update -qq >/dev/null 2>&1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null 2>&1
fi
command -v bwrap >/dev/null 2>&1 ||
    echo "bubblewrap is not installed: grading uses a weaker isolation level (apt install bubblewrap)"
command -v chromium >/dev/null 2>&1 ||
    echo "chromium is not installed: browser tests are skipped (apt install chromium)"
exit 0
