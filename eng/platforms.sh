#!/bin/sh
# Runs Candeia on systems that are not this one: as linux-arm64, which qemu emulates, and as win-x64, under wine. On each it does the main job (small),
# evaluates, predicts, trains, is killed and goes on, computes the table of ops, writes files and is interrupted; what comes of it is held against this machine.
# A line for each check; the last is `N passed, N failed`, with the skipped if there are any. `eng/platforms.sh win-x64` runs that one alone.
# qemu and wine are installed where root can do that by apt; otherwise their checks are skipped. docs/platforms.md says what all this shows, and what not.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/eng/sdk.sh"
. "$root/eng/packages.sh"

project=bench/Candeia.Platforms/Candeia.Platforms.csproj
all=$work/platforms

# Everything here computes with AVX2, which all x64 machines of the last ten years have, and so to the same bits. (docs/platforms.md)
export DOTNET_EnableAVX512=0
export DOTNET_EnableWriteXorExecute=0    # wine maps no memory twice
export WINEPREFIX=$work/wine WINEDEBUG=-all WINEDLLOVERRIDES=mshtml= DISPLAY=

# on SYSTEM COMMAND…: the program on a system, for four minutes at most. Under wine it has one processor: FlushProcessWriteBuffers does nothing there, and .NET
# needs it where threads run at once.
on() {
    place=$1; shift
    case $place in
    here) timeout 240 $interruptible "$dotnet" "$root/bench/Candeia.Platforms/bin/Release/net10.0/Candeia.Platforms.dll" "$@" ;;
    linux-arm64) timeout 240 $interruptible qemu-aarch64-static -L "$work/arm64" "$all/program-linux-arm64/Candeia.Platforms" "$@" ;;
    win-x64) timeout 240 $interruptible taskset -c 0 "$wine" "$all/program-win-x64/Candeia.Platforms.exe" "$@" ;;
    esac
}

interruptible='env --default-signal=INT'    # shells let what runs in the background ignore Ctrl+C

# publish SYSTEM: the program with its runtime, which needs nothing of the system.
publish() {
    (cd "$root" && "$dotnet" publish "$project" -c Release -r "$1" --no-restore -p:CandeiaPlatforms=true -o "$all/program-$1" \
        -v q -nologo --disable-build-servers) >"$all/publish.log" 2>&1 || { cat "$all/publish.log" >&2; die "The program for $1 could not be published; the messages stand above."; }
}

# check NAME COMMAND…: the last line that the command writes stands beside the name; all of it, where it fails.
check() {
    name=$1; shift
    said=$all/$system.said
    if "$@" >"$said" 2>&1; then printf '  ok      %s%s\n' "$name" "$(sed -n '$s/.*/ (&)/p' "$said" | cut -c 1-120)"
    else
        printf '  FAILED  %s\n' "$name"
        tail -n 40 "$said" | sed 's/^/            /'
    fi
}

