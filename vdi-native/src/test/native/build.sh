#!/bin/sh
# Builds the doubles and their programs:
#
#   build.sh <output folder> [compiler flags, such as -fsanitize=thread]
#
# The compiler is $CXX, or c++. Makes posix/libsqlvdi.so, com/libsluice-com-double.so and the
# programs; the tests do this through dev.sluice.vdi.jna.Doubles.
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
shift
cd "$(dirname "$0")"
compiler=${CXX:-c++}
flags="-std=c++17 -O2 -g -Wall -Wextra -Werror -fPIC -fvisibility=hidden -pthread $*"

mkdir -p "$out/objects" "$out/posix" "$out/com"
ls *.cpp | sed 's/\.cpp$//' |
    xargs -P 4 -I{} "$compiler" $flags -c {}.cpp -o "$out/objects/{}.o"

core=$(ls "$out"/objects/*.o | grep -v -e _double.o -e test -e layout.o -e reference_client.o)
link() {
    "$compiler" $flags "$@"
}
library="-shared -Wl,-Bsymbolic -Wl,--version-script=exports.map"
link $library -Wl,-soname,libsqlvdi.so $core "$out/objects/posix_double.o" \
    -o "$out/posix/libsqlvdi.so"
link $library $core "$out/objects/com_double.o" -o "$out/com/libsluice-com-double.so"
link "$out/objects/layout.o" -o "$out/layout"
link "$out/objects/reference_client.o" -L"$out/posix" -lsqlvdi '-Wl,-rpath,$ORIGIN/posix' \
    -o "$out/reference-client"
link $core "$out"/objects/com_double.o "$out"/objects/posix_double.o "$out"/objects/*test*.o \
    -o "$out/self-test"
