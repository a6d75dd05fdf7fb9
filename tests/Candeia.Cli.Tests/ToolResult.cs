namespace Candeia.Cli.Tests;

sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Failed as a user should see it: this exit code, and one line of one sentence that holds these words.</summary>
    public void AssertFailed(int exitCode, params string[] words)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode}, error: {Error}, output: {Output}");
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(exitCode == 2 ? "--help$" : "[.?]$", line.TrimEnd());
        foreach (string word in words) Assert.Contains(word, Error, StringComparison.Ordinal);
    }

    /// <summary>The same, with nothing on the output.</summary>
    public void AssertRefused(int exitCode, params string[] words)
    {
        AssertFailed(exitCode, words);
        Assert.Equal("", Output);
    }

    public ToolResult AssertOk()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}, error: {Error}, output: {Output}");
        Assert.Equal("", Error);
        return this;
    }
}
