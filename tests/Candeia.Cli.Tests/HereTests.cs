namespace Candeia.Cli.Tests;

public class HereTests
{
    [Fact]
    public void Tests_that_run_commands_in_this_process_run_one_by_one()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Documents.Root, "tests", "Candeia.Cli.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains(" Tool.Run", StringComparison.Ordinal) && !f.EndsWith("HereTests.cs", StringComparison.Ordinal))];
        Assert.True(files.Length >= 5, $"{files.Length} files were found.");
        Assert.All(files, file => Assert.Contains("[Collection(nameof(Here))]", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
