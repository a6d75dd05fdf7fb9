#!/bin/sh
# Two hosts on one machine, by namespaces of the network; for Linux, root and Open MPI.
#
#   bench/Candeia.Ranks/network.sh slow [PICTURES [RATE]]   steps of the tutorial's network at 1 Gbit/s (tbf), alone, apart and overlapped
#   bench/Candeia.Ranks/network.sh cut                      cuts the link during a training: how long until all is over, and what is left
set -u
here=$(cd "$(dirname "$0")" && pwd)
program=$here/bin/Release/net10.0/Candeia.Ranks.dll
folder=$(mktemp -d)
a=candeia-a b=candeia-b

up() {
    ip netns add $a && ip netns add $b && ip link add cva type veth peer name cvb && ip link set cva netns $a && ip link set cvb netns $b || exit 1
    ip -n $a addr add 10.88.0.1/24 dev cva; ip -n $b addr add 10.88.0.2/24 dev cvb
    for n in $a $b; do ip -n $n link set lo up; mkdir -p /etc/netns/$n; printf '127.0.0.1 localhost\n10.88.0.1 %s\n10.88.0.2 %s\n' $a $b >/etc/netns/$n/hosts; done
    ip -n $a link set cva up; ip -n $b link set cvb up
    # What mpirun calls in the place of ssh.
    printf '#!/bin/sh\nhost=$1; shift\nexec ip netns exec $host unshare --uts sh -c "hostname $host; $*"\n' >"$folder/rsh" && chmod +x "$folder/rsh"
}

down() {
    for n in $a $b; do ip netns pids $n 2>/dev/null | xargs -r kill -9; ip netns del $n 2>/dev/null; rm -rf /etc/netns/$n; done
    rm -rf "$folder"
}
trap down EXIT

job() {
    ip netns exec $a unshare --uts sh -c "hostname $a; mpirun --allow-run-as-root --host $a,$b --bind-to none --mca plm_rsh_agent $folder/rsh --mca btl tcp,self --mca pml ob1 \
        --mca oob_tcp_if_include 10.88.0.0/24 --mca btl_tcp_if_include 10.88.0.0/24 --mca oob_tcp_keepalive_time 5 --mca oob_tcp_keepalive_intvl 2 --mca oob_tcp_keepalive_probes 3 \
        -x CANDEIA_THREADS=1 -n 2 dotnet $program $*"
}

limit() {
    ip netns exec $a tc qdisc "$1" dev cva root tbf rate "${2:-1gbit}" burst 256kb latency 50ms
    ip netns exec $b tc qdisc "$1" dev cvb root tbf rate "${2:-1gbit}" burst 256kb latency 50ms
}

case ${1-} in
slow)
    up
    echo "as fast as the machine is:"
    job steps 20 "${2:-64}"
    limit add "${3:-1gbit}"
    echo "with ${3:-1gbit}:"
    job steps 20 "${2:-64}"
    ;;
cut)
    up
    job lost trains >"$folder/log" 2>&1 &
    child=$!
    while ! grep -q 'has come to step' "$folder/log"; do kill -0 $child 2>/dev/null || { cat "$folder/log"; exit 1; }; sleep 0.1; done
    ip -n $b link set cvb down
    began=$(date +%s%N)
    while kill -0 $child 2>/dev/null && [ $((($(date +%s%N) - began) / 1000000)) -lt 60000 ]; do
        [ -n "${ranks_gone-}" ] || { [ -z "$(ip netns pids $a | xargs -r ps -o args= -p 2>/dev/null | grep Candeia.Ranks.dll | grep -v mpirun)" ] && ranks_gone=$((($(date +%s%N) - began) / 1000000)); }
        sleep 0.1
    done
    over=$((($(date +%s%N) - began) / 1000000))
    kill -0 $child 2>/dev/null && over="not" && kill -9 $child
    wait $child; code=$?
    cat "$folder/log"
    sleep 1
    echo "ranks of this side over after ${ranks_gone-?} ms, mpirun after $over ms, exit code $code; left: $( { ip netns pids $a; ip netns pids $b; } | wc -l) processes"
    ;;
*)
    sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
