using System.Globalization;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Candeia.Cli.Tests;

/// <summary>The tutorials on pictures do what they say.</summary>
public sealed partial class VisionTutorialTests(ITestOutputHelper output) : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static double Number(Regex of, string said) => double.Parse(of.Match(said).Groups[1].Value, CultureInfo.InvariantCulture);

    [Fact]
    public void Outlines_of_shapes_are_found()
    {
        string said = Tutorial.Run("PetsUnet", _folder.Path, "", "2", "700");
        Assert.InRange(Number(Covered(), said), 0.5, 1);
        Assert.True(File.Exists(_folder["masks.png"]), said);
    }

    [SkippableFact]
    public void Outlines_are_found_to_the_pixel_by_all_of_the_training() => Assert.InRange(Whole("PetsUnet", Covered()), 0.95, 1);

    [SkippableFact]
    public void Nine_of_ten_things_are_found_by_all_of_the_training() => Assert.InRange(Whole("Detection", Precision()), 0.9, 1);

    /// <summary>What a tutorial reaches at its end.</summary>
    double Whole(string tutorial, Regex of)
    {
        double number = Number(of, Tutorial.RunWhole(tutorial, _folder.Path));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tutorial}: {number}"));
        return number;
    }

    [Fact]
    public void Boxes_are_drawn_on_what_was_found()
    {
        string said = Tutorial.Run("Detection", _folder.Path, "1");
        Assert.InRange(Number(Precision(), said), 0, 1);
        Assert.True(File.Exists(_folder["found.png"]) && File.Exists(_folder["detector.safetensors"]), said);
    }

    [Fact]
    public void A_picture_takes_the_style_of_another()
    {
        string said = Tutorial.Run("StyleTransfer", _folder.Path, "40");
        var (before, after) = Change().Match(said) is var m ? (Parse(m.Groups[1].Value), Parse(m.Groups[2].Value)) : default;
        Assert.InRange(after, 0, before / 4);
        Assert.True(File.Exists(_folder["styled.png"]), said);
    }

    [Fact]
    public void AlexNet_begins_with_equal_chances_for_all_classes_and_is_saved()
    {
        string said = Tutorial.Run("TinyImageNetAlexNet", _folder.Path, "", "2", "320");
        var fall = Fall().Match(said);
        Assert.True(fall.Success, said);
        Assert.InRange(Parse(fall.Groups[1].Value), 0.95 * Math.Log(6), 1.05 * Math.Log(6));      // twenty steps teach 57 million weights nothing yet
        Assert.InRange(Parse(fall.Groups[2].Value), 0, 1.05 * Math.Log(6));
        Assert.True(File.Exists(_folder["alexnet.safetensors"]), said);
    }

    [Fact]
    public void Shapes_are_coloured()
    {
        string said = Tutorial.Run("FcnResNet", _folder.Path, "", "6");
        Assert.InRange(Number(Mean(), said), 0.18, 1);                         // of seven classes the background alone makes 0.12
        Assert.True(File.Exists(_folder["segmented.png"]), said);
    }

    [Fact]
    public void Corners_are_found()
    {
        string said = Tutorial.Run("KeyPoints", _folder.Path, "", "3");
        Assert.InRange(Number(Off(), said), 0, 2.5);
        Assert.True(File.Exists(_folder["keypoints.png"]), said);
    }

    [Fact]
    public void A_texture_grows_from_nothing()
    {
        string said = Tutorial.Run("TextureNca", _folder.Path, "", "300");
        var (before, after) = Grown().Match(said) is var m ? (Parse(m.Groups[1].Value), Parse(m.Groups[2].Value)) : default;
        Assert.InRange(after, 0, before / 3);                                  // a rule that does nothing stays where it began
        Assert.True(File.Exists(_folder["grown.png"]) && File.Exists(_folder["texture-rule.safetensors"]), said);
    }

    [Fact]
    public void Dogs_and_cats_are_told_apart_by_a_new_head_on_a_body_that_knows_shapes()
    {
        string said = Tutorial.Run("DogsVsCats", _folder.Path, "", "10", "3");
        var right = Heads().Match(said);
        Assert.True(right.Success, said);
        Assert.InRange(Parse(right.Groups[2].Value), 0.8, 1);                  // half are right by chance
        Assert.True(File.Exists(_folder["dogs-and-cats.png"]) && File.Exists(_folder["dogs-vs-cats.safetensors"]), said);
    }

    static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"texture loss from (\d+\.\d+) to (\d+\.\d+)")]
    private static partial Regex Grown();

    [GeneratedRegex(@"accuracy (\d\.\d+) with a new head, (\d\.\d+) when all of it has learnt")]
    private static partial Regex Heads();

    [GeneratedRegex(@"style loss from (\d+\.\d+) to (\d+\.\d+)")]
    private static partial Regex Change();

    [GeneratedRegex(@"loss from (\d+\.\d+) to (\d+\.\d+)\s*$")]
    private static partial Regex Fall();

    [GeneratedRegex(@"off by (\d+\.\d+) pixels")]
    private static partial Regex Off();

    [GeneratedRegex(@"mean IoU (\d\.\d+)")]
    private static partial Regex Mean();

    [GeneratedRegex(@"IoU (\d\.\d+)")]
    private static partial Regex Covered();

    [GeneratedRegex(@"mAP50 (\d\.\d+)")]
    private static partial Regex Precision();
}
