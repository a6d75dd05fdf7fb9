# For run.cmd: builds the candeia tool when something changed, and writes the dotnet command to run it with.
. "$PSScriptRoot\sdk.ps1"

$tool = "$root\src\Candeia.Cli\bin\Release\net10.0\candeia.dll"
$stamp = "$work\run.stamp"    # as old as the last build, and lists the files that went into it

$sources = @(Get-ChildItem "$root\src" -Recurse -File | Where-Object { $_.FullName -notmatch '\\(bin|obj)\\' })
$sources += 'Directory.Build.props', 'Directory.Packages.props', '.editorconfig', 'global.json' | ForEach-Object { Get-Item "$root\$_" }
$list = $sources.FullName -join "`n"

$fresh = (Test-Path $tool) -and (Test-Path $stamp) -and [IO.File]::ReadAllText($stamp) -eq $list -and
    -not ($sources | Where-Object { $_.LastWriteTimeUtc -gt (Get-Item $stamp).LastWriteTimeUtc })
if (-not $fresh) {
    [IO.File]::WriteAllText("$stamp.$PID", $list)
    # Our own checks of the sources take most of a first build, and find nothing there: what was committed has passed them.
    Build 'src\Candeia.Cli\Candeia.Cli.csproj' @(if (-not (Test-Path $tool)) { '-p:RunAnalyzers=false', '-p:GenerateDocumentationFile=false' })
    Move-Item -Force "$stamp.$PID" $stamp
}

$dotnet
