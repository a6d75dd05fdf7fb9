@echo off
rem Builds everything in Release and runs all tests; the last line is "N passed, N failed".
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0eng\test.ps1" %*
exit /b %errorlevel%
