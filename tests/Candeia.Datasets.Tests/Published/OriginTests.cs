namespace Candeia.Datasets.Tests;

/// <summary>Where published data sets come from: every file has an address, a limit and a checksum, and what nobody has published one of carries its own.</summary>
public class OriginTests
{
    static IEnumerable<(string Name, string Split, CheckedFile File)> Files() =>
        from origin in LabelledSets.All.Select(s => (s.Key, s.Value.Origin)).Concat(SceneSets.All.Select(s => (s.Key, s.Value.Origin))).Concat(PublishedPairs.Names.Select(n => (n, PublishedPairs.Of(n).Origin)))
        from split in origin.Item2.Splits
        from file in origin.Item2.Files(split)
        select (origin.Item1, split, file);

    [Fact]
    public void Every_file_has_a_checksum_but_those_whose_owners_say_none()
    {
        Assert.All(Files(), f =>
        {
            Assert.All(f.File.Mirrors, m => Assert.Matches("^https?://", m));
            Assert.InRange(f.File.MostBytes, 1, 1L << 36);
            if (f.File.Checksum is { } sum) Assert.Matches("^([0-9a-f]{32}|[0-9a-f]{64})$", sum);
        });
        // These are archives whose parts have checksums of their own, which are compared when they are unpacked.
        Assert.Equal(["bird-species.zip", "cityscapes.tar.gz", "dogs-vs-cats.zip"], Files().Where(f => f.File.Checksum is null).Select(f => f.File.Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_nobody_may_hand_on_has_a_home_page_instead()
    {
        var without = LabelledSets.All.Where(s => !s.Value.Origin.Files(s.Value.Origin.Splits[0]).Any()).Select(s => (s.Key, s.Value.Origin.Home))
            .Concat(SceneSets.All.Where(s => !s.Value.Origin.Files(s.Value.Origin.Splits[0]).Any()).Select(s => (s.Key, s.Value.Origin.Home))).ToArray();
        Assert.Equal(["celeba", "cityscapes", "imagenet"], without.Select(w => w.Key).Order(StringComparer.Ordinal));
        Assert.All(without, w => Assert.StartsWith("https://", w.Home, StringComparison.Ordinal));
    }
}
