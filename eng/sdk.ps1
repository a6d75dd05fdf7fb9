# Dot-sourced by build.ps1 and test.ps1: leaves in $dotnet the command of a .NET SDK that satisfies global.json.
# It is the one on the PATH, or the one in .dotnet, or a new one installed there. The same as sdk.sh, for Windows.

$root = Split-Path -Parent $PSScriptRoot
$work = Join-Path $root 'artifacts'
$page = 'https://dotnet.microsoft.com/download/dotnet/10.0'

function Say($text) { [Console]::Error.WriteLine($text) }
function Die($text) { Say $text; exit 1 }

$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_GENERATE_ASPNET_CERTIFICATE = 'false'
$env:DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE = 'true'
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
$env:MSBUILDDISABLENODEREUSE = '1'
$env:Platform = $null
$env:Configuration = $null

try { [void](New-Item -ItemType Directory -Force $work -ErrorAction Stop) }
catch { Die "Cannot write to ${root}: Candeia is built in its own folder, so clone it to a place you may write to." }

function Test-Sdk($command) {
    if (-not (Get-Command $command -ErrorAction SilentlyContinue)) { return $false }
    Push-Location $root
    try { & $command --version *> $null; return $LASTEXITCODE -eq 0 } finally { Pop-Location }
}

function Install-Sdk {
    Say "Installing the .NET 10 SDK into $root\.dotnet (about 250 MB, for this project only) ..."
    $partial = Join-Path $root '.dotnet.partial'
    Remove-Item -Recurse -Force $partial -ErrorAction SilentlyContinue
    [void](New-Item -ItemType Directory -Force $partial)
    try {
        [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
        $ProgressPreference = 'SilentlyContinue'
        Invoke-WebRequest -UseBasicParsing 'https://dot.net/v1/dotnet-install.ps1' -OutFile "$partial\install.ps1" -ErrorAction Stop
        & "$partial\install.ps1" -Channel 10.0 -InstallDir "$partial\sdk" -NoPath *> "$work\install.log"
        if (-not (Test-Sdk "$partial\sdk\dotnet.exe")) { throw "see $work\install.log" }
        Remove-Item -Recurse -Force "$root\.dotnet" -ErrorAction SilentlyContinue
        Move-Item "$partial\sdk" "$root\.dotnet" -ErrorAction Stop
    }
    catch {
        Say "The .NET 10 SDK is missing, and it could not be installed: $($_.Exception.Message)"
        Die "Connect to the internet, or install the SDK from $page yourself, and try again."
    }
    finally { Remove-Item -Recurse -Force $partial -ErrorAction SilentlyContinue }
}

# One project or solution: silent unless it fails.
function Build($project, $more = @()) {
    Push-Location $root
    & $dotnet build -c Release -v q -nologo --disable-build-servers $project @more *> "$work\build.log"
    $status = $LASTEXITCODE
    Pop-Location
    if ($status -eq 0) { return }
    $log = Get-Content "$work\build.log"
    if ($log -match 'NU1301') { Die 'The packages of the first build come from nuget.org, which could not be reached. Connect to the internet and try again.' }
    $errors = @($log -match ': error ' -replace ' \[[^\]]*\]$', '' | Sort-Object -Unique)
    if ($errors.Count -eq 0) { $errors = $log }
    $errors | ForEach-Object { Say $_ }
    Die 'Candeia could not be built; the messages stand above.'
}

$dotnet = 'dotnet'
if (-not (Test-Sdk $dotnet)) {
    $dotnet = "$root\.dotnet\dotnet.exe"
    if (-not (Test-Sdk $dotnet)) { Install-Sdk }
}
