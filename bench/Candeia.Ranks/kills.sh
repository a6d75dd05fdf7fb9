#!/bin/sh
# Kills the last rank of a training at some step, and goes on with another number of ranks, again and again: does it come to the same bits each time?
#
#   bench/Candeia.Ranks/kills.sh [TIMES] [mpirun.openmpi | mpirun.mpich]
set -u
times=${1:-50} launcher=${2:-mpirun}
here=$(cd "$(dirname "$0")" && pwd)
program=$here/bin/Release/net10.0/Candeia.Ranks.dll
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
export CANDEIA_THREADS=1
case $("$launcher" --version) in *"Open MPI"*) own="--allow-run-as-root --oversubscribe --bind-to none" ;; *) own= ;; esac

for kind in train stream; do
    eval "expected_$kind=\$(dotnet '$program' $kind '$folder/whole-$kind' 4)"
done
same=0 i=0
while [ "$i" -lt "$times" ]; do
    i=$((i + 1))
    case $((i % 4)) in 0) before=2 after=1 ;; 1) before=2 after=4 ;; 2) before=4 after=2 ;; *) before=2 after=2 ;; esac
    if [ $((i % 2)) = 0 ]; then kind=train die=mortal expected=$expected_train; else kind=stream die=mortal-stream expected=$expected_stream; fi
    step=$(((i * 7 + 3) % 22 + 1))
    "$launcher" $own -n "$before" dotnet "$program" "$die" "$folder/$i" "$step" >"$folder/log" 2>&1 && { echo "$i: nobody was killed at step $step"; exit 1; }
    found=$("$launcher" $own -n "$after" dotnet "$program" "$kind" "$folder/$i" 4)
    if [ "$found" = "$expected" ]; then same=$((same + 1)); else echo "$i: $kind, $before ranks until step $step, then $after: $found, not $expected"; fi
    rm -rf "${folder:?}/$i"
done
echo "$same of $times trainings that lost a rank came to the same bits ($launcher)"
[ "$same" = "$times" ]
