namespace Candeia.Cli.Tests;

/// <summary>Text of the repository, and the code in it.</summary>
static class Documents
{
    public static string Root { get; } = FindRoot();

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>The C# blocks of a Markdown text.</summary>
    public static string[] CSharp(string markdown) =>
        [.. markdown.ReplaceLineEndings("\n").Split("```csharp\n").Skip(1).Select(rest => rest[..rest.IndexOf("\n```", StringComparison.Ordinal)])];

    /// <summary>The text with a single space between words.</summary>
    public static string Normal(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Candeia.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Candeia.slnx is in no folder above the tests.");
        return folder.FullName;
    }
}
