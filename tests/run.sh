#!/usr/bin/env bash
# Installs what the tests need, builds with warnings as errors and runs every test:
#   dev    gcc with AddressSanitizer and UndefinedBehaviorSanitizer
#   clang  the same with clang
#   plain  an optimised build, where memory is measured and each test runs under valgrind once more
# Each tree lies under build/ and is only brought up to date the next time.
set -eu
cd "$(dirname "$0")/.."

./examples/install-packages.sh gcc clang libclang-rt-14-dev libc6-dev cmake ninja-build pkg-config \
    libpcre2-dev libjansson-dev libexpat1-dev zlib1g-dev libbz2-dev liblzma-dev libzstd-dev liblz4-dev \
    libarchive-dev libcmocka-dev valgrind gzip bzip2 xz-utils zstd lz4 tar zip unzip p7zip-full \
    chromium chromium-driver curl jq procps mount systemd \
    libestr0 libfastjson4 liblognorm5 libsystemd0 libivykis0 libnet1 libwrap0 libjson-c5 libpcre3 libglib2.0-0 \
    libcap2 libssl3 iproute2
./tests/unpack-daemons.sh build/daemons

build() { # name, options of cmake
    local name=$1
    shift
    echo "== $name: building"
    if ! { cmake "$@" -B "build/$name" && cmake --build "build/$name"; } >"build/$name.log" 2>&1; then
        cat "build/$name.log"
        exit 1
    fi
}

run() { # name
    echo "== $1: testing"
    ctest --test-dir "build/$1" --output-on-failure --no-tests=error -j "$(nproc)"
}

mkdir -p build
build dev --preset dev
build clang --preset dev -DCMAKE_C_COMPILER=clang
build plain --preset release -DBUILD_TESTING=ON -DERRGLOSS_WERROR=ON -DERRGLOSS_VALGRIND=ON
run dev
run clang
run plain

# cmocka's own words on the promises, for the record
ERRGLOSS_SOURCE=$PWD ./build/plain/tests/test_promises
