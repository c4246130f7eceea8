#!/bin/sh
# Builds the doubles:
#
#   build.sh <output folder> doubles [compiler flags, such as -fsanitize=thread]
#   build.sh <output folder> self-test [the same flags]
#
# The first makes posix/libsqlvdi.so, com/libsluice-com-double.so and the programs layout and
# reference-client; the second, after it, the doubles' own tests. The compiler is $CXX, or c++. The
# tests in Java do this through dev.sluice.vdi.jna.Doubles.
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
target=$2
shift 2
cd "$(dirname "$0")"
compiler=${CXX:-c++}
flags="-std=c++17 -O2 -g -Wall -Wextra -Werror -fPIC -fvisibility=hidden -pthread $*"
objects=$out/objects
mkdir -p "$objects" "$out/posix" "$out/com"

compile() {
    sed 's/\.cpp$//' | xargs -P 4 -I{} "$compiler" $flags -c {}.cpp -o "$objects/{}.o"
}

link() {
    "$compiler" $flags "$@"
}

core() {
    ls "$objects"/*.o | grep -v -e _double.o -e test -e layout.o -e reference_client.o
}

case $target in
doubles)
    ls *.cpp | grep -v test | compile
    library="-shared -Wl,-Bsymbolic -Wl,--version-script=exports.map"
    link $library -Wl,-soname,libsqlvdi.so $(core) "$objects/posix_double.o" \
        -o "$out/posix/libsqlvdi.so"
    link $library $(core) "$objects/com_double.o" -o "$out/com/libsluice-com-double.so"
    link "$objects/layout.o" -o "$out/layout"
    link "$objects/reference_client.o" -L"$out/posix" -lsqlvdi '-Wl,-rpath,$ORIGIN/posix' \
        -o "$out/reference-client"
    ;;
self-test)
    ls *test*.cpp | compile
    link $(core) "$objects/com_double.o" "$objects/posix_double.o" "$objects"/*test*.o \
        -o "$out/self-test"
    ;;
esac
