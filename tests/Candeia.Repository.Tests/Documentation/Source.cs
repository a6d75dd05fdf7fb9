using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Candeia.Repository.Tests;

/// <summary>The source of the libraries, for what the compiled documentation cannot tell.</summary>
static class Source
{
    /// <summary>
    /// Public functions of tensors that throw, themselves or by a helper beside them, and do not say so. What every function refuses, null, needs no
    /// saying.
    /// </summary>
    public static IEnumerable<string> SilentThrowers() =>
        from file in Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Checkout.Root, file)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        let methods = Methods(File.ReadAllText(file))
        where methods.Any(IsFunction)
        let throwing = Throwing(methods)
        from method in methods
        where IsFunction(method) && throwing.Contains(method) && !method.GetLeadingTrivia().ToString().Contains("<exception", StringComparison.Ordinal)
        select $"{method.Identifier} in {path}";

    static MethodDeclarationSyntax[] Methods(string text) =>
        [.. CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14)).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()];

    static bool IsFunction(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.PublicKeyword) && !method.Modifiers.Any(SyntaxKind.OverrideKeyword)
        && (method.ParameterList.Parameters is [var first, ..] && first.Modifiers.Any(SyntaxKind.ThisKeyword) && first.Type?.ToString() == "Tensor"
            || method.Parent is ClassDeclarationSyntax { Identifier.Text: "Tensor" });

    /// <summary>The methods that throw, or call a helper beside them that does.</summary>
    static HashSet<MethodDeclarationSyntax> Throwing(MethodDeclarationSyntax[] methods)
    {
        HashSet<MethodDeclarationSyntax> found = [.. methods.Where(Throws)];
        for (int before = -1; before != found.Count;)
        {
            before = found.Count;
            var helpers = found.Where(m => !m.Modifiers.Any(SyntaxKind.PublicKeyword)).ToLookup(m => (m.Parent, m.Identifier.Text));
            found.UnionWith(methods.Where(m => Calls(m).Any(name => helpers.Contains((m.Parent, name)))));
        }
        return found;
    }

    static bool Throws(MethodDeclarationSyntax method) =>
        method.DescendantNodes().Any(n => n is ThrowStatementSyntax or ThrowExpressionSyntax)
        || Calls(method).Any(name => name.StartsWith("ThrowIf", StringComparison.Ordinal) && name is not "ThrowIfNull");

    static IEnumerable<string> Calls(MethodDeclarationSyntax method) =>
        from call in method.DescendantNodes().OfType<InvocationExpressionSyntax>()
        select call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
            SimpleNameSyntax name => name.Identifier.Text,
            _ => "",
        };
}
