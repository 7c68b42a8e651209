#!/bin/sh
# Starts the packaged program where something is missing or odd, each time on a fresh minimal Debian, as an ordinary
# user. As root, on Debian or Ubuntu; needs the .deb and the .run in dist/.
#
#     sh packaging/linux/prove_surroundings.sh
#
# In each of these surroundings the window opens, or one sentence says what is missing and the exit status is 2.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
# shellcheck source=packaging/system.sh
. "$top/packaging/system.sh"
suite=bookworm
build=$top/build
proof=$build/surroundings
package=$(find "$top/dist" -name 'mtls-workbench_*.deb' | head -n 1)
archive=$(find "$top/dist" -name 'mtls-workbench-*.run' | head -n 1)
[ -n "$package" ] || stop "There is no .deb in dist/: run sh packaging/build.sh deb first."
[ -n "$archive" ] || stop "There is no .run in dist/: run sh packaging/build.sh run first."
# shellcheck source=packaging/linux/base.sh
. "$top/packaging/linux/base.sh"

install_package "$package"
chroot "$proof" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends weston \
    >>"$build/proof.log" 2>&1 || stop "apt could not install weston; see build/proof.log."
cp "$archive" "$proof/tmp/workbench.run"
home=$proof/home/person

# What a case runs as the person: opens PROGRAM on the display that there is, waits for its window, closes it.
cat >"$proof/usr/local/bin/open-window" <<'END'
#!/bin/sh
"$@" >/tmp/said 2>&1 &
process=$!
window=$(timeout 30 xdotool search --sync --onlyvisible --name '^mTLS Workbench' 2>/dev/null | head -n 1)
if [ -z "$window" ]; then
    kill "$process" 2>/dev/null
    echo "no window:" && cat /tmp/said
    exit 1
fi
for _ in $(seq 10); do # there is no window manager that would give it the keyboard
    sleep 1
    kill -0 "$process" 2>/dev/null || break
    xdotool windowfocus "$window" key ctrl+q 2>/dev/null
done
kill "$process" 2>/dev/null && echo "it could not be closed"
wait "$process"
status=$?
cat /tmp/said
[ "$status" = 0 ] || echo "it ended with $status"
exit "$status"
END
# with-display OPTIONS -- COMMAND: runs it under an Xvfb with these options.
cat >"$proof/usr/local/bin/with-display" <<'END'
#!/bin/sh
number=78
options=
while [ "$1" != -- ]; do
    options="$options $1"
    shift
done
shift
# shellcheck disable=SC2086 # one word for each option
Xvfb ":$number" -screen 0 1280x900x24 $options >/dev/null 2>&1 &
server=$!
[ -n "${DISPLAY:-}" ] || export DISPLAY=":$number"
for _ in $(seq 50); do
    ! xdotool getdisplaygeometry >/dev/null 2>&1 || break
    sleep 0.1
done
"$@"
status=$?
kill "$server"
wait "$server" 2>/dev/null
exit "$status"
END
chmod 755 "$proof/usr/local/bin/open-window" "$proof/usr/local/bin/with-display"

failed=
# opens NAME WORDS: the case holds when WORDS, run as the person, ends with 0.
opens() {
    name=$1
    shift
    if as_person "$*" >"$build/case" 2>&1; then
        say "opens: $name"
    else
        say "FAILED: $name"
        sed 's/^/    /' "$build/case" >&2
        failed=yes
    fi
}

# tells NAME TEXT WORDS: WORDS ends with status 2 and one line that holds TEXT.
tells() {
    name=$1
    text=$2
    shift 2
    status=0
    as_person "$*" >"$build/case" 2>&1 || status=$?
    if [ "$status" = 2 ] && grep -qF -- "$text" "$build/case" && ! grep -q Traceback "$build/case"; then
        say "tells: $name: $(grep -F -- "$text" "$build/case" | head -n 1)"
    else
        say "FAILED: $name (exit status $status)"
        sed 's/^/    /' "$build/case" >&2
        failed=yes
    fi
}

fresh_home() {
    find "$home" -mindepth 1 -delete
}

opens "X11 without D-Bus and Secret Service" "with-display -- open-window mtls-workbench"
opens "self-test without D-Bus and Secret Service" "mtls-workbench self-test"
tells "an identity without Secret Service" "No keyring service was found" "openssl req -x509 -newkey ec \
    -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=alice -keyout key.pem -out alice.pem 2>/dev/null &&
    cat key.pem >>alice.pem && mtls-workbench identity import alice.pem"
opens "a stale D-Bus address" "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere with-display -- open-window mtls-workbench"
opens "X11 over a network, as ssh -X gives it: no shared memory, no GLX" \
    "DISPLAY=localhost:78 with-display -listen tcp -ac -extension MIT-SHM -extension GLX -- open-window mtls-workbench"
opens "X11 without RENDER, RANDR and XKEYBOARD" \
    "with-display -extension RENDER -extension RANDR -extension XKEYBOARD -- open-window mtls-workbench"

