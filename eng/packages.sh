# Sourced by ./test, with $work set.

# wants PACKAGE…: installs packages of Debian or Ubuntu that are missing, where that can be done: by root, from apt, within two minutes. What cannot be
# had is done without: tests that need it skip, and say what is missing.
wants() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && command -v dpkg-query >/dev/null && command -v timeout >/dev/null || return 0
    lacking=
    for package; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || lacking="$lacking $package"
    done
    [ -n "$lacking" ] || return 0
    printf 'Installing%s …\n' "$lacking" >&2
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    timeout 120 sh -c 'apt-get install -y -q --no-install-recommends "$@" || { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; }' \
        sh $lacking >"$work/packages.log" 2>&1 </dev/null || printf 'Not installed:%s; the tests that need it skip.\n' "$lacking" >&2
}

# foreign ARCHITECTURE FOLDER PACKAGE…: unpacks Debian's packages of another architecture into a folder; nothing is installed. Fails where there is no apt.
foreign() {
    architecture=$1 place=$2
    shift 2
    [ ! -e "$place/complete" ] || return 0
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null && command -v timeout >/dev/null || return 1
    rm -rf "$place"
    mkdir -p "$place/apt/lists/partial" "$place/apt/archives/partial"
    cat >"$place/apt.conf" <<END
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Sandbox::User "";
Dir::State "$place/apt";
Dir::State::status "/dev/null";
Dir::Cache "$place/apt";
END
    APT_CONFIG=$place/apt.conf timeout 120 sh -c 'cd "$1/apt" && shift && apt-get -q update && apt-get -q download "$@"' sh "$place" "$@" >"$work/packages.log" 2>&1 || return 1
    for file in "$place"/apt/*.deb; do dpkg-deb -x "$file" "$place" || return 1; done
    rm -rf "$place/apt" "$place/apt.conf"
    touch "$place/complete"
}
