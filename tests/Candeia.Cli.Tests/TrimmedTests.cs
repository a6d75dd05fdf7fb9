using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Candeia.Cli.Tests;

/// <summary>What the libraries promise with IsTrimmable: a program from which all unused code has been cut away learns all the same.</summary>
public sealed class TrimmedTests : IDisposable
{
    const string Program = """
        using Candeia;
        using Candeia.Data;
        using Candeia.NN;
        using Candeia.Training;
        Generator.Seed(1);
        Tensor x = Tensor.Randn([64, 3]), y = x.Sum([1], keepDim: true);
        var fitted = new Net().Setup((p, t) => p.MseLoss(t), p => new Adam(p, 0.01), new MeanAbsoluteError()).Fit(new TensorDataset(x, y).Loader(16), epochs: 30);
        Console.WriteLine($"keys {string.Join(' ', fitted.Model.StateDict().Keys)}");
        Console.WriteLine($"learnt {fitted.History.Epochs[^1].Train.Loss < 0.1 * fitted.History.Epochs[0].Train.Loss}");

        sealed class Net : Layer
        {
            readonly Linear fc1 = new(3, 16), fc2 = new(16, 1);
            public override Tensor Forward(Tensor x) => x.Apply(fc1).Relu().Apply(fc2);
        }
        """;

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_trimmed_program_learns()
    {
        string[] libraries = ["Core", "Formats", "NN", "Data", "Training"];
        File.WriteAllText(_folder["Program.cs"], Program);
        File.WriteAllText(_folder["trimmed.csproj"], $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier><SelfContained>true</SelfContained><PublishTrimmed>true</PublishTrimmed>
                <TrimmerSingleWarn>false</TrimmerSingleWarn><TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(libraries.Select(l => $"<Reference Include=\"{Path.Combine(AppContext.BaseDirectory, $"Candeia.{l}.dll")}\" />"))}
              </ItemGroup>
            </Project>
            """);
        var (code, said) = Run(Tool.Dotnet, "publish", "-c", "Release", "-o", "out", "-v", "q", "--nologo");
        Skip.If(code != 0 && (said.Contains("NU1101", StringComparison.Ordinal) || said.Contains("NU1102", StringComparison.Ordinal) || said.Contains("NU1301", StringComparison.Ordinal)),
            "the packs that trimming needs cannot be restored here");
        Assert.True(code == 0, said);
        (code, said) = Run(_folder[Path.Combine("out", OperatingSystem.IsWindows() ? "trimmed.exe" : "trimmed")]);
        Assert.True(code == 0, said);
        Assert.Contains("keys fc1.weight fc1.bias fc2.weight fc2.bias", said, StringComparison.Ordinal);
        Assert.Contains("learnt True", said, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(_folder[Path.Combine("out", "Candeia.Core.dll")]).Length, 1, new FileInfo(Path.Combine(AppContext.BaseDirectory, "Candeia.Core.dll")).Length / 2);
    }

    (int Code, string Said) Run(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(4)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} has not ended. It said: {output.Result}{error.Result}");
        }
        return (process.ExitCode, output.Result + error.Result);
    }
}
