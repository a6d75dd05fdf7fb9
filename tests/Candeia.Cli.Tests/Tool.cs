using System.Diagnostics;
using System.Globalization;

namespace Candeia.Cli.Tests;

/// <summary>
/// The tool. Its commands run in this process, since starting one costs more than most of them do, and so their tests are <see cref="Here"/>;
/// <see cref="Apart"/> is for what only a process of its own shows.
/// </summary>
static class Tool
{
    static readonly string s_dll = Path.Combine(AppContext.BaseDirectory, "candeia.dll");

    public static ToolResult Run(params string[] args) => RunIn(Environment.CurrentDirectory, args);

    public static ToolResult RunIn(string folder, params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        var (before, threads) = (Environment.CurrentDirectory, Threads.Count);
        using StringWriter said = new(CultureInfo.InvariantCulture), complained = new(CultureInfo.InvariantCulture);
        try
        {
            Console.SetOut(said);
            Console.SetError(complained);
            Environment.CurrentDirectory = folder;
            int code = Cli.Tool.RunAsync(args).GetAwaiter().GetResult();
            return new(code, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            (Environment.CurrentDirectory, Threads.Count) = (before, threads);
        }
    }

    /// <summary>In a process of its own, with a limit on its time.</summary>
    public static ToolResult Apart(string folder, params string[] args)
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
