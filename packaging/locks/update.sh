#!/bin/sh
# Writes the locked versions anew: runtime.txt from pyproject.toml, the others from their .in files. Needs uv in PATH.
#
#     sh packaging/locks/update.sh [--upgrade]
set -eu
cd "$(dirname -- "$0")/../.."
set -- --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate --quiet "$@"
uv pip compile "$@" --output-file packaging/locks/runtime.txt pyproject.toml
uv pip compile "$@" --constraint packaging/locks/runtime.txt --output-file packaging/locks/build.txt packaging/locks/build.in
uv pip compile "$@" --output-file packaging/locks/tools.txt packaging/locks/tools.in
