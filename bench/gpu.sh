#!/bin/sh
# What is to be known of a graphics processor of NVIDIA, on a machine that has one: `bench/gpu.sh` or `bench/gpu.sh cuda:1`. What is found; whether every op of the
# table, compiled by the real NVRTC, computes what the processor does; whether threads of a kernel get in each other's way (compute-sanitizer); and steps of the
# tutorial's network beside PyTorch's eager mode (where python3 has it), in the same call. The machine is left alone meanwhile. Each part has a limit of time, in
# seconds, and the rest goes on without one that fails: `LIMIT=60 bench/gpu.sh opencl:0` tries the script where OpenCL has a processor alone.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/eng/sdk.sh"
device=${1:-cuda:0}
limit=${LIMIT:-900}
title() { printf '\n== %s\n' "$*"; }
# Runs a part; what it ends with is said where it is not 0.
part() { timeout -k 10 "$limit" "$@" || printf 'NOT DONE: %s (%s)\n' "$*" "$?"; }
run() { part "$root/run" "$@"; }
has() { command -v "$1" >/dev/null 2>&1; }

title 'What is found'
run devices
has nvidia-smi && nvidia-smi --query-gpu=name,driver_version,memory.total,compute_cap --format=csv || echo 'no nvidia-smi'
for library in libcuda libnvrtc libcublasLt libcudnn libnvidia-opencl; do
    printf '%s: %s\n' "$library" "$(ldconfig -p 2>/dev/null | grep -m1 "$library" | sed 's/.*=> //' || true)"
done

title 'The table of ops, networks, faults'
build tests/Candeia.Gpu.Tests/Candeia.Gpu.Tests.csproj
part "$dotnet" vstest "$root/tests/Candeia.Gpu.Tests/bin/Release/net10.0/Candeia.Gpu.Tests.dll" --Logger:'console;verbosity=minimal'

title 'Races'
if has compute-sanitizer; then
    build src/Candeia.Cli/Candeia.Cli.csproj
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    part compute-sanitizer --tool racecheck --print-limit 20 "$dotnet" "$root/src/Candeia.Cli/bin/Release/net10.0/candeia.dll" \
        guess-the-correlation --device "$device" --train 64 --valid 16 --test 16 --batch-size 16 --epochs 1 --data "$folder/data" --out "$folder/run"
else
    echo 'no compute-sanitizer'
fi

for batch in 64 256 1024; do
    title "The tutorial's network, batches of $batch"
    run bench step --device "$device" --batch-size "$batch"
    case $device in cuda*)
        echo 'without cuBLASLt:'; CANDEIA_CUBLASLT='' run bench step --device "$device" --batch-size "$batch"
        echo 'without cuDNN:'; CANDEIA_CUDNN='' run bench step --device "$device" --batch-size "$batch"
        echo 'without graphs:'; CANDEIA_CUDA_GRAPHS='' run bench step --device "$device" --batch-size "$batch" ;;
    esac
    if has python3 && python3 -c 'import torch' 2>/dev/null; then part python3 "$root/bench/gpu_torch.py" "$batch"; else echo 'no PyTorch'; fi
done
