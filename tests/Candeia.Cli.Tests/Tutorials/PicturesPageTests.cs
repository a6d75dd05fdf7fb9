using System.Globalization;
using System.Text.RegularExpressions;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.Vision;

namespace Candeia.Cli.Tests;

/// <summary>docs/pictures.md names all that there is, and nothing else.</summary>
public sealed partial class PicturesPageTests
{
    static readonly HashSet<string> s_said = [.. Name().Matches(Documents.Read("docs", "pictures.md")).Select(m => m.Groups[1].Value)];

    [Fact]
    public void Data_sets_and_networks_stand_there()
    {
        // Of the years between the first and the last VOC the page says no more.
        string[] all = [.. PublishedImages.Names, .. PublishedPairs.Names, .. ParquetImages.Names, .. ParquetScenes.Names, .. SegmentationModels.Names, .. DetectionModels.Names, .. PublishedScenes.Names.Where(n => !IsBetween(n))];
        Assert.All(all, n => Assert.Contains(n, s_said));
        Assert.Empty(s_said.Where(n => n.Contains('_', StringComparison.Ordinal)).Except(all).Except(VisionModels.Names));
        Assert.Contains($"{VisionModels.Names.Count - 1} of torchvision's names", Documents.Read("docs", "pictures.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Transforms_stand_there()
    {
        string[] all = [.. new[] { typeof(Transform), typeof(Jpeg) }.SelectMany(t => t.Assembly.GetExportedTypes()).Where(t => t.IsSubclassOf(typeof(Transform)) && !t.IsAbstract).Select(t => t.Name)];
        Assert.InRange(all.Length, 45, 100);
        Assert.All(all, n => Assert.Contains(n, s_said));
    }

    [Fact]
    public void Formats_stand_there()
    {
        SkiaCodecs.Register();
        string page = Documents.Read("docs", "pictures.md");
        Assert.All(ImageCodecs.All, c => Assert.Contains(c.Name, page, StringComparison.OrdinalIgnoreCase));
    }

    static bool IsBetween(string name) => name.StartsWith("voc", StringComparison.Ordinal) && int.Parse(name[3..7], CultureInfo.InvariantCulture) is > 2007 and < 2012;

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Name();
}
