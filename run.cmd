@echo off
rem Runs the candeia tool: finds or installs the .NET SDK, builds what changed, and passes its arguments on.
setlocal
set "dotnet="
for /f "usebackq delims=" %%d in (`powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0eng\build.ps1"`) do set "dotnet=%%d"
if not defined dotnet exit /b 1
"%dotnet%" "%~dp0src\Candeia.Cli\bin\Release\net10.0\candeia.dll" %*
exit /b %errorlevel%
