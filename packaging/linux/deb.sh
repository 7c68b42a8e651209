# shellcheck shell=sh
# dist/mtls-workbench_VERSION_ARCH.deb. Sourced by build.sh.

architecture=$(dpkg --print-architecture)
package=${dist:?}/mtls-workbench_${version:?}_$architecture.deb
facts="$(cat "${build:?}/bundle.made") $(fingerprint packaging/linux packaging/manual.py packaging/render_icon.py) $architecture"
if ! made deb "$facts" || [ ! -e "$package" ]; then
    say "Packing $package"
    # shellcheck source=packaging/linux/tree.sh
    . "${top:?}/packaging/linux/tree.sh"
    documents=${tree:?}/usr/share/doc/mtls-workbench
    mkdir -p "$documents" "$tree/usr/share/zsh/vendor-completions" "$tree/usr/share/lintian/overrides" "$tree/DEBIAN"
    cp "$build/manual/_mtls-workbench" "$tree/usr/share/zsh/vendor-completions/"
    cp packaging/linux/lintian-overrides "$tree/usr/share/lintian/overrides/mtls-workbench"
    mv "$tree/usr/lib/mtls-workbench/licences" "$tree/usr/lib/mtls-workbench/bill-of-materials.cdx.json" "$documents/"
    cp packaging/linux/copyright "$documents/copyright"
    day=$(date -u -R -d "@$SOURCE_DATE_EPOCH")
    gzip -9n <"$tree/usr/lib/mtls-workbench/CHANGELOG.md" >"$documents/CHANGELOG.md.gz"
    rm "$tree/usr/lib/mtls-workbench/CHANGELOG.md"
    printf 'mtls-workbench (%s) stable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n -- %s  %s\n' \
        "$version" "The mTLS Workbench authors <mtls-workbench@nowhere.invalid>" "$day" |
        gzip -9n >"$documents/changelog.gz"

    # What the bundle's own libraries do not satisfy among each other is what the package depends on.
    work=$build/shlibs
    rm -rf "$work"
    mkdir -p "$work/debian"
    printf 'Source: mtls-workbench\n\nPackage: mtls-workbench\nArchitecture: any\n' >"$work/debian/control"
    inside=$tree/usr/lib/mtls-workbench/_internal
    folders=$(find "$inside" -name '*.so*' -type f -exec dirname {} + | LC_ALL=C sort -u | sed 's/^/-l/')
    # shellcheck disable=SC2046,SC2086 # one word for each file and folder
    (cd "$work" && dpkg-shlibdeps --ignore-missing-info --warnings=0 -O -Tsubstvars $folders \
        $(find "$tree/usr/lib/mtls-workbench" -type f \( -name '*.so*' -o -perm -100 \))) >"$work/depends" 2>"$work/errors" ||
        { cat "$work/errors" >&2; stop "dpkg-shlibdeps failed; the lines above say why."; }
    depends=$(sed -n 's/^shlibs:Depends=//p' "$work/depends" | tr ',' '\n' | sed 's/^ *//' | LC_ALL=C sort -u)
    # It also names the packages of libraries that the bundle brings itself.
    for library in "$inside"/*.so.*; do
        for owner in $(dpkg-query -S "*/${library##*/}" 2>/dev/null | sed 's/:.*//' | LC_ALL=C sort -u); do
            depends=$(printf '%s\n' "$depends" | grep -v "^$owner\\( \\|\$\\)" || true)
        done
    done
    # What Qt loads at run time and no library names: the X11 and Wayland parts, fonts, authorities, MIME types.
    for pair in $QT_LIBRARIES $QT_X11_LIBRARIES $QT_WAYLAND_LIBRARIES :ca-certificates :fontconfig :shared-mime-info; do
        package_name=${pair#*:}
        printf '%s\n' "$depends" | grep -q "^$package_name\\( \\|\$\\)" || depends="$depends
$package_name"
    done
    depends=$(printf '%s\n' "$depends" | sed '/^$/d' | paste -sd , | sed 's/,/, /g')

    chmod 755 "$tree/DEBIAN"
    {
        printf 'Package: mtls-workbench\nVersion: %s\nArchitecture: %s\n' "$version" "$architecture"
        printf 'Maintainer: The mTLS Workbench authors <mtls-workbench@nowhere.invalid>\n'
        printf 'Installed-Size: %s\n' "$(du -sk --exclude=DEBIAN "$tree" | cut -f 1)"
        printf 'Depends: %s\n' "$depends"
        printf 'Recommends: gnome-keyring | keepassxc | kwalletmanager, dbus-user-session | dbus-x11\n'
        printf 'Section: net\nPriority: optional\n'
        printf 'Description: client identities, requests over mutual TLS, and what TLS did\n'
        printf ' Keeps client certificates with their keys and bundles of authorities, sends\n'
        printf ' HTTP requests over mutual TLS from an editor with saved collections or from the\n'
        printf ' command line, and shows what the two TLS peers said to each other: whose\n'
        printf ' certificate is at fault when a handshake fails, why, and what to do.\n'
    } >"$tree/DEBIAN/control"
    (cd "$tree" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2) >"$tree/DEBIAN/md5sums"
    find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
    rm -f "$dist"/mtls-workbench_*.deb
    fakeroot dpkg-deb --build --root-owner-group -Zxz "$tree" "$package" >&2
    lintian --tag-display-limit 0 --allow-root --suppress-tags bad-distribution-in-changes-file "$package" >&2 ||
        stop "lintian has something to say about the package; see above."
    done_with deb "$facts"
fi
