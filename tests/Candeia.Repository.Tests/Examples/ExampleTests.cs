using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Candeia.Repository.Tests;

/// <summary>Every example in the libraries' documentation compiles and runs, and prints what it says that it prints.</summary>
public sealed class ExampleTests
{
    static readonly Lazy<(Assembly? Program, IReadOnlyList<Diagnostic> Errors)> s_compiled = new(Compile);
    static readonly Lock s_console = new();

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Example.All.Count)];

    [Fact]
    public void There_are_examples() => Assert.NotEmpty(Example.All);

    [Fact]
    public void The_readme_begins_with_a_program_that_says_what_it_prints() => Assert.NotEmpty(Assert.Single(Example.All, e => e.Member == Example.Readme).Printed);

    [Fact]
    public void All_compile() => Assert.True(s_compiled.Value.Errors.Count == 0, string.Join('\n', s_compiled.Value.Errors.Select(Describe)));

    [SkippableTheory]
    [MemberData(nameof(Numbers))]
    public void Runs(int number)
    {
        var example = Example.All[number];
        Skip.If(example.OnlyCompiled is not null, $"{example.Member}: {example.OnlyCompiled}");
        var program = s_compiled.Value.Program?.GetType(Name(number));
        Assert.True(program is not null, $"The example of {example.Member} does not compile.");
        string[] printed = Run(program.GetMethod("Run")!, example.Member);
        if (example.Printed.Any()) Assert.Equal(example.Printed, printed);
    }

    /// <summary>In a folder of its own, which is gone afterwards; the lines that it printed.</summary>
    static string[] Run(MethodInfo main, string member)
    {
        lock (s_console)
        {
            using var folder = new TemporaryFolder();
            using var text = new StringWriter(CultureInfo.InvariantCulture);
            var (console, current) = (Console.Out, Environment.CurrentDirectory);
            Console.SetOut(text);
            Environment.CurrentDirectory = folder.Path;
            Generator.Seed(0);
            try
            {
                ((Task)main.Invoke(null, null)!).GetAwaiter().GetResult();
            }
            catch (TargetInvocationException e)
            {
                Assert.Fail($"{member}: {e.InnerException}");
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{member}: {e}");
            }
            finally
            {
                Console.SetOut(console);
                Environment.CurrentDirectory = current;
            }
            return [.. text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(l => l.TrimEnd())];
        }
    }

    /// <summary>All that compile, as one program, and what is wrong with the others.</summary>
    static (Assembly?, IReadOnlyList<Diagnostic>) Compile()
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp14);
        var compilation = Libraries.Compile(
            "examples", OutputKind.DynamicallyLinkedLibrary, Example.All.Select((e, i) => CSharpSyntaxTree.ParseText(e.Source(Name(i)), options, path: $"{i}")));
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        using var stream = new MemoryStream();
        var result = compilation.RemoveSyntaxTrees(errors.Select(e => e.Location.SourceTree!).Distinct()).Emit(stream);
        return (result.Success ? Assembly.Load(stream.ToArray()) : null, [.. errors.Concat(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)).Distinct()]);
    }

    static string Name(int number) => $"Example{number}";

    static string Describe(Diagnostic error)
    {
        var example = Example.All[int.Parse(error.Location.SourceTree!.FilePath, CultureInfo.InvariantCulture)];
        string line = error.Location.SourceTree.GetText().Lines[error.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim();
        return $"{example.Member}: {error.Id} {error.GetMessage(CultureInfo.InvariantCulture)}\n    {line}";
    }
}
