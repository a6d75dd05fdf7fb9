#!/bin/sh
# Publishes a small program that loads a model, predicts and prints, in four ways, and measures each: its size, and from start to end the median of many runs.
# Writes the table of docs/deploy.md to the standard output; with --write, into the page. With --sizes it takes no times, for a machine that has others to do.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$root/eng/sdk.sh"
. "$root/eng/table.sh"

write=no times=yes runs=21
for option; do
    case $option in
        --write) write=yes ;;
        --sizes) times=no ;;
        *) die "eng/deploy-sizes.sh [--write] [--sizes]" ;;
    esac
done

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT INT TERM
rid=linux-x64
[ "$(uname -m)" = aarch64 ] && rid=linux-arm64

cat >"$here/app.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><InvariantGlobalization>true</InvariantGlobalization>
    <DebugType>none</DebugType><StripSymbols>true</StripSymbols><GenerateDocumentationFile>false</GenerateDocumentationFile>
  </PropertyGroup>
  <ItemGroup><ProjectReference Include="$root/src/Candeia.Training/Candeia.Training.csproj" /></ItemGroup>
</Project>
END
cat >"$here/Program.cs" <<'END'
using Candeia;
using Candeia.NN;
using Candeia.Training;

var net = () => new Sequential(new Linear(4, 64), new ReLU(), new Linear(64, 3));
string folder = args[0];
if (args.Length > 1)
{
    net().Setup((y, target) => y.CrossEntropyLoss(target), p => new Adam(p)).Quiet().Fit(Tensor.Rand([64, 4]), Tensor.Randint(0, 3, [64]), epochs: 1).Save(folder);
    return;
}
float[] scores = Fitted.Load(folder, net).Predict(Tensor.From([5.1f, 3.5f, 1.4f, 0.2f], [1, 4])).Softmax(1).ToArray<float>();
Console.WriteLine(string.Join(' ', scores));
END

# publish NAME OPTION…: into a folder of that name.
publish() {
    name=$1; shift
    "$dotnet" publish "$here/app.csproj" -c Release -o "$here/$name" -v q --nologo --disable-build-servers -p:RunAnalyzers=false "$@" >"$here/$name.log" 2>&1 || { cat "$here/$name.log" >&2; die "$name could not be published."; }
    rm -rf "$here/obj" "$here/bin" "$here/$name"/*.pdb "$here/$name"/*.xml "$here/$name"/*.dbg
}

publish dependent
publish trimmed -r "$rid" --self-contained -p:PublishSingleFile=true -p:PublishTrimmed=true
publish ready -r "$rid" --self-contained -p:PublishSingleFile=true -p:PublishTrimmed=true -p:PublishReadyToRun=true
publish native -r "$rid" -p:PublishAot=true -p:IlcInstructionSet=native
"$dotnet" "$here/dependent/app.dll" "$here/model" train

now() { date +%s%N; }

# median NAME: milliseconds from start to end.
median() {
    [ "$times" = yes ] || { printf '–'; return; }
    if [ "$1" = dependent ]; then set -- "$dotnet" "$here/dependent/app.dll"; else set -- "$here/$1/app"; fi
    for _ in 1 2 3; do "$@" "$here/model" >/dev/null; done
    i=0
    while [ $i -lt $runs ]; do
        begin=$(now); "$@" "$here/model" >/dev/null; end=$(now)
        echo $(((end - begin) / 10000))
        i=$((i + 1))
    done | sort -n | awk -v n=$(((runs + 1) / 2)) 'NR == n { printf "%.0f ms", $1 / 100 }'
}

row() { printf '| %s | %s | %s |\n' "$2" "$(du -sk --apparent-size "$here/$1" | awk '{ printf "%.1f MB", $1 / 1024 }')" "$(median "$1")"; }

{
    printf '| published | size | start to end |\n|---|--:|--:|\n'
    row dependent 'framework-dependent'
    row trimmed 'single file, trimmed'
    row ready 'single file, trimmed, ReadyToRun'
    row native 'Native AOT'
} >"$here/table"

if [ "$times" = yes ]; then
    printf '\nMeasured on %s: %s, %s processors, a load of %s meanwhile, the median of %s starts, SDK %s.\n' "$(date -u +%F)" "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
        "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)" $runs "$("$dotnet" --version)" >>"$here/table"
fi
if [ "$write" = yes ]; then
    put_table "$root/docs/deploy.md" eng/deploy-sizes.sh "$here/table"
else
    cat "$here/table"
fi
