#!/bin/sh
# Are two ranks of one thread as fast as one process of two threads? Steps of the tutorial's network, in turns. Leave the machine alone meanwhile.
#
#   bench/Candeia.Ranks/threads.sh [TURNS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$here/bin/Release/net10.0/Candeia.Ranks.dll
one=$(mktemp) two=$(mktemp)
trap 'rm -f "$one" "$two"' EXIT
i=0
while [ $i -lt "${1:-5}" ]; do
    CANDEIA_THREADS=2 dotnet "$program" steps 10 | awk '/overlapped:.*at least/ { print $(NF - 4) }' >>"$one"
    CANDEIA_THREADS=1 mpirun --allow-run-as-root --bind-to none -n 2 dotnet "$program" steps 10 | awk '/overlapped:.*at least/ { print $(NF - 4) }' >>"$two"
    i=$((i + 1))
done
middle() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
awk -v a="$(middle "$one")" -v b="$(middle "$two")" 'BEGIN { printf "1 process x 2 threads %.1f ms, 2 ranks x 1 thread %.1f ms a step: %.2f of its speed\n", a, b, a / b }'