# compute SYSTEM: all whose results are compared, in a folder of that name.
compute() {
    mkdir -p "$all/$1"
    cd "$all/$1"
    on "$1" guess-the-correlation --data data --out run --train 8 --valid 4 --test 4 --epochs 2 --batch-size 4 --seed 3 >job.log 2>&1 &&
        pictures=$(find data -name '*.png' | LC_ALL=C sort | head -n 2) &&
        on "$1" evaluate --model run/model.safetensors --data data/guess-the-correlation --json >evaluate.txt 2>evaluate.log &&
        on "$1" predict --model run/model.safetensors $pictures >predict.txt 2>predict.log &&
        cut -d, -f1-3 run/history.csv >losses.txt &&
        on "$1" ops ops.safetensors >ops.log 2>&1 &&
        on "$1" train unbroken >train.log 2>&1 || { echo "exit code $?"; tail -n 12 ./*.log; return 1; }
}

# same FILE [TOLERANCE]: like that of this machine.
same() { on here compare "$all/here/$1" "$all/$system/$1" ${2:+--within "$2"}; }

same_bytes() { [ "$(on here hash "$all/here/$1")" = "$(on here hash "$all/$system/$1")" ]; }

all_files() {
    for file in report.html batch.png history.svg history.csv predictions.svg predictions.csv metrics.json model.safetensors; do
        [ -s "$all/$system/run/$file" ] || { echo "$file is missing or empty"; return 1; }
    done
}

# killed: the process ends itself in the middle of an epoch, without a chance to write anything; the next one goes on.
killed() {
    cd "$all/$system"
    status=0
    on "$system" train broken --killed-after 150 || status=$?
    [ "$status" -ne 0 ] && [ ! -e broken/result.txt ] || { echo "It was not killed: $status."; return 1; }
    on "$system" train broken || return 1
    cmp unbroken/result.txt broken/result.txt
}

files() {
    cd "$all/$system"
    on "$system" files files
}

# interrupted: Ctrl+C in the middle of a long training: it tests and writes what it has learnt, says so, and ends with 130. Windows has Ctrl+C where there is a
# console, so there is one, of 60 columns.
interrupted() {
    cd "$all/$system"
    set -- interrupted stopped guess-the-correlation --data data --out stopped --train 8 --valid 4 --test 4 --epochs 100 --batch-size 4
    status=0
    if [ "$system" = win-x64 ]; then
        export wine all arguments="$*"
        script -qec 'stty cols 60; exec timeout 240 env --default-signal=INT taskset -c 0 "$wine" "$all/program-win-x64/Candeia.Platforms.exe" $arguments' stopped.log </dev/null >/dev/null || status=$?
    else on "$system" "$@" >stopped.log 2>&1 || status=$?
    fi
    [ "$status" -eq 130 ] && [ -s stopped/model.safetensors ] || { cat stopped.log; echo "exit code $status"; return 1; }
}

# run_cmd: what run.cmd itself does, with a stand-in for PowerShell, which wine does not have, that finds a stand-in for dotnet, in folders with blanks.
run_cmd() {
    place="$all/$system/run cmd"
    mkdir -p "$place/the sdk"
    cp "$root/run.cmd" "$place"
    printf '@echo off\r\nif defined NO_SDK exit /b 1\r\necho %%CD%%\\the sdk\\dotnet.cmd\r\n' >"$place/powershell.cmd"
    printf '@echo off\r\necho got: %%*\r\nexit /b 7\r\n' >"$place/the sdk/dotnet.cmd"
    cd "$place"
    status=0
    timeout 240 taskset -c 0 "$wine" cmd /c "run.cmd predict --model runs one.png" >said.txt 2>/dev/null || status=$?
    tr -d '\r' <said.txt | grep -F 'run cmd\src\Candeia.Cli\bin\Release\net10.0\candeia.dll" predict --model runs one.png' && [ "$status" -eq 7 ] || { cat said.txt; echo "exit code $status"; return 1; }
    status=0
    NO_SDK=1 timeout 240 taskset -c 0 "$wine" cmd /c run.cmd predict >said.txt 2>/dev/null || status=$?
    [ "$status" -eq 1 ] && ! grep -q got: said.txt || { cat said.txt; echo "exit code $status without an SDK"; return 1; }
    echo "the dll, the arguments, and the exit code arrive"
}

# try SYSTEM [TOLERANCE]: how far numbers may be from those of this machine; without it, bits must be the same.
try() {
    system=$1
    start=$(date +%s)
    printf '%s\n' "$system"
    check "the main job, evaluate, predict, the ops, a training" compute "$system"
    check "all files of the main job are there" all_files
    check "the data set has the same bytes" same_bytes data
    [ $# -gt 1 ] || check "the network has the same bits" same run/model.safetensors
    check "its losses" same losses.txt ${2-}
    check "its predictions" same run/predictions.csv ${2-}
    check "evaluate" same evaluate.txt ${2-}
    check "predict" same predict.txt ${2-}
    check "the table of ops" same ops.safetensors "${2-1e-6}"
    [ $# -gt 1 ] || check "a training with everything that has a state has the same bits" same unbroken/result.txt
    check "killed and resumed: the same bits as unbroken" killed
    check "files and locks" files
    check "Ctrl+C" interrupted
    [ "$system" != win-x64 ] || check "run.cmd" run_cmd
    printf '  %d s\n' "$(($(date +%s) - start))"
}

# without SYSTEM REASON
without() { printf '%s\n  skipped %s\n' "$1" "$2" >"$all/$1.log"; }

rm -rf "$all"
mkdir -p "$all"
wanted=${1-linux-arm64 win-x64}
if [ "$(uname -sm)" = 'Linux x86_64' ]; then
    build "$project"
    (cd "$root" && "$dotnet" restore "$project" -p:CandeiaPlatforms=true -v q --disable-build-servers) >"$all/publish.log" 2>&1 || { cat "$all/publish.log" >&2; die "The runtimes of other systems could not be restored."; }
    compute here || die "This machine itself cannot do what others are to do."
fi
for system in $wanted; do
    if [ "$(uname -sm)" != 'Linux x86_64' ]; then without "$system" "this machine is no Linux on x64."; continue; fi
    case $system in
    linux-arm64)
        wants qemu-user-static
        if ! command -v qemu-aarch64-static >/dev/null; then without $system "there is no qemu-aarch64-static."
        elif ! foreign arm64 "$work/arm64" libc6 libgcc-s1 libstdc++6 libssl3 zlib1g; then without $system "Debian's libraries for Arm64 cannot be had."
        else publish $system; try $system 1e-5 >"$all/$system.log" 2>&1 & fi ;;
    win-x64)
        wants wine64
        wine=$(command -v wine64 || command -v wine || echo /usr/lib/wine/wine64)
        if [ ! -x "$wine" ]; then without $system "there is no wine."
        else publish $system; try $system >"$all/$system.log" 2>&1 & fi ;;
    *) die "There is no system '$system': linux-arm64, win-x64." ;;
    esac
done
wait
for system in $wanted; do cat "$all/$system.log"; done
count() { cat "$all"/*-*.log | grep -c "^  $1 " || true; }
skipped=$(count skipped)
[ "$skipped" -eq 0 ] && more='' || more=", $skipped skipped"
printf '\n%d passed, %d failed%s\n' "$(count ok)" "$(count FAILED)" "$more"
[ "$(count FAILED)" -eq 0 ]
