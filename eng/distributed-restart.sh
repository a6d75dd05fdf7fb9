#!/bin/sh
# Runs a job of several ranks, and starts it again while it ends because a rank was lost: killed, hung, or cut off. With the callback AutoResume it goes on
# where it was, and comes to the same bits as a job that was left alone.
#
#   eng/distributed-restart.sh [-r TIMES] mpirun -n 4 --bind-to none dotnet app.dll
#
# It ends with the job's exit code where that is an answer of the program (0, 1 and 2) or the wish of a person (130 and 143). Any other is a loss, whatever
# launchers make of a rank that was killed (137 or 9); after the last try it ends with 75.
set -u
times=10
if [ "${1-}" = -r ]; then
    times=$2
    shift 2
fi
[ $# -gt 0 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2; }

# Of Open MPI: mpirun itself finds out within seconds that a host is cut off, and leaves ranks the time to save what they have.
export OMPI_MCA_oob_tcp_keepalive_time=5 OMPI_MCA_oob_tcp_keepalive_intvl=2 OMPI_MCA_oob_tcp_keepalive_probes=3
export OMPI_MCA_odls_base_sigkill_timeout=4

child=
trap 'stopped=1; [ -z "$child" ] || kill -TERM "$child"' INT TERM
stopped=0 try=0
while :; do
    "$@" &
    child=$!
    wait "$child"
    code=$?
    while kill -0 "$child" 2>/dev/null; do wait "$child"; code=$?; done       # a signal ends a wait before the job
    child=
    case $code in 0 | 1 | 2 | 130 | 143) exit "$code" ;; esac
    [ "$stopped" = 0 ] || exit "$code"
    try=$((try + 1))
    [ "$try" -le "$times" ] || { printf 'A rank was lost %d times; this was the last try.\n' "$try" >&2; exit 75; }
    printf 'A rank was lost (exit code %d); start %d of at most %d.\n' "$code" "$((try + 1))" "$((times + 1))" >&2
done
