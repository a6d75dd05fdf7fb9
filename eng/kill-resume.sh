#!/bin/sh
# Kills a training with SIGKILL at random moments, so many times as are named (50), and checks that it comes to the same bits as one that was left
# alone and that there never is half a file. A second number is the seed of the moments.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/eng/sdk.sh"
build bench/Candeia.KillResume/Candeia.KillResume.csproj
exec "$dotnet" "$root/bench/Candeia.KillResume/bin/Release/net10.0/Candeia.KillResume.dll" kill "${1:-50}" ${2:+"$2"}
