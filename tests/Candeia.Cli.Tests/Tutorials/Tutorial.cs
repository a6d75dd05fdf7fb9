using System.Diagnostics;

namespace Candeia.Cli.Tests;

/// <summary>A program of tutorials/, as the build has compiled it, in a process of its own with a limit on its time.</summary>
static class Tutorial
{
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    /// <summary>Runs it in a folder, and gives what it wrote to the console.</summary>
    public static string Run(string name, string folder, params string[] args) => Run(name, folder, s_limit, args);

    /// <summary>
    /// Runs it as its reader does, with all its pictures and epochs, which takes minutes: only where CANDEIA_LARGE=1 asks for it.
    /// </summary>
    public static string RunWhole(string name, string folder)
    {
        SkipUnlessLarge();
        return Run(name, folder, TimeSpan.FromMinutes(30));
    }

    /// <summary>Leaves out what takes minutes, unless CANDEIA_LARGE=1 asks for it.</summary>
    public static void SkipUnlessLarge() => Skip.IfNot(Environment.GetEnvironmentVariable("CANDEIA_LARGE") == "1", "takes minutes: CANDEIA_LARGE=1 asks for it");

    static string Run(string name, string folder, TimeSpan limit, params string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, $"{name}.dll");
        var start = new ProcessStartInfo(Tool.Dotnet, [program, .. args]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{name} has not ended after {limit}. It said: {output.Result}{error.Result}");
        }
        Assert.True(process.ExitCode == 0, $"{name} ended with {process.ExitCode}. It said: {output.Result}{error.Result}");
        return output.Result;
    }
}
