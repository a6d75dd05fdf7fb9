using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Candeia.Repository.Tests;

/// <summary>What <c>eng/new</c> makes compiles beside the library to which it belongs, and the tests that it makes pass.</summary>
public sealed class NewTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public NewTests()
    {
        foreach (string file in (string[])["eng/new", "CHANGELOG.md", "README.md", "docs/architecture.md", "src/Candeia.Cli/Tool.cs"]) Bring(file);
        foreach (string folder in (string[])["eng/templates", "tests/Shared", "tests/Candeia.Core.Tests/Ops", "tests/Candeia.Training.Tests", "tests/Candeia.Cli.Tests"])
            foreach (string file in Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.cs")) Bring($"{folder}/{Path.GetFileName(file)}");
        Bring("tests/Candeia.Training.Tests/Metrics/Measured.cs");
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void An_op_has_a_row_that_every_test_of_ops_runs_on()
    {
        string[] changed = New("op", "SmallBump");
        Assert.Equal(["CHANGELOG.md", "src/Candeia.Core/Ops/Elementwise/SmallBump.cs", "tests/Candeia.Core.Tests/Ops/OpTable.cs"], changed);
        Assert.Contains("One(\"small_bump\", x => x.SmallBump()),", Read("tests/Candeia.Core.Tests/Ops/OpTable.cs"), StringComparison.Ordinal);
        var program = Compile("Candeia.Core.Tests",
            ["src/Candeia.Core/Ops/Elementwise/SmallBump.cs", .. Files("tests/Candeia.Core.Tests/Ops", "Op*.cs"), "tests/Candeia.Core.Tests/Ops/GradientOpTable.cs", "tests/Candeia.Core.Tests/Ops/SequenceOps.cs", "tests/Shared/ForeignDevice.cs"]);
        Assert.True(RunAll(program.GetType("Candeia.Tests.OpTests")!, "small_bump") > 5);
    }

    [SkippableFact]
    public void A_layer_has_a_test()
    {
        string[] changed = New("layer", "FeatureScale");
        Assert.Equal(["CHANGELOG.md", "src/Candeia.NN/Layers/FeatureScale.cs", "tests/Candeia.NN.Tests/Layers/FeatureScaleTests.cs"], changed);
        Assert.Equal(2, RunAll(Compile("Candeia.NN.Tests", changed[1..]).GetType("Candeia.Tests.FeatureScaleTests")!));
    }

    [SkippableTheory]
    [InlineData("metric", "Metrics", "MeanError", 1)]
    [InlineData("callback", "Callbacks", "BatchCount", 2)]
    public void A_metric_or_callback_has_a_test(string kind, string folder, string name, int tests)
    {
        string[] changed = New(kind, name);
        Assert.Equal(["CHANGELOG.md", $"src/Candeia.Training/{folder}/{name}.cs", $"tests/Candeia.Training.Tests/{folder}/{name}Tests.cs"], changed);
        string[] helpers = ["tests/Shared/TemporaryFolder.cs", "tests/Candeia.Training.Tests/Metrics/Measured.cs", .. Files("tests/Candeia.Training.Tests", "*.cs")];
        Assert.Equal(tests, RunAll(Compile("Candeia.Training.Tests", [.. changed[1..], .. helpers]).GetType($"Candeia.Training.Tests.{name}Tests")!));
    }

    [SkippableFact]
    public void A_data_set_has_a_folder_a_test_and_a_place_among_the_rooms()
    {
        string[] changed = New("dataset", "Sums");
        Assert.Equal(["CHANGELOG.md", "docs/architecture.md", "src/Candeia.Datasets/Sums/Sums.cs", "tests/Candeia.Datasets.Tests/Sums/SumsTests.cs"], changed);
        Assert.Contains("| `Sums` ", Read("docs/architecture.md"), StringComparison.Ordinal);
        Assert.Equal(2, RunAll(Compile("Candeia.Datasets.Tests", changed[2..]).GetType("Candeia.Datasets.Tests.SumsTests")!));
    }

    [SkippableFact]
    public void A_command_is_one_of_the_tools_and_has_a_row_in_the_readme()
    {
        string[] changed = New("command", "ListTensors");
        Assert.Equal(
            ["CHANGELOG.md", "README.md", "src/Candeia.Cli/Commands/ListTensorsCommand.cs", "src/Candeia.Cli/Tool.cs", "tests/Candeia.Cli.Tests/ListTensorsTests.cs",
                "tests/Candeia.Cli.Tests/UsageTests.cs"], changed);
        Assert.Contains("| `./run list-tensors --model FILE` |", Read("README.md"), StringComparison.Ordinal);
        Compile("Candeia.Cli.Tests", [.. changed[2..^1], "tests/Candeia.Cli.Tests/Here.cs", .. Files("tests/Candeia.Cli.Tests", "Tool*.cs"), "tests/Shared/TemporaryFolder.cs"]);
    }

    [SkippableTheory]
    [InlineData("", "eng/new KIND NAME", 0)]
    [InlineData("--help", "eng/new KIND NAME", 0)]
    [InlineData("thing Some", "no kind 'thing'", 1)]
    [InlineData("layer", "What shall the layer be called?", 1)]
    [InlineData("layer feature_scale", "'feature_scale' is no name of a type", 1)]
    [InlineData("layer Two Names", "one name", 1)]
    public void It_says_what_there_is_and_what_is_wrong(string line, string words, int code)
    {
        var (exit, output, error) = Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(code, exit);
        Assert.Contains(words, code == 0 ? output : error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void What_is_there_is_not_written_over()
    {
        New("metric", "MeanError");
        var (code, _, error) = Run("metric", "MeanError");
        Assert.Equal((1, "src/Candeia.Training/Metrics/MeanError.cs is there already; choose another name.\n"), (code, error));
    }

    (int Code, string Output, string Error) Run(params string[] arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "a script of Unix");
        return Checkout.Run(_folder.Path, "sh", ["eng/new", .. arguments]);
    }

    /// <summary>Runs the script: the files that are other than before, or new.</summary>
    string[] New(string kind, string name)
    {
        var before = _folder.Files.Where(f => File.Exists(_folder[f])).ToDictionary(f => f, f => File.ReadAllText(_folder[f]));
        var (code, output, error) = Run(kind, name);
        Assert.True(code == 0, output + error);
        string[] changed = [.. _folder.Files.Where(f => File.Exists(_folder[f]) && before.GetValueOrDefault(f) != File.ReadAllText(_folder[f])).Order(StringComparer.Ordinal)];
        Assert.All(changed, file => Assert.Contains($"  {file}\n", output, StringComparison.Ordinal));
        Assert.Contains(name, Read("CHANGELOG.md").Split("### ")[1].Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        return changed;
    }

    /// <summary>Compiles files as an assembly that is a friend of the library; warnings are errors, as in the build.</summary>
    Assembly Compile(string name, string[] files)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        string[] implied = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks", "Xunit", "Candeia.Tests"];
        var usings = CSharpSyntaxTree.ParseText(string.Concat(implied.Select(u => $"global using {u};")) + "namespace Candeia.Tests { }", options);
        string tool = Path.Combine(Checkout.Root, "src", "Candeia.Cli", "bin", Checkout.Configuration, "net10.0");
        var beside = Directory.EnumerateFiles(AppContext.BaseDirectory, "xunit*.dll").Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "Xunit*.dll"))
            .Concat(((string[])["candeia.dll", "Candeia.Experiments.dll", "System.CommandLine.dll", "Spectre.Console.dll", "Spectre.Console.Ansi.dll"]).Select(f => Path.Combine(tool, f)).Where(File.Exists));
        var compilation = CSharpCompilation.Create(name, files.Select(f => CSharpSyntaxTree.ParseText(Read(f), options, f)).Append(usings),
            Libraries.References.Concat(beside.Select(f => MetadataReference.CreateFromFile(f))),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, warningLevel: 9999,
                metadataImportOptions: MetadataImportOptions.Internal));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id is not ("CS0436" or "CS1701" or "CS1702")).Select(d => d.ToString()));
        return Assembly.Load(stream.ToArray());
    }

    /// <summary>Runs the tests of a class: facts, and theories on one of their rows. How many there were.</summary>
    static int RunAll(Type tests, string? row = null)
    {
        int count = 0;
        foreach (var method in tests.GetMethods().Where(m => m.GetCustomAttribute<FactAttribute>() is not null))
        {
            bool isTheory = method.GetParameters().Length > 0;
            if (isTheory != row is not null || isTheory && !Rows(tests, method).Contains(row)) continue;
            using var instance = new Owned(Activator.CreateInstance(tests)!);
            method.Invoke(instance.Value, isTheory ? [row] : []);
            count++;
        }
        return count;
    }

    static IEnumerable<object?> Rows(Type tests, MethodInfo method) =>
        method.GetCustomAttribute<MemberDataAttribute>() is { } data && method.GetParameters().Length == 1
            ? ((IEnumerable<object[]>)tests.GetProperty(data.MemberName)!.GetValue(null)!).Select(r => r[0]) : [];

    sealed record Owned(object Value) : IDisposable
    {
        public void Dispose() => (Value as IDisposable)?.Dispose();
    }

    IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(_folder[folder], pattern).Select(f => $"{folder}/{Path.GetFileName(f)}");

    string Read(string file) => File.ReadAllText(_folder[file]);

    void Bring(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
        File.Copy(Path.Combine(Checkout.Root, file), _folder[file]);
    }
}
