using System.Diagnostics;

namespace Candeia.Cli.Tests;

/// <summary>The tool as a process of its own, with a limit on its time.</summary>
static class Tool
{
    static readonly string s_dll = Path.Combine(AppContext.BaseDirectory, "candeia.dll");

    public static ToolResult Run(params string[] args) => RunIn(Environment.CurrentDirectory, args);

    public static ToolResult RunIn(string folder, params string[] args)
    {
        using var process = Start(folder, args);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"candeia {string.Join(' ', args)} did not end. It said: {output.Result}{error.Result}");
        }
        return new(process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(string folder, params string[] args) => Process.Start(new ProcessStartInfo(Dotnet, [s_dll, .. args])
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
    })!;

    /// <summary>The host that runs this test.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath switch
    {
        { } path when Path.GetFileNameWithoutExtension(path) == "dotnet" => path,
        _ => "dotnet",
    };
}
