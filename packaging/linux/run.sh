# shellcheck shell=sh
# dist/mtls-workbench-VERSION-ARCH.run, which unpacks itself into a person's home, without root. Sourced by build.sh.

architecture=$(uname -m)
package=${dist:?}/mtls-workbench-${version:?}-$architecture.run
facts="$(cat "${build:?}/bundle.made") $(fingerprint packaging/linux packaging/manual.py) $architecture"
if ! made run "$facts" || [ ! -e "$package" ]; then
    say "Packing $package"
    rm -rf "$build/run"
    mkdir -p "$build/run"
    cp -R "${bundle:?}" "$build/run/mtls-workbench"
    cp packaging/linux/install_here.sh "$build/run/install_here.sh"
    cp packaging/linux/mtls-workbench.desktop packaging/linux/mtls-workbench.xml resources/icons/application.svg "$build/run/"
    tool packaging/manual.py "$build/run/manual"
    # gzip is everywhere; xz, which makes it a quarter smaller, is missing on the smallest systems. The archive notes
    # the command that made it, so that names no folder of this machine.
    (cd "$build" && makeself --quiet --gzip --nox11 --packaging-date "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" \
        --tar-extra "--sort=name --owner=0 --group=0 --numeric-owner --mtime=@$SOURCE_DATE_EPOCH" \
        run run.part "mTLS Workbench $version" sh ./install_here.sh >&2)
    mv "$build/run.part" "$package"
    done_with run "$facts"
fi
