#!/bin/sh
# A stranger's machine: makes a bare Debian without .NET in a temporary folder, and lets `./run guess-the-correlation --quick`, with --test a part of `./test`
# too, install the SDK, build and run there. The SDK comes from a mirror on this machine, which holds that of this machine as an archive; packages come from
# nuget.org. Needs root, debootstrap and python3. `eng/bare-debian.sh [--test] [FILE]` takes Microsoft's dotnet-install.sh from a file; without one it is fetched, and where that
# cannot be done, a script of ten lines with the same options takes its place.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/eng/sdk.sh"
. "$root/eng/packages.sh"

test=no
[ "${1-}" != --test ] || { test=yes; shift; }
[ "$(id -u)" = 0 ] || die "eng/bare-debian.sh makes a Debian in a folder and enters it, which only root may: sudo eng/bare-debian.sh"
wants debootstrap
command -v debootstrap >/dev/null || die "debootstrap is missing: apt-get install debootstrap"
command -v python3 >/dev/null || die "python3 is missing, which serves the mirror."

here=$(mktemp -d)
debian=$here/debian mirror=$here/mirror port=18080 server=
leave() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    umount "$debian/proc" 2>/dev/null || true
    ! mountpoint -q "$debian/proc" 2>/dev/null || { say "$debian/proc is still mounted; $here stays."; return; }
    rm -rf "$here"
}
trap leave EXIT
trap 'exit 130' INT TERM

say "A mirror of the SDK …"
version=$(cd "$root" && "$dotnet" --version)
mkdir -p "$mirror/Sdk/10.0" "$mirror/Sdk/$version"
home=$(dirname -- "$(readlink -f -- "$(command -v "$dotnet")")")
tar -C "$home" -I 'gzip -1' -cf "$mirror/Sdk/$version/dotnet-sdk-$version-linux-x64.tar.gz" .
echo "$version" >"$mirror/Sdk/10.0/latest.version"
if [ $# -gt 0 ]; then cp -- "$1" "$mirror/dotnet-install.sh"
elif ! fetch https://dot.net/v1/dotnet-install.sh "$mirror/dotnet-install.sh" 2>/dev/null; then
    say "Microsoft's dotnet-install.sh cannot be fetched; a script with the same options takes its place."
    cat >"$mirror/dotnet-install.sh" <<'SCRIPT'
set -eu
while [ $# -gt 0 ]; do
    case $1 in
        --channel) channel=$2; shift ;;
        --install-dir) folder=$2; shift ;;
        --azure-feed) feed=$2; shift ;;
        --no-path) ;;
        *) echo "Unknown argument $1" >&2; exit 1 ;;
    esac
    shift
done
version=$(curl -fsS "$feed/Sdk/$channel/latest.version")
mkdir -p "$folder"
curl -fsS "$feed/Sdk/$version/dotnet-sdk-$version-linux-x64.tar.gz" | tar -xz -C "$folder"
SCRIPT
fi
python3 -m http.server "$port" --bind 127.0.0.1 --directory "$mirror" >"$here/mirror.log" 2>&1 &
server=$!

say "A bare Debian …"
debootstrap --variant=minbase bookworm "$debian" >"$here/debootstrap.log" 2>&1 || { tail -n 20 "$here/debootstrap.log" >&2; die "debootstrap has failed."; }
cp /etc/resolv.conf "$debian/etc/resolv.conf"
mkdir -p "$debian/etc/ssl/certs" "$debian/home/stranger/candeia"
mount -t proc proc "$debian/proc" || die "/proc cannot be mounted in $debian: .NET needs it."
git -C "$root" archive HEAD | tar -x -C "$debian/home/stranger/candeia"

# inside COMMAND…: as a stranger would, with nothing of this machine but the address of the mirror.
inside() {
    timeout 1500 env -i HOME=/home/stranger PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin CANDEIA_SDK_MIRROR="http://127.0.0.1:$port" \
        ${NUGET_CERT_REVOCATION_MODE:+NUGET_CERT_REVOCATION_MODE="$NUGET_CERT_REVOCATION_MODE"} \
        chroot "$debian" sh -c 'cd /home/stranger/candeia && "$@"' sh "$@"
}

say "Without curl and wget:"
! inside ./run --version >"$here/log" 2>&1 || die "./run did something without a way to fetch the SDK."
cat "$here/log"
grep -q 'neither curl nor wget' "$here/log" || die "./run did not say what is missing."

say "With curl:"
inside sh -c 'apt-get update -q && apt-get install -y -q --no-install-recommends curl ca-certificates' >"$here/log" 2>&1 || { tail -n 20 "$here/log" >&2; die "curl could not be installed."; }
! [ -s /etc/ssl/certs/ca-certificates.crt ] || cp /etc/ssl/certs/ca-certificates.crt "$debian/etc/ssl/certs/ca-certificates.crt"    # whom this machine trusts
start=$(date +%s)
inside ./run guess-the-correlation --quick
for file in report.html metrics.json model.safetensors; do [ -s "$debian/home/stranger/candeia/runs/guess-the-correlation/$file" ] || die "$file is missing."; done
say "From nothing to the report: $(($(date +%s) - start)) s"
[ "$test" = no ] || inside ./test Formats Data
