using System.Diagnostics;

namespace Candeia.Repository.Tests;

/// <summary>The folder in which this test was built, and programs that run in folders.</summary>
static class Checkout
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    /// <summary>Debug or Release, as these tests were built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The host that runs this test.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath switch
    {
        { } path when Path.GetFileNameWithoutExtension(path) == "dotnet" => path,
        _ => "dotnet",
    };

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path])).ReplaceLineEndings("\n");

    public static (int Code, string Output, string Error) Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";           // nothing stays behind
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(10)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} has not ended. It said: {output.Result}{error.Result}");
        }
        return (process.ExitCode, output.Result, error.Result);
    }

    static string Above(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Candeia.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("Candeia.slnx is in no folder above the tests.");
    }
}
