using System.Globalization;
using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>The tutorials on masks and boxes do what they say.</summary>
public sealed partial class VisionTutorialTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static double Number(Regex of, string said) => double.Parse(of.Match(said).Groups[1].Value, CultureInfo.InvariantCulture);

    [Fact]
    public void Outlines_of_shapes_are_found()
    {
        string said = Tutorial.Run("PetsUnet", _folder.Path, "", "2");
        Assert.InRange(Number(Covered(), said), 0.5, 1);
        Assert.True(File.Exists(_folder["masks.png"]), said);
    }

    [Fact]
    public void Boxes_are_drawn_on_what_was_found()
    {
        string said = Tutorial.Run("Detection", _folder.Path, "1");
        Assert.InRange(Number(Precision(), said), 0, 1);
        Assert.True(File.Exists(_folder["found.png"]) && File.Exists(_folder["detector.safetensors"]), said);
    }

    [GeneratedRegex(@"IoU (\d\.\d+)")]
    private static partial Regex Covered();

    [GeneratedRegex(@"mAP50 (\d\.\d+)")]
    private static partial Regex Precision();
}
