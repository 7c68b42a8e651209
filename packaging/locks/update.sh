#!/bin/sh
# Writes the locked versions anew: runtime.txt and dev.txt from pyproject.toml, the others from their .in files.
# platforms.in narrows them where a platform cannot have the newest. Needs uv in PATH.
#
#     sh packaging/locks/update.sh [--upgrade]
#
# Each file serves Python 3.11 and newer on every platform. All of it is published as wheels, so that nothing is
# compiled, except for argparse-manpage, which is Python only.
set -eu
cd "$(dirname -- "$0")/../.."

# lock NAME ARGUMENT…: writes locks/NAME.txt.
lock() {
    name=$1
    shift
    uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate \
        --quiet --only-binary :all: --no-binary argparse-manpage --output-file "packaging/locks/$name.txt" "$@"
}

lock runtime --constraint packaging/locks/platforms.in "$@" pyproject.toml
lock backend "$@" packaging/locks/backend.in
# What lies in one environment has one version.
lock dev --constraint packaging/locks/runtime.txt --constraint packaging/locks/backend.txt --group pyproject.toml:dev "$@"
lock build --constraint packaging/locks/runtime.txt --constraint packaging/locks/backend.txt "$@" packaging/locks/build.in
lock tools --constraint packaging/locks/backend.txt --constraint packaging/locks/dev.txt "$@" packaging/locks/tools.in
