#!/usr/bin/env bash
# From a fresh clone to an annotated log: installs what is missing, builds a release, shows it at work.
set -eu
cd "$(dirname "$0")/.."

./examples/install-packages.sh gcc libc6-dev cmake ninja-build pkg-config libpcre2-dev libjansson-dev \
    libexpat1-dev zlib1g-dev libbz2-dev liblzma-dev libzstd-dev liblz4-dev libarchive-dev
[ -e build/release/build.ninja ] || cmake --preset release >/dev/null
echo "Building (the first time takes a minute)"
cmake --build --preset release >build/release/build.log || { cat build/release/build.log >&2; exit 1; }

echo
build/release/errgloss examples/logs/ikeext.log
echo
echo "The program is $PWD/build/release/errgloss; to install it: cmake --install build/release"
