#!/bin/sh
# All checks of the project, from a fresh clone on:
#
#     sh packaging/test.sh                       everything, with coverage
#     sh packaging/test.sh tests/core -k tls     arguments go to pytest
#
# As root on Debian and Ubuntu it installs the servers that the end-to-end tests talk to. Elsewhere the tests whose
# server is missing are skipped, and pytest's summary names each; with CI=true in the environment they fail instead.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/system.sh
. "$top/packaging/system.sh"
cd "$top"

# command:package
PROGRAMS='nginx:nginx-light apache2:apache2-bin haproxy:haproxy go:golang-go javac:default-jdk-headless node:nodejs
gnutls-serv:gnutls-bin openssl:openssl curl:curl gnome-keyring-daemon:gnome-keyring dbus-run-session:dbus
Xvfb:xvfb xdotool:xdotool at-spi-bus-launcher:at-spi2-core shellcheck:shellcheck ssh-keygen:openssh-client git:git'

failed=

# stage NAME COMMAND…: runs it, remembers whether it failed.
stage() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed="$failed
  $name"
}

needed="$(missing_python_parts) $(missing_libraries "$QT_LIBRARIES $QT_X11_LIBRARIES")"
programs=$(missing_commands "$PROGRAMS")
# shellcheck disable=SC2086 # one word for each package
if can_install; then
    install $needed $programs
else
    install $needed
    [ -z "$programs" ] || say "Not installed here, so tests that need them are skipped: $programs
    $(install_command $programs)"
fi

environment dev
PATH=$venv/bin:$PATH:/usr/sbin:/sbin
export PATH

stage "ruff check" ruff check .
stage "ruff format" ruff format --check .
stage "mypy" mypy
stage "layers" lint-imports
if command -v shellcheck >/dev/null; then
    stage "shellcheck" shellcheck -x packaging/*.sh packaging/*/*.sh .ci/run
fi
if [ $# -eq 0 ]; then
    stage "pytest" pytest -n 2 --cov --cov-report=term-missing:skip-covered
else
    stage "pytest" pytest -n 2 "$@"
fi

if [ -n "$failed" ]; then
    printf '\nFailed:%s\n' "$failed"
    exit 1
fi
printf '\nAll checks passed.\n'
