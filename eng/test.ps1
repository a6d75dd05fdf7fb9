# For test.cmd: builds everything in Release and runs all tests; the last line is `N passed, N failed`, with the skipped if there are any.
# The arguments, if any, choose the test projects whose names contain one of them.
$words = $args
. "$PSScriptRoot\sdk.ps1"

$results = "$work\tests"
Remove-Item -Recurse -Force $results -ErrorAction SilentlyContinue
[void](New-Item -ItemType Directory -Force $results)
Build 'Candeia.slnx'

$passed = $failed = $skipped = 0
foreach ($folder in Get-ChildItem "$root\tests" -Directory -Filter '*.Tests') {
    $project = $folder.Name
    if ($words -and -not ($words | Where-Object { $project.Contains($_) })) { continue }

    # A test that hangs for five minutes ends its project.
    & $dotnet vstest "$($folder.FullName)\bin\Release\net10.0\$project.dll" "--ResultsDirectory:$results" `
        "--Logger:trx;LogFileName=$project.trx" '--Logger:console;verbosity=minimal' `
        '--Blame:CollectHangDump;TestTimeout=5m;HangDumpType=none' *> "$results\$project.log"
    $status = $LASTEXITCODE

    $p = $f = $total = 0
    if (Test-Path "$results\$project.trx") {
        $counters = ([xml](Get-Content -Raw "$results\$project.trx")).TestRun.ResultSummary.Counters
        $p = [int]$counters.passed; $f = [int]$counters.failed; $total = [int]$counters.total
    }
    $note = ''
    if ($status -ne 0 -and $f -eq 0) { $f = 1; $note = ' (crashed or hung)' }
    elseif ($total -eq 0) { $f = 1; $note = ' (has no tests)' }
    $s = [Math]::Max(0, $total - $p - $f)
    '{0,-26}{1,6} passed {2,4} failed {3,4} skipped{4}' -f $project, $p, $f, $s, $note
    if ($f -gt 0) { Get-Content "$results\$project.log" | Where-Object { $_ -notmatch '^(\[xUnit|VSTest|Starting test|A total of|  Skipped|$)' } }
    $passed += $p; $failed += $f; $skipped += $s
}
if ($passed + $failed -eq 0) { Die "No test project is named like that: $words" }

''
"$passed passed, $failed failed" + $(if ($skipped) { ", $skipped skipped" })
exit [int]($failed -gt 0)
