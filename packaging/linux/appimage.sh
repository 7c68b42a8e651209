# shellcheck shell=sh
# dist/mtls-workbench-VERSION-ARCH.AppImage. Sourced by build.sh.
#
# An AppImage is a runtime followed by a squashfs. The runtime is not in any package, so it is fetched where that is
# possible, or given in APPIMAGE_RUNTIME, and used only when it is exactly the one whose digest stands here.

APPIMAGE_RELEASE=20251108
APPIMAGE_SHA256=2fca8b443c92510f1483a883f60061ad09b46b978b2631c807cd873a47ec260d
architecture=x86_64
package=${dist:?}/mtls-workbench-${version:?}-$architecture.AppImage
runtime=${APPIMAGE_RUNTIME:-${build:?}/appimage-runtime-$APPIMAGE_RELEASE}

if [ ! -e "$runtime" ]; then
    source=https://github.com/AppImage/type2-runtime/releases/download/$APPIMAGE_RELEASE/runtime-$architecture
    say "Fetching the AppImage runtime"
    curl --fail --silent --show-error --location --output "$runtime.part" "$source" && mv "$runtime.part" "$runtime" ||
        runtime=
fi
if [ -z "$runtime" ]; then
    [ "${wanted:?}" != appimage ] || stop "The AppImage runtime cannot be fetched from here. Put the file runtime-$architecture
of release $APPIMAGE_RELEASE somewhere and name it in APPIMAGE_RUNTIME."
    say "No AppImage: its runtime cannot be fetched from here (see packaging/README.md)."
elif [ "$(sha256sum <"$runtime" | cut -d ' ' -f 1)" != "$APPIMAGE_SHA256" ]; then
    stop "The AppImage runtime $runtime is not the one that packaging/linux/appimage.sh expects (SHA-256 differs)."
else
    # shellcheck disable=SC2046 # one word for each package
    install $(missing_commands 'mksquashfs:squashfs-tools')
    say "Packing $package"
    rm -rf "$build/AppDir"
    mkdir -p "$build/AppDir/usr/lib"
    cp -R "${bundle:?}" "$build/AppDir/usr/lib/mtls-workbench"
    cp packaging/linux/mtls-workbench.desktop "$build/AppDir/"
    cp resources/icons/application.svg "$build/AppDir/mtls-workbench.svg"
    ln -s mtls-workbench.svg "$build/AppDir/.DirIcon"
    # shellcheck disable=SC2016 # for the script that is written
    printf '#!/bin/sh\nexec "$(dirname -- "$(readlink -f -- "$0")")/usr/lib/mtls-workbench/mtls-workbench" "$@"\n' >"$build/AppDir/AppRun"
    chmod 755 "$build/AppDir/AppRun"
    # zstd, since xz makes the first window take several seconds.
    mksquashfs "$build/AppDir" "$build/app.squashfs" -root-owned -noappend -comp zstd -Xcompression-level 19 \
        -all-time "$SOURCE_DATE_EPOCH" -mkfs-time "$SOURCE_DATE_EPOCH" -quiet >&2
    cat "$runtime" "$build/app.squashfs" >"$package"
    chmod 755 "$package"
fi
