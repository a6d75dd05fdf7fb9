using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;

namespace Candeia.Repository.Tests;

/// <summary>A program outside the repository that uses the packages: the one in their readme, with questions about state added.</summary>
[Collection(nameof(Packed))]
public sealed class OutsideTests(Packed packed) : IDisposable
{
    const string Questions = """
        Console.WriteLine($"order {string.Join(' ', new Mixed().StateDict().Keys)}");
        fitted.Save("saved");
        Console.WriteLine($"same {Fitted.Load<Net>("saved").Predict(question).ToArray<float>()[0] == fitted.Predict(question).ToArray<float>()[0]}");
        Console.WriteLine($"learnt {Math.Abs(fitted.Predict(question).ToArray<float>()[0] - 6) < 1}");
        Console.WriteLine($"vectors {System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated}");

        abstract class Beneath : Layer
        {
            protected readonly Linear zeroth = new(1, 1, bias: false);
            public Linear Aaa { get; } = new(1, 1, bias: false);
        }

        sealed class Mixed : Beneath
        {
            public Linear Zulu { get; } = new(1, 1, bias: false);
            readonly Linear[] many = [new(1, 1, bias: false), new(1, 1, bias: false)];
            [Buffer] readonly Tensor seen = Tensor.Zeros([1]);
            internal readonly Linear alpha = new(1, 1, bias: false);
            readonly Dictionary<string, Linear> named = new() { ["b"] = new(1, 1, bias: false), ["a"] = new(1, 1, bias: false) };
            private readonly (Linear, Linear) pair = (new(1, 1, bias: false), new(1, 1, bias: false));
            public readonly Tensor Own = Parameter.Of(Tensor.Ones([1]));
            public override Tensor Forward(Tensor x) => x.Apply(zeroth).Apply(alpha).Apply(pair.Item1).Apply(pair.Item2) + seen;
        }
        """;

    /// <summary>The module's own tensors, then its modules: those of the base type first, each as declared.</summary>
    const string Order = "seen own zeroth.weight aaa.weight zulu.weight many.0.weight many.1.weight alpha.weight named.b.weight named.a.weight pair.0.weight pair.1.weight";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void A_trimmed_program_learns()
    {
        var (output, error) = Publish("trimmed", "-p:PublishTrimmed=true", "--self-contained");
        AssertLearns(output);
        Assert.Equal("", error);
        long whole = new FileInfo(Path.Combine(AppContext.BaseDirectory, "Candeia.Core.dll")).Length;
        Assert.InRange(new FileInfo(_folder[Path.Combine("trimmed", "Candeia.Core.dll")]).Length, 1, whole * 3 / 4);
    }

    [SkippableFact]
    public void A_program_compiled_ahead_of_time_learns_and_has_the_order_of_state_and_the_vectors_that_it_has_else()
    {
        Skip.If(!OperatingSystem.IsWindows() && !HasLinker(), "compiling ahead of time links with clang or gcc, and neither is here");
        var (output, error) = Publish("native", "-p:PublishAot=true");
        AssertLearns(output);
        Skip.If(RuntimeInformation.ProcessArchitecture != Architecture.X64, "the rest is about the registers of x64");
        Assert.Contains("vectors True", output, StringComparison.Ordinal);
        // The package asks for AVX2, which every processor of the last ten years has; where there is more, it is said once.
        Assert.Equal(Vector512.IsHardwareAccelerated ? 1 : 0, Regex.Count(error, "vectors of 256 bits.*<IlcInstructionSet>native</IlcInstructionSet>"));
        Assert.InRange(Regex.Count(error, "\n"), 0, 1);
    }

    static bool HasLinker() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(f => File.Exists(Path.Combine(f, "clang")) || File.Exists(Path.Combine(f, "gcc")));

    static void AssertLearns(string output)
    {
        string Said(string what) => output.Split('\n').Single(l => l.StartsWith(what, StringComparison.Ordinal))[(what.Length + 1)..].TrimEnd();
        Assert.Equal(Order, Said("order"));
        Assert.Equal("True", Said("same"));
        Assert.Equal("True", Said("learnt"));
    }

    /// <summary>Adds the package to a new project, publishes and runs it: what it said.</summary>
    (string Output, string Error) Publish(string into, params string[] how)
    {
        string program = Regex.Match(Checkout.Read("eng", "package", "README.md"), "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        int types = program.IndexOf("sealed class", StringComparison.Ordinal);
        File.WriteAllText(_folder["Program.cs"], program[..types] + Questions + "\n" + program[types..]);
        File.WriteAllText(_folder["nuget.config"], $"""<configuration><packageSources><add key="candeia-packed" value="{packed.Folder}" /></packageSources></configuration>""");
        File.WriteAllText(_folder["outside.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>
                <TrimmerSingleWarn>false</TrimmerSingleWarn><TreatWarningsAsErrors>true</TreatWarningsAsErrors><InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
            </Project>
            """);
        Dotnet("add", "package", "Candeia", "--version", packed.Version);
        Dotnet(["publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", into, "-v", "q", "--nologo", "--disable-build-servers", .. how]);
        var (code, output, error) = Checkout.Run(_folder.Path, _folder[Path.Combine(into, OperatingSystem.IsWindows() ? "outside.exe" : "outside")]);
        Assert.True(code == 0, $"{code}: {output}{error}");
        return (output, error);
    }

    void Dotnet(params string[] arguments)
    {
        var (code, output, error) = Checkout.Run(_folder.Path, Checkout.Dotnet, arguments);
        string said = output + error;
        // Where our own packages are missing the test must not be skipped.
        Skip.If(code != 0 && Regex.IsMatch(said, "NU1301|NU110[12].*(ILCompiler|Runtime|ILLink|System|Spectre)"), "the packages that publishing needs cannot be restored here");
        Assert.True(code == 0, said);
    }
}
