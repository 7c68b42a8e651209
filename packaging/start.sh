#!/bin/sh
# From a fresh clone to the running program, with nothing but Python 3.11 or newer:
#
#     sh packaging/start.sh              the window, with the embedded lab ready for the first request
#     sh packaging/start.sh COMMAND …    one command of the program, for example: identity list
#
# Without a display the first request is sent from here instead, and the script ends with what it saw.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/system.sh
. "$top/packaging/system.sh"

# The libraries that Qt loads on this display; none where no window will open, and on macOS Qt brings its own.
window_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    printf '%s\n' "$QT_LIBRARIES"
    [ -z "${DISPLAY:-}" ] || printf '%s\n' "$QT_X11_LIBRARIES"
    [ -z "${WAYLAND_DISPLAY:-}" ] || printf '%s\n' "$QT_WAYLAND_LIBRARIES"
}

has_display() {
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]
}

packages=$(missing_python_parts)
if [ $# -eq 0 ]; then
    if has_display; then
        packages="$packages $(missing_libraries "$(window_libraries)")"
        set -- --with-lab
    else
        say "There is no display (DISPLAY and WAYLAND_DISPLAY are not set), so no window opens:"
        say "the embedded lab starts, one request with a client certificate goes to it, and both go away again."
        set -- lab --send
    fi
fi

# shellcheck disable=SC2086 # one word for each package
install $packages
# shellcheck disable=SC2119 # the group is for the tests
environment
exec "$venv/bin/mtls-workbench" "$@"