cat >"$proof/usr/local/bin/on-wayland" <<'END'
#!/bin/sh
XDG_RUNTIME_DIR=$(mktemp -d) && export XDG_RUNTIME_DIR
weston --backend=headless-backend.so --socket=proof --idle-time=0 >/tmp/weston 2>&1 &
compositor=$!
for _ in $(seq 50); do
    [ ! -S "$XDG_RUNTIME_DIR/proof" ] || break
    sleep 0.1
done
WAYLAND_DISPLAY=proof WAYLAND_DEBUG=client "$@" >/tmp/said 2>&1 &
process=$!
for _ in $(seq 100); do # a title, and a picture with it
    ! grep -q 'set_title("mTLS Workbench' /tmp/said || ! grep -q 'wl_surface.*attach(wl_buffer' /tmp/said || break
    sleep 0.2
done
grep -q 'set_title("mTLS Workbench' /tmp/said && grep -q 'wl_surface.*attach(wl_buffer' /tmp/said
status=$?
[ "$status" = 0 ] || tail -n 20 /tmp/said /tmp/weston
kill "$process" "$compositor"
wait
exit "$status"
END
chmod 755 "$proof/usr/local/bin/on-wayland"
opens "Wayland only" "on-wayland mtls-workbench"

tells "no display" "there is no display" "mtls-workbench"
tells "a display that does not answer" "DISPLAY=:4711" "DISPLAY=:4711 mtls-workbench"
folder=$(dirname "$(find "$proof/usr/lib" -name 'libxcb-cursor.so.0' | head -n 1)")
mv "$folder/libxcb-cursor.so.0" "$folder/aside"
tells "a missing X11 library" "the library libxcb-cursor.so.0 is missing" "with-display -- mtls-workbench"
mv "$folder/aside" "$folder/libxcb-cursor.so.0"
for library in libEGL.so.1 libGL.so.1; do
    mv "$folder/$library" "$folder/aside"
    tells "no OpenGL: $library is missing" "$library" "with-display -- mtls-workbench"
    opens "the command line without $library" "mtls-workbench --version"
    mv "$folder/aside" "$folder/$library"
done

fresh_home
mount --bind "$home" "$home"
mount -o remount,ro,bind "$home"
opens "a home that cannot be written" "with-display -- open-window mtls-workbench"
tells "a home that cannot be written, on the command line" "cannot be" "mtls-workbench trust import /etc/ssl/certs/ca-certificates.crt --name all"
umount "$home"

mount -t tmpfs -o size=64k,mode=700 tmpfs "$home"
chroot "$proof" chown person: /home/person
dd if=/dev/zero of="$home/filler" bs=4k 2>/dev/null || true
chroot "$proof" chown person: /home/person/filler
opens "a full disk" "with-display -- open-window mtls-workbench"
tells "a full disk, on the command line" "No space left on device" "mtls-workbench trust import /etc/ssl/certs/ca-certificates.crt --name all"
umount "$home"

mount -t tmpfs -o noexec,mode=1777 tmpfs "$proof/tmp"
cp "$archive" "$proof/tmp/workbench.run"
opens "a temporary folder that forbids execution" "with-display -- open-window mtls-workbench"
opens "self-test with such a folder" "mtls-workbench self-test"
opens "the archive with such a folder" "sh /tmp/workbench.run --quiet -- --prefix /home/person/there"
opens "what it installed" "/home/person/there/bin/mtls-workbench self-test"
umount "$proof/tmp"

fresh_home
opens "installation below a path with spaces and umlauts" \
    "sh /tmp/workbench.run --quiet -- --prefix '/home/person/Prüf stück & Söhne'"
opens "the window from there" "with-display -- open-window '/home/person/Prüf stück & Söhne/bin/mtls-workbench-window'"
opens "self-test from there in the C locale" \
    "LC_ALL=C '/home/person/Prüf stück & Söhne/bin/mtls-workbench' self-test"
started=$(sed -n 's/^Exec=//p' "$home/.local/share/applications/mtls-workbench.desktop")
opens "the desktop entry from there" "with-display -- open-window ${started% %F}"
opens "a second version while the first is open: it brings the first to the front" \
    "with-display -- sh -c 'mtls-workbench & sleep 4; \"/home/person/Prüf stück & Söhne/bin/mtls-workbench\" | grep \"brought to the front\"; status=\$?; kill %1; exit \$status'"
opens "its removal" "sh /tmp/workbench.run --quiet -- --remove --prefix '/home/person/Prüf stück & Söhne'"
opens "the other version after that" "mtls-workbench self-test"
if find "$home" -name '*workbench*' ! -path '*/.local/share/mtls-workbench*' ! -path '*/.cache/*' | grep .; then
    say "FAILED: the removal left the files above"
    failed=yes
fi

[ -z "$failed" ] || stop "Not all of it holds."
say "Proven."
