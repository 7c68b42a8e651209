# shellcheck shell=sh
# dist/mtls-workbench-VERSION-1.ARCH.rpm, from the same tree as the .deb. Sourced by build.sh.

architecture=$(uname -m)
package=${dist:?}/mtls-workbench-${version:?}-1.$architecture.rpm
facts="$(cat "${build:?}/bundle.made") $(fingerprint packaging/linux packaging/manual.py packaging/render_icon.py) $architecture"
if ! made rpm "$facts" || [ ! -e "$package" ]; then
    say "Packing $package"
    # shellcheck source=packaging/linux/tree.sh
    . "${top:?}/packaging/linux/tree.sh"
    mkdir -p "${tree:?}/usr/share/zsh/site-functions" "$tree/usr/share/doc/mtls-workbench"
    cp "$build/manual/_mtls-workbench" "$tree/usr/share/zsh/site-functions/"
    mv "$tree/usr/lib/mtls-workbench/licences" "$tree/usr/lib/mtls-workbench/bill-of-materials.cdx.json" \
        "$tree/usr/lib/mtls-workbench/CHANGELOG.md" "$tree/usr/share/doc/mtls-workbench/"
    mv "$tree/usr/share/fish/vendor_completions.d" "$tree/usr/share/fish/completions"
    mkdir -p "$build/rpm"
    rpmbuild -bb --quiet --nodebuginfo --buildroot "$build/rpm/root" \
        --define "_topdir $build/rpm" --define "_rpmdir $dist" --define "_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm" \
        --define "workbench_version $version" --define "workbench_tree $tree" --define "clamp_mtime_to_source_date_epoch 1" \
        --define "use_source_date_epoch_as_buildtime 1" --define "_binary_payload w7.xzdio" packaging/linux/mtls-workbench.rpm.spec >&2
    done_with rpm "$facts"
fi
