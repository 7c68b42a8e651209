#!/bin/sh
# The macOS app and its disk image, into dist/ (arm64, macOS 14 or newer: cryptography and PySide6 offer nothing older):
#
#     sh packaging/macos/build.sh
#
# Needs Python 3.11 and the command line tools of Xcode. With SIGN_IDENTITY set (a “Developer ID Application” of the
# login keychain) the app is signed for the hardened runtime; with NOTARY_PROFILE set as well (made once with
# “xcrun notarytool store-credentials”) it is notarised and the ticket stapled.
set -eu
top=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
cd "$top"
mkdir -p build dist
python=${PYTHON:-python3}
for name in venv tools; do
    "$python" -m venv --clear "build/$name"
done
for what in venv/runtime venv/build tools/backend tools/tools; do
    "build/${what%/*}/bin/python" -m pip install --quiet --require-hashes --no-build-isolation \
        --requirement "packaging/locks/${what#*/}.txt"
done

WORKBENCH_VERSION=$(build/venv/bin/python -c 'import workbench; print(workbench.__version__)')
PYTHONHASHSEED=0
export WORKBENCH_VERSION PYTHONHASHSEED
rm -rf build/icon.iconset
mkdir -p build/icon.iconset
for size in 16 32 128 256 512; do
    for scale in 1 2; do
        suffix=
        [ "$scale" = 1 ] || suffix=@2x
        QT_QPA_PLATFORM=offscreen build/venv/bin/python packaging/render_icon.py resources/icons/application.svg \
            "$((size * scale))" "build/icon.iconset/icon_${size}x$size$suffix.png"
    done
done
iconutil --convert icns --output build/icon.icns build/icon.iconset
build/venv/bin/pyinstaller --noconfirm --log-level WARN --distpath build/bundle --workpath build/pyinstaller \
    packaging/mtls-workbench.spec
app="build/bundle/mTLS Workbench.app"
PYTHONPATH=$top:$(echo build/venv/lib/python3*/site-packages) build/tools/bin/python packaging/papers.py \
    "$app/Contents/Resources" packaging/locks/runtime.txt build/venv/bin/python

if [ -n "${SIGN_IDENTITY:-}" ]; then
    # From the inside out: each library, then the programs, then the app.
    find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -print0 |
        xargs -0 codesign --force --timestamp --options runtime --sign "$SIGN_IDENTITY"
    for program in mtls-workbench mtls-workbench-window; do
        codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
            --sign "$SIGN_IDENTITY" "$app/Contents/MacOS/$program"
    done
    codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist \
        --sign "$SIGN_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
else # arm64 runs nothing unsigned; “-” signs for this machine only
    codesign --force --deep --sign - "$app"
fi
"$app/Contents/MacOS/mtls-workbench" self-test

image=dist/mtls-workbench-$WORKBENCH_VERSION-arm64.dmg
rm -rf build/dmg "$image"
mkdir -p build/dmg
cp -R "$app" build/dmg/
ln -s /Applications build/dmg/Applications
hdiutil create -quiet -volname "mTLS Workbench" -srcfolder build/dmg -format ULFO "$image"
if [ -n "${SIGN_IDENTITY:-}" ] && [ -n "${NOTARY_PROFILE:-}" ]; then
    codesign --timestamp --sign "$SIGN_IDENTITY" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
