# Sourced by ./run and ./test, with $root set: leaves in $dotnet the command of a .NET SDK that satisfies global.json.
# It is the one on the PATH, or the one in .dotnet, or a new one installed there. CANDEIA_SDK_MIRROR=http://… names a server that has dotnet-install.sh and
# the archives, with the paths of Microsoft's, for networks that do not reach those.

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true DOTNET_CLI_UI_LANGUAGE=en
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1    # the SDK then needs no ICU library, which small machines lack
export MSBUILDDISABLENODEREUSE=1                  # nothing stays behind
unset Platform Configuration                      # MSBuild would read them

work=$root/artifacts                              # git ignores it
mkdir -p "$work" 2>/dev/null || die "Cannot write to $root: Candeia is built in its own folder, so clone it to a place you may write to."

if [ ! -d "${HOME-}" ] || [ ! -w "${HOME-}" ]; then
    export HOME="$work/home"                      # the SDK keeps its settings and packages there
    mkdir -p "$HOME"
fi

satisfies() { (cd "$root" && "$1" --version) >/dev/null 2>&1; }

fetch() {
    if command -v curl >/dev/null; then curl -fsSL --retry 2 --connect-timeout 20 -o "$2" "$1"
    else wget -q -T 20 -t 3 -O "$2" "$1"
    fi
}

# missing WHAT REMEDY
missing() {
    die "The .NET 10 SDK is missing, and it could not be installed: $1
$2, or install the SDK from https://dotnet.microsoft.com/download/dotnet/10.0 yourself, and try again."
}

install_sdk() {
    mirror=${CANDEIA_SDK_MIRROR-}
    script=${mirror:-https://dot.net/v1}/dotnet-install.sh
    partial=$root/.dotnet.partial
    command -v bash >/dev/null || missing "its install script needs bash." "Install bash"
    command -v curl >/dev/null || command -v wget >/dev/null || missing "there is neither curl nor wget." "Install one of them"
    say "Installing the .NET 10 SDK into $root/.dotnet (about 250 MB, for this project only) …"
    rm -rf "$partial"
    mkdir -p "$partial"
    trap 'rm -rf "$partial"' EXIT
    trap 'exit 130' INT TERM
    fetch "$script" "$partial/install.sh" 2>"$work/install.log" ||
        missing "$script could not be fetched ($(tail -n 1 "$work/install.log" | cut -c 1-200))." "Connect to the internet"
    bash "$partial/install.sh" --channel 10.0 --install-dir "$partial/sdk" --no-path ${mirror:+--azure-feed "$mirror"} >"$work/install.log" 2>&1 && satisfies "$partial/sdk/dotnet" ||
        missing "$(tail -n 1 "$work/install.log" | cut -c 1-200)" "See $work/install.log"
    rm -rf "$root/.dotnet"
    mv "$partial/sdk" "$root/.dotnet"
    rm -rf "$partial"
    trap - EXIT INT TERM
}

# Ends the compiler that the build has started: one for all projects, for each would otherwise start its own and take more than half again as long.
end_compiler() {
    [ -S "/tmp/$compiler" ] || return 0
    command=$(readlink -f "$(command -v "$dotnet")")
    "$dotnet" exec "$(dirname "$command")/sdk/$(cd "$root" && "$dotnet" --version)/Roslyn/bincore/VBCSCompiler.dll" "-pipename:$compiler" -shutdown >/dev/null 2>&1 || :
}

# build PROJECT OPTION…: one at a time, and silent unless it fails.
build() {
    compiler=candeia-$$
    lock=$work/build.lock                         # a link to the number of the process that builds
    until ln -s $$ "$lock" 2>/dev/null; do
        kill -0 "$(readlink "$lock")" 2>/dev/null || rm -f "$lock"
        sleep 1
    done
    trap 'end_compiler; rm -f "$lock"' EXIT
    trap 'exit 130' INT TERM
    [ ! -t 2 ] || printf 'Building …' >&2
    if ! (cd "$root" && "$dotnet" build -c Release -v q -nologo -p:UseSharedCompilation=true "-p:SharedCompilationId=$compiler" -p:UseRazorBuildServer=false "$@") >"$work/build.log" 2>&1; then
        [ ! -t 2 ] || printf '\r' >&2
        ! grep -q NU1301 "$work/build.log" || die "The packages of the first build come from nuget.org, which could not be reached. Connect to the internet and try again."
        sed -n '/: error /{ s/ \[[^]]*\]$//; p; }' "$work/build.log" | sort -u | grep . >&2 || cat "$work/build.log" >&2
        die "Candeia could not be built; the messages stand above."
    fi
    [ ! -t 2 ] || printf '\r          \r' >&2
    end_compiler
    rm -f "$lock"
    trap - EXIT INT TERM
}

dotnet=dotnet
satisfies "$dotnet" || {
    dotnet=$root/.dotnet/dotnet
    satisfies "$dotnet" || install_sdk
}
