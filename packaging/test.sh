#!/bin/sh
# All checks of the project, from a fresh clone on:
#
#     sh packaging/test.sh                       everything, with coverage
#     sh packaging/test.sh tests/core -k tls     arguments go to pytest
#
# As root on Debian and Ubuntu it installs the servers that the end-to-end tests talk to. Elsewhere the tests whose
# server is missing are skipped, and pytest's summary names each; with CI=true in the environment they fail instead.
# With CI=true, as root on Debian, the last stage builds the .deb and proves it in a fresh minimal Debian, unless the
# rest took so long that there is no time left for that.
set -eu
began=$(date +%s)
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/system.sh
. "$top/packaging/system.sh"
cd "$top"

# command:package
PROGRAMS='nginx:nginx-light apache2:apache2-bin haproxy:haproxy go:golang-go javac:default-jdk-headless node:nodejs
gnutls-serv:gnutls-bin openssl:openssl curl:curl gnome-keyring-daemon:gnome-keyring dbus-run-session:dbus
Xvfb:xvfb xdotool:xdotool at-spi-bus-launcher:at-spi2-core shellcheck:shellcheck ssh-keygen:openssh-client git:git'

# Seconds after which the package is no longer begun: building and proving it takes 4 minutes from a fresh clone.
PACKAGE_NOT_AFTER=420

failed=

# stage NAME COMMAND…: runs it, remembers whether it failed.
stage() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed="$failed
  $name"
}

# prove_the_package: builds the .deb and tries it. Where its tools cannot be had, it says so and that is all.
prove_the_package() {
    if [ "$(($(date +%s) - began))" -gt "$PACKAGE_NOT_AFTER" ]; then
        say "Left out: the checks before took too long. Run packaging/build.sh deb && packaging/linux/prove_deb.sh."
        return 0
    fi
    status=0
    { sh packaging/build.sh deb && sh packaging/linux/prove_deb.sh; } || status=$?
    [ "$status" -ne 3 ] || say "Left out: what it needs cannot be had here; the lines above say what."
    [ "$status" -eq 0 ] || [ "$status" -eq 3 ]
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

if [ $# -eq 0 ] && [ "${CI:-}" = true ]; then
    if can_install; then
        stage "the .deb" prove_the_package
    else
        say "The .deb is not built: that needs root on Debian or Ubuntu."
    fi
fi

if [ -n "$failed" ]; then
    printf '\nFailed:%s\n' "$failed"
    exit 1
fi
printf '\nAll checks passed.\n'
