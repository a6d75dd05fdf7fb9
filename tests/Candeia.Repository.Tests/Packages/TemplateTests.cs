using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Candeia.Repository.Tests;

/// <summary>What <c>dotnet new</c> makes of the templates: installed from the package, a project of each is built and runs.</summary>
[Collection(nameof(Packed))]
public sealed class TemplateTests(Packed packed) : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("candeia-table", "'rent' is off by", "model-card.md", "model.safetensors", "preprocessing.json", "training.json")]
    [InlineData("candeia-image", "are named rightly", "classifier.json", "model.safetensors")]
    [InlineData("candeia-text", "are told apart rightly", "classifier.json", "model.safetensors", "tokenizer.json")]
    public void A_project_of_a_template_is_built_and_learns(string template, string said, params string[] saved)
    {
        string hive = _folder["hive"], project = _folder["my-project"];
        Dotnet(_folder.Path, "new", "install", Path.Combine(packed.Folder, $"Candeia.Templates.{packed.Version}.nupkg"), "--debug:custom-hive", hive);
        Dotnet(_folder.Path, "new", template, "--output", project, "--candeiaVersion", packed.Version, "--debug:custom-hive", hive);
        Assert.True(File.Exists(Path.Combine(project, "my-project.csproj")));
        File.WriteAllText(_folder["nuget.config"], $"""<configuration><packageSources><add key="candeia-packed" value="{packed.Folder}" /></packageSources></configuration>""");
        Dotnet(project, "build", "-c", "Release", "-v", "q", "--nologo", "--disable-build-servers", "-warnaserror");
        Assert.Contains(said, Dotnet(project, Path.Combine("bin", "Release", "net10.0", "my-project.dll")), StringComparison.Ordinal);
        Assert.Equal(saved, Directory.EnumerateFiles(Path.Combine(project, "model")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void They_take_the_version_that_they_come_with()
    {
        string version = XDocument.Parse(Checkout.Read("Directory.Build.props")).Descendants("Version").Single().Value;
        string[] files = Directory.GetFiles(Path.Combine(Checkout.Root, "templates"), "template.json", SearchOption.AllDirectories);
        Assert.Equal(3, files.Length);
        foreach (string file in files)
            Assert.Equal(version, JsonElement.Parse(File.ReadAllText(file)).GetProperty("symbols").GetProperty("candeiaVersion").GetProperty("defaultValue").GetString());
    }

    static string Dotnet(string folder, params string[] arguments)
    {
        var (code, output, error) = Checkout.Run(folder, Checkout.Dotnet, arguments);
        string said = output + error;
        Skip.If(code != 0 && Regex.IsMatch(said, "NU1301|NU110[12].*(ILCompiler|Runtime|System|SkiaSharp|ML)"), "the packages that building needs cannot be restored here");
        Assert.True(code == 0, said);
        return said;
    }
}
