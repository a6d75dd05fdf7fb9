namespace Candeia.Cli.Tests;

public class ReadmeTests
{
    [Fact]
    public void ItsCodeIsWhatIsCompiledHere()
    {
        string root = Root();
        string compiled = Plain(File.ReadAllLines(Path.Combine(root, "tests", "Candeia.Cli.Tests", "ReadmeSample.cs")));
        string[] blocks = [.. File.ReadAllText(Path.Combine(root, "README.md")).Split("```csharp\n").Skip(1).Select(b => b.Split("```")[0])];
        Assert.NotEmpty(blocks);
        foreach (string part in blocks.SelectMany(b => b.Split("\n\nsealed"))) Assert.Contains(Plain(part.Split('\n')), compiled, StringComparison.Ordinal);
    }

    [Fact]
    public void ItNamesEveryCommand()
    {
        string readme = File.ReadAllText(Path.Combine(Root(), "README.md"));
        foreach (string command in (string[])["guess-the-correlation", "evaluate", "predict", "data generate", "data show", "bench step"])
            Assert.Contains($"./run {command}", readme, StringComparison.Ordinal);
    }

    static string Plain(IEnumerable<string> lines) => string.Join('\n', lines.Select(l => l.Trim()).Where(l => l.Length > 0));

    static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Candeia.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
