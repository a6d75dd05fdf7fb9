using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Candeia.Repository.Tests;

/// <summary>The libraries as users have them: assemblies and XML documentation beside these tests.</summary>
static class Libraries
{

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "Candeia.*.xml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal),
    ];

    /// <summary>What they use themselves, such as parts of ASP.NET; all of that has namespaces that would hide some of ours.</summary>
    static readonly HashSet<string> s_used = [.. Names.SelectMany(n => System.Reflection.Assembly.Load(n).GetReferencedAssemblies()).Select(a => a.Name!)];

    /// <summary>What code that uses the libraries is compiled with.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(IsReferenced).Select(f => MetadataReference.CreateFromFile(f)),
    ];

    /// <summary>The namespaces that have something for users.</summary>
    public static IReadOnlyList<string> Namespaces { get; } =
    [
        .. Names.Select(n => System.Reflection.Assembly.Load(n)).SelectMany(a => a.GetExportedTypes()).Select(t => t.Namespace!).Distinct().Order(StringComparer.Ordinal),
    ];

    public static CSharpCompilation Compile(string name, OutputKind kind, IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create(name, trees, References,
        new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release,
            metadataImportOptions: MetadataImportOptions.Public));

    static bool IsReferenced(string file) => Path.GetFileName(file) is var name
        && (Names.Contains(Path.GetFileNameWithoutExtension(name)) || name.StartsWith("System.", StringComparison.Ordinal) || s_used.Contains(Path.GetFileNameWithoutExtension(name)) || name is "mscorlib.dll" or "netstandard.dll" or "Microsoft.ML.Tokenizers.dll");
}
