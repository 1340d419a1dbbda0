#!/usr/bin/env bash
# Installs the Debian packages named, those that are missing: install-packages.sh PACKAGE...
# Says what it installs; fails with the names of what is missing when it cannot.
set -eu

missing=()
for package in "$@"; do
    state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$state" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

fail() {
    echo "errgloss: cannot install: ${missing[*]} ($1)" >&2
    exit 1
}

command -v apt-get >/dev/null || fail "this is no Debian; install what corresponds to these packages"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "not root, and there is no sudo"
    as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}
# an old or empty list of packages is the usual reason for a first failure
install >"$log" 2>&1 || { "${as_root[@]}" apt-get update && install; } >"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    fail "apt-get failed"
}
