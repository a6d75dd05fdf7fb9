using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>The tutorial on pictures does what it says.</summary>
public sealed partial class OwnPicturesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Drawn_shapes_are_told_apart()
    {
        string said = Tutorial.Run("OwnPictures", _folder.Path);
        string truth = Truth().Match(said).Groups[1].Value;
        Assert.NotEqual("", truth);
        Assert.Matches(@"\d %", said);
        Assert.True(File.Exists(_folder[Path.Combine("own-pictures", "classifier.json")]), said);
    }

    [GeneratedRegex(@"it is: (\w+)")]
    private static partial Regex Truth();
}
