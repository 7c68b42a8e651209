# shellcheck shell=sh
# What start.sh and test.sh need of the machine: a Python, its virtual environment, system packages.
# They source this file after setting $top, the folder of the checkout.

# Where the virtual environment goes: into the checkout as .venv, where editors and ruff look for it, where two
# checkouts do not share one, and where it goes away with the checkout. Git ignores it. Only when the checkout
# cannot be written (someone else's, read-only medium) it goes to the cache folder instead.
venv=${top:?}/.venv
if [ ! -w "$top" ] || { [ -e "$venv" ] && [ ! -w "$venv" ]; }; then
    venv=${XDG_CACHE_HOME:-$HOME/.cache}/mtls-workbench/$(printf '%s' "$top" | cksum | cut -d ' ' -f 1)
fi

# The versions and digests of all that is installed.
locks=$top/packaging/locks

# "name of the library that Qt loads":"Debian package that has it"; used by the scripts that source this file.
# shellcheck disable=SC2034
QT_LIBRARIES='libglib-2.0.so.0:libglib2.0-0 libEGL.so.1:libegl1 libGL.so.1:libgl1 libdbus-1.so.3:libdbus-1-3
libfontconfig.so.1:libfontconfig1 libxkbcommon.so.0:libxkbcommon0'
# shellcheck disable=SC2034
QT_X11_LIBRARIES='libX11-xcb.so.1:libx11-xcb1 libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4
libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-shape.so.0:libxcb-shape0 libxcb-xkb.so.1:libxcb-xkb1
libxkbcommon-x11.so.0:libxkbcommon-x11-0'
# shellcheck disable=SC2034
QT_WAYLAND_LIBRARIES='libwayland-cursor.so.0:libwayland-cursor0 libwayland-egl.so.1:libwayland-egl1'

say() {
    printf '%s\n' "$*" >&2
}

stop() {
    say "$@"
    exit 1
}

# unavailable WORDS: ends with a status of its own when something cannot be had from here, which is nobody's mistake.
unavailable() {
    say "$@"
    exit 3
}

# missing_libraries LIST: the packages of those libraries that the dynamic linker does not know.
missing_libraries() {
    ldconfig=$(PATH=$PATH:/sbin:/usr/sbin command -v ldconfig) || return 0 # nothing to ask: let Qt speak for itself
    known=$("$ldconfig" -p)
    for pair in $1; do
        case $known in
            *"${pair%%:*} "*) ;;
            *) printf '%s ' "${pair#*:}" ;;
        esac
    done
}

# missing_commands LIST: the packages of those commands ("command:package") that are not found.
missing_commands() {
    for pair in $1; do
        PATH=$PATH:/usr/sbin:/sbin:/usr/libexec command -v "${pair%%:*}" >/dev/null || printf '%s ' "${pair#*:}"
    done
}

can_install() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null
}

# install_command PACKAGE...: what a person types to install them.
install_command() {
    if command -v apt-get >/dev/null; then
        printf 'sudo apt-get update && sudo apt-get install --no-install-recommends %s' "$*"
    else
        printf 'install them with the package manager of this system; Debian calls them: %s' "$*"
    fi
}

# install PACKAGE...: installs them as root, otherwise says how and ends.
install() {
    [ $# -gt 0 ] || return 0
    can_install || stop "Some packages that are needed are missing here. Install them and run this script again:
    $(install_command "$@")"
    say "Installing with apt: $*"
    log=$(mktemp)
    # Debian starts a service as soon as it is installed unless this file says no; we want programs, not services.
    policy=/usr/sbin/policy-rc.d
    if [ -e "$policy" ]; then
        policy=
    else
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
        trap 'rm -f "$policy"' EXIT
        trap 'exit 130' INT TERM
    fi
    status=0
    {
        apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends -o Dpkg::Use-Pty=0 "$@"
    } >"$log" 2>&1 </dev/null || status=$?
    if [ -n "$policy" ]; then
        rm -f "$policy"
        trap - EXIT INT TERM
    fi
    if [ "$status" -ne 0 ]; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        unavailable "apt failed; the lines above say why. Once this works, run the script again:
    $(install_command "$@")"
    fi
    rm -f "$log"
}

# Prints the first Python that is new enough.
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# What an environment is made from. A new Python or a moved checkout makes it anew.
environment_facts() {
    "$venv/bin/python" -c 'import sys; print(sys.version)' 2>/dev/null || echo none
    printf '%s\n' "$top"
}

# What is installed into it. Other dependencies or locks are installed over what is there.
installation_facts() {
    environment_facts
    cat "$top/pyproject.toml" "$locks/runtime.txt" "$locks/backend.txt" "$locks/dev.txt" | cksum
}

# up_to_date STAMP
up_to_date() {
    [ "$(cat "$venv/$1" 2>/dev/null)" = "$(installation_facts)" ]
}

has_environment() {
    [ "$(cat "$venv/made-from" 2>/dev/null)" = "$(environment_facts)" ]
}

# missing_python_parts: the package without which this Python cannot make a virtual environment, if it is missing.
# Debian keeps the two modules apart from Python, in a package for each version.
missing_python_parts() {
    ! has_environment || return 0
    python=$(find_python) || stop "mTLS Workbench needs Python 3.11 or newer, and there is none in PATH."
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

make_environment() {
    ! has_environment || return 0
    python=$(find_python)
    say "Making a virtual environment in $venv"
    "$python" -m venv --clear "$venv" || stop "Python could not make a virtual environment; the lines above say why."
    environment_facts >"$venv/made-from"
}

# On a terminal one line that says what is being downloaded; otherwise nothing.
show_progress() {
    while read -r verb what; do
        if [ -t 2 ] && [ "$verb" = Downloading ]; then
            printf '\r\033[K  %s' "$what" | cut -c 1-100 | tr -d '\n' >&2
        fi
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
}

# pip_install ARGUMENT…
pip_install() {
    PIP_USER=0 "$venv/bin/python" -m pip install --no-cache-dir --disable-pip-version-check --no-input \
        --progress-bar off "$@"
}

# install_locked [LOCK]: the project in place and the versions that the locks name, nothing else. What builds comes
# first and pip builds with that: left to itself, it would fetch whatever build tools are newest.
install_locked() {
    pip_install --require-hashes --only-binary :all: --requirement "$locks/backend.txt" &&
        pip_install --require-hashes --no-build-isolation \
            --requirement "$locks/runtime.txt" ${1:+--requirement "$locks/$1.txt"} &&
        pip_install --no-index --no-deps --no-build-isolation --editable "$top"
}

# environment [GROUP]: makes the virtual environment and installs into it what is not there yet: the project itself,
# so that changes in the checkout count at once, what it depends on, and the dependency group if one is named.
# The stamp is written last: an interrupted installation goes on the next time.
environment() {
    stamp=installed${1:+-$1}
    ! up_to_date "$stamp" || return 0
    make_environment
    say "Installing the locked versions of what it needs (the first time about 120 MB to download)"
    errors=$venv/pip-errors
    {
        install_locked "$@" 2>"$errors" </dev/null && installation_facts >"$venv/$stamp"
    } | show_progress
    if ! up_to_date "$stamp"; then
        tail -n 20 "$errors" >&2
        stop "pip failed; the lines above say why. It needs the network (or the index that pip is configured for)
and 400 MB of disk. Run the script again once that is there: it goes on where it stopped."
    fi
    rm -f "$errors"
}
