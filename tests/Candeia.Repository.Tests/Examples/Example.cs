using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Candeia.Repository.Tests;

/// <summary>The code of an <c>example</c> in XML documentation, or a whole program in the readme.</summary>
/// <param name="Member">What it is an example of, as XML documentation calls it: <c>M:Candeia.Tensor.Sum</c>; or the file that it stands in.</param>
/// <param name="Code">Statements and types, as in a program's main file.</param>
/// <param name="OnlyCompiled">Why it cannot be run, where <c>code</c> has the attribute <c>norun</c>.</param>
sealed partial record Example(string Member, string Code, string? OnlyCompiled)
{
    const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading.Tasks;";

    /// <summary>All examples of all libraries, and of the readme the programs that begin with the package that they take.</summary>
    public static IReadOnlyList<Example> All { get; } =
    [
        .. from library in Libraries.Names
           from member in XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{library}.xml")).Descendants("member")
           from code in member.Descendants("example").SelectMany(e => e.Descendants("code"))
           select new Example((string)member.Attribute("name")!, code.Value, (string?)code.Attribute("norun")),
        .. Program().Matches(Checkout.Read("README.md")).Select(m => new Example(Readme, m.Groups[1].Value, null)),
    ];

    /// <summary>What programs of the readme are examples of.</summary>
    public const string Readme = "README.md";

    /// <summary>What it prints, as it says itself: the text behind each <c>// → </c>; nothing where it does not say.</summary>
    public IEnumerable<string> Printed => Promise().Matches(Code).Select(m => m.Groups[1].Value.TrimEnd());

    /// <summary>A class whose method <c>Run</c> does what the example does: its statements, with its types beside them.</summary>
    public string Source(string name)
    {
        var root = CSharpSyntaxTree.ParseText(Code, new CSharpParseOptions(LanguageVersion.CSharp14)).GetCompilationUnitRoot();
        string usings = string.Concat(Libraries.Namespaces.Select(n => $" using {n};"));
        string types = string.Concat(root.Members.Where(m => m is not GlobalStatementSyntax).Select(m => m.ToFullString()));
        string statements = string.Concat(root.Members.OfType<GlobalStatementSyntax>().Select(m => m.ToFullString()));
        return $"{Usings}{usings}{root.Usings.ToFullString()}\nstatic class {name}\n{{\npublic static async Task Run()\n{{\nawait Task.CompletedTask;\n{statements}\n}}\n{types}\n}}\n";
    }

    // ```csharp, #:package Candeia@*, and all the rest of it
    [GeneratedRegex("```csharp\n#:package Candeia@.*\n([^`]*)```")]
    private static partial Regex Program();

    [GeneratedRegex("// → ?(.*)")]
    private static partial Regex Promise();
}
