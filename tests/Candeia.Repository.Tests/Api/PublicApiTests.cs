namespace Candeia.Repository.Tests;

/// <summary>What users can call is written down in docs/api, a file per library: who changes it sees it in the diff. <c>eng/api</c> writes it anew.</summary>
public class PublicApiTests
{
    public static TheoryData<string> Names => [.. Libraries.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_public_surface_is_the_one_written_down(string library)
    {
        string file = FileOf(library), surface = Surface.Of(library);
        if (Environment.GetEnvironmentVariable("CANDEIA_WRITE_API") == "1") WholeFile.Write(file, surface);
        string[] written = File.Exists(file) ? [.. Lines(File.ReadAllText(file).ReplaceLineEndings("\n"))] : [], there = [.. Lines(surface)];
        // In any order: when two branches are merged, their lines are taken together.
        string[] changes = [.. there.Except(written).Select(l => $"+ {l}"), .. written.Except(there).Select(l => $"- {l}")];
        Assert.True(changes.Length == 0, $"The public surface of {library} is another than docs/api says. If that is meant, run eng/api.\n{string.Join('\n', changes)}");
    }

    [Fact]
    public void No_file_is_of_a_library_that_is_gone() =>
        Assert.Equal(Libraries.Names.Select(FileOf).Order(StringComparer.Ordinal), Directory.EnumerateFiles(Path.Combine(Checkout.Root, "docs", "api")).Order(StringComparer.Ordinal));

    static string FileOf(string library) => Path.Combine(Checkout.Root, "docs", "api", $"{library}.txt");

    /// <summary>Each line, members with the name of their type.</summary>
    static IEnumerable<string> Lines(string text)
    {
        string type = "";
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith(' ')) yield return $"{type} {{ {line.Trim()} }}";
            else yield return type = line;
        }
    }
}
