#!/bin/sh
# One file for any Linux with glibc as new as the one it is built on: build on the oldest that is to be served.
#   python3 installer/build_app.py && installer/linux/build_appimage.sh
# Needs appimagetool (https://github.com/AppImage/appimagetool) on the PATH; --folder-only stops before it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
application=${APPLICATION:-"$root/dist/ChatAnyone"}
folder=${FOLDER:-"$root/dist/ChatAnyone.AppDir"}

[ -x "$application/ChatAnyone" ] || { echo "There is no $application; run installer/build_app.py first." >&2; exit 2; }
rm -rf "$folder"
mkdir -p "$folder/usr/bin" "$folder/usr/share/applications" "$folder/usr/share/icons/hicolor/scalable/apps"
cp -a "$application/." "$folder/usr/bin/"
cp "$here/chatanyone.desktop" "$folder/usr/share/applications/"
cp "$here/chatanyone.desktop" "$folder/"
cp "$root/resources/icons/chatanyone.svg" "$folder/usr/share/icons/hicolor/scalable/apps/"
cp "$root/resources/icons/chatanyone.svg" "$folder/"
cat > "$folder/AppRun" <<'RUN'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/usr/bin/ChatAnyone" "$@"
RUN
chmod +x "$folder/AppRun"
[ "${1:-}" = --folder-only ] && { echo "$folder"; exit 0; }
command -v appimagetool >/dev/null || { echo "appimagetool is missing; $folder is ready for it." >&2; exit 2; }
ARCH=$(uname -m) appimagetool "$folder" "$root/dist/ChatAnyone-$(uname -m).AppImage"
