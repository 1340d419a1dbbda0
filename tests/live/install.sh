#!/usr/bin/env bash
# Installs a build into a folder of its own and builds the example against it three ways: pkg-config with
# the shared library, pkg-config with the static one, and the CMake package. usage: install.sh BUILD SOURCE
set -eu
build=$1 source=$2
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
flags=$(sed -n 's/^CMAKE_C_FLAGS:[A-Z]*=//p' "$build/CMakeCache.txt")
generator=$(sed -n "s/^CMAKE_GENERATOR:[A-Z]*=//p" "$build/CMakeCache.txt")
cmake --install "$build" --prefix "$prefix" >/dev/null
libdir=$(dirname "$(find "$prefix" -name errgloss.pc)")/..
sed -i "s|^prefix=.*|prefix=$prefix|; s|^libdir=.*|libdir=$(realpath "$libdir")|; s|^includedir=.*|includedir=$prefix/include|" \
    "$libdir/pkgconfig/errgloss.pc"
export PKG_CONFIG_PATH="$libdir/pkgconfig" LD_LIBRARY_PATH="$libdir"
expected='0x80070005: E_ACCESSDENIED'

check() { # label, program
    said=$("$2" 'setup failed, hr=0x80070005')
    case $said in *"$expected"*) ;; *) echo "$1 said: $said" && exit 1 ;; esac
    echo "$1: $said"
}

# shellcheck disable=SC2046,SC2086
$compiler $flags "$source/examples/explain_in_c.c" -o "$prefix/shared" $(pkg-config --cflags --libs errgloss)
check "shared library" "$prefix/shared"
# shellcheck disable=SC2046,SC2086
$compiler $flags "$source/examples/explain_in_c.c" -o "$prefix/static" $(pkg-config --cflags errgloss) \
    "$libdir/liberrgloss.a" $(pkg-config --libs libpcre2-8)
check "static library" "$prefix/static"

mkdir "$prefix/user"
cat >"$prefix/user/CMakeLists.txt" <<'TXT'
cmake_minimum_required(VERSION 3.25)
project(user C)
find_package(errgloss 0.1 REQUIRED)
add_executable(user ${EXAMPLE})
target_link_libraries(user PRIVATE errgloss::shared)
add_executable(user_static ${EXAMPLE})
target_link_libraries(user_static PRIVATE errgloss::static)
TXT
cmake -G "$generator" -S "$prefix/user" -B "$prefix/user/build" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_C_COMPILER="$compiler" \
    -DCMAKE_C_FLAGS="$flags" -DEXAMPLE="$source/examples/explain_in_c.c" >/dev/null
cmake --build "$prefix/user/build" >/dev/null
check "CMake package, shared" "$prefix/user/build/user"
check "CMake package, static" "$prefix/user/build/user_static"
