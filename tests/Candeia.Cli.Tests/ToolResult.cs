namespace Candeia.Cli.Tests;

sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Failed as a user should see it: this exit code, nothing on the output, one line of one sentence that holds these words.</summary>
    public void AssertRefused(int exitCode, params string[] words)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode}, error: {Error}, output: {Output}");
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(exitCode == 2 ? "--help$" : "[.?]$", line.TrimEnd());
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        foreach (string word in words) Assert.Contains(word, Error, StringComparison.Ordinal);
    }

    public ToolResult AssertOk()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}, error: {Error}, output: {Output}");
        Assert.Equal("", Error);
        return this;
    }
}
