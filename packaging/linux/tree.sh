# shellcheck shell=sh
# The files of an installed program, below build/tree: what the .deb and the .rpm have in common.
# Sourced by those, with the variables and functions of build.sh.

tree=${build:?}/tree
rm -rf "$tree"
mkdir -p "$tree/usr/lib" "$tree/usr/bin" "$tree/usr/share/man/man1" "$tree/usr/share/applications" \
    "$tree/usr/share/metainfo" "$tree/usr/share/mime/packages" "$tree/usr/share/icons/hicolor/scalable/apps" \
    "$tree/usr/share/bash-completion/completions" "$tree/usr/share/fish/vendor_completions.d"
cp -R "${bundle:?}" "$tree/usr/lib/mtls-workbench"
ln -s ../lib/mtls-workbench/mtls-workbench "$tree/usr/bin/mtls-workbench"
ln -s ../lib/mtls-workbench/mtls-workbench-window "$tree/usr/bin/mtls-workbench-window"

tool "${top:?}/packaging/manual.py" "$build/manual"
gzip -9n <"$build/manual/mtls-workbench.1" >"$tree/usr/share/man/man1/mtls-workbench.1.gz"
ln -s mtls-workbench.1.gz "$tree/usr/share/man/man1/mtls-workbench-window.1.gz"
cp "$build/manual/mtls-workbench.bash" "$tree/usr/share/bash-completion/completions/mtls-workbench"
cp "$build/manual/mtls-workbench.fish" "$tree/usr/share/fish/vendor_completions.d/"

cp "$top/packaging/linux/mtls-workbench.desktop" "$tree/usr/share/applications/"
cp "$top/packaging/linux/mtls-workbench.xml" "$tree/usr/share/mime/packages/"
sed -e "s/@VERSION@/${version:?}/" -e "s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" \
    "$top/packaging/linux/io.github.mtls_workbench.metainfo.xml" >"$tree/usr/share/metainfo/io.github.mtls_workbench.metainfo.xml"
cp "$top/resources/icons/application.svg" "$tree/usr/share/icons/hicolor/scalable/apps/mtls-workbench.svg"
for size in 32 48 64 128 256; do
    mkdir -p "$tree/usr/share/icons/hicolor/${size}x$size/apps"
    QT_QPA_PLATFORM=offscreen "$build/venv/bin/python" "$top/packaging/render_icon.py" "$top/resources/icons/application.svg" \
        "$size" "$tree/usr/share/icons/hicolor/${size}x$size/apps/mtls-workbench.png"
done
find "$tree" -type d -exec chmod 755 {} +
find "$tree" -type f ! -perm -100 -exec chmod 644 {} +
find "$tree/usr/lib" -type f -name '*.so*' -exec chmod 644 {} +
