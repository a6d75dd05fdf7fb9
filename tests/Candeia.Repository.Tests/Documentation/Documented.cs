using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Candeia.Repository.Tests;

/// <summary>A method or constructor that users call, and what its XML documentation says.</summary>
sealed record Documented(IMethodSymbol Method, XElement? Text)
{
    static readonly AllLibraries s_libraries = new();

    /// <summary>Functions of tensors: the methods of a tensor, those that make one, and static ones that begin with one.</summary>
    public static IReadOnlyList<Documented> Functions { get; } =
    [
        .. from type in s_libraries.Types
           from method in type.GetMembers().OfType<IMethodSymbol>()
           where method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary, IsOverride: false }
           where type.Name == "Tensor" || type.IsStatic && method.Parameters is [{ Type.Name: "Tensor" }, ..]
           select s_libraries.Of(method),
    ];

    /// <summary>The constructors of modules, optimizers and schedules.</summary>
    public static IReadOnlyList<Documented> Constructors { get; } =
    [
        .. from type in s_libraries.Types
           where !type.IsAbstract && Above(type).Any(t => t.Name is "Module" or "Optimizer" or "Schedule")
           from method in type.InstanceConstructors
           where method.DeclaredAccessibility == Accessibility.Public && !(type.IsRecord && method.Parameters is [{ Type: var only }] && only.Equals(type, SymbolEqualityComparer.Default))
           select s_libraries.Of(method),
    ];

    public string Name => $"{Method.ContainingType.Name}.{Method.Name}";

    public bool HasExample => Text?.Element("example")?.Element("code") is not null;

    /// <summary>The parameters of which nothing is said, or no more than a word or their name.</summary>
    public IEnumerable<string> Unexplained =>
        from parameter in Method.Parameters
        let said = Text?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == parameter.Name)
        where said is null || IsFiller(said, parameter.Name)
        select parameter.Name;

    public override string ToString() => $"{Name}({string.Join(", ", Method.Parameters.Select(p => p.Name))})";

    static bool IsFiller(XElement said, string name)
    {
        string[] words = said.Value.Trim().TrimEnd('.').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return !said.Elements().Any() && (words.Length < 2 || words is ["The" or "the" or "A" or "a" or "An" or "an", var only] && only.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    static IEnumerable<INamedTypeSymbol> Above(INamedTypeSymbol type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType) yield return above;
    }

    /// <summary>All libraries, as a compiler sees them, beside their XML documentation.</summary>
    sealed class AllLibraries
    {
        readonly Dictionary<string, XElement> _texts = Libraries.Names
            .SelectMany(n => XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{n}.xml")).Descendants("member"))
            .GroupBy(m => (string)m.Attribute("name")!).ToDictionary(g => g.Key, g => g.First());

        public IReadOnlyList<INamedTypeSymbol> Types { get; } =
        [
            .. from assembly in Libraries.Compile("documentation", OutputKind.DynamicallyLinkedLibrary, []).SourceModule.ReferencedAssemblySymbols
               where Libraries.Names.Contains(assembly.Name)
               from type in Within(assembly.GlobalNamespace)
               where type.DeclaredAccessibility == Accessibility.Public
               select type,
        ];

        public Documented Of(IMethodSymbol method) =>
            new(method, _texts.GetValueOrDefault(method.GetDocumentationCommentId()!));

        static IEnumerable<INamedTypeSymbol> Within(INamespaceOrTypeSymbol space) =>
            space.GetMembers().OfType<INamespaceOrTypeSymbol>().SelectMany(m => m is INamedTypeSymbol type ? [type, .. Within(type)] : Within(m));
    }
}
