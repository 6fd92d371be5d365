#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the autograder's image.
set -euo pipefail
autograder="${AUTOGRADER:-/autograder}"
source="$autograder/source"
# The key and the pack hold the answers: root alone reads them, and student code runs as somebody else.
chmod -R go-rwx "$source"
python=""
for name in python3.14 python3.13 python3.12 python3.11 python3; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python="$name"
        break
    fi
done
if [ -z "$python" ]; then
    apt-get update -qq
    for name in python3.13 python3.12 python3.11; do
        if apt-get install -y -qq "$name" "$name-venv"; then
            python="$name"
            break
        fi
    done
fi
[ -n "$python" ] || { echo "There is no Python 3.11 or newer here; choose a newer base image." >&2; exit 1; }
"$python" -m venv "$autograder/venv"
site="$("$autograder/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')"
# The build of torch without CUDA; PyPI's own is several GB.
export PIP_EXTRA_INDEX_URL="${PIP_EXTRA_INDEX_URL-https://download.pytorch.org/whl/cpu}"
"$autograder/venv/bin/pip" install -q --no-cache-dir -r "$source/requirements.txt"
# The grader holds no answer and lies where student code may read it, since its worker runs there.
cp -R "$source/grader" "$site/"
chmod -R go+rX "$autograder/venv"
"$autograder/venv/bin/python" -c 'import grader.cli.main'
