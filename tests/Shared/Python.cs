using System.Diagnostics;

namespace Candeia.Tests;

/// <summary>The system's Python as an authority on its own formats; tests that need it skip where it, or a package, is absent.</summary>
static class Python
{
    const string Path = "/usr/bin/python3";

    /// <summary>Runs a script and returns what it wrote; a failure of it is one of the test.</summary>
    public static string Run(string folder, string script, string package)
    {
        Skip.IfNot(File.Exists(Path), $"there is no {Path}");
        Skip.IfNot(Start(folder, $"import {package}").Code == 0, $"{Path} has no {package}");
        var (code, output, error) = Start(folder, script);
        Assert.True(code == 0, error);
        return output;
    }

    static (int Code, string Output, string Error) Start(string folder, string script)
    {
        using var process = Process.Start(new ProcessStartInfo(Path, ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3))) process.Kill();
        return (process.ExitCode, output, error.Result);
    }
}
