using Candeia.Tests;
using Candeia.Images;

namespace Candeia.Cli.Tests;

[Collection(nameof(Here))]
public class DataTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        foreach (string threads in (string[])["1", "2"])
            Tool.RunIn(folder.Path, "data", "generate", "--out", threads, "--count", "5", "--seed", "3", "--threads", threads).AssertOk();
        string[] files = [.. Directory.EnumerateFiles(folder["1"], "*", SearchOption.AllDirectories)];
        Assert.Equal(5, files.Count(f => f.EndsWith(".png", StringComparison.Ordinal)));
        foreach (string file in files)
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(folder["2"], Path.GetRelativePath(folder["1"], file))));
    }

    [Fact]
    public void What_is_there_is_not_taken_for_what_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        Tool.RunIn(folder.Path, "data", "generate", "--out", "d", "--count", "5").AssertOk();
        Tool.RunIn(folder.Path, "data", "generate", "--out", "d", "--count", "3").AssertRefused(1, "holds 5", "another folder");
        Tool.RunIn(folder.Path, "data", "generate", "--out", "d", "--count", "5", "--seed", "1").AssertRefused(1, "seed 777", "another folder");
        Tool.RunIn(folder.Path, "data", "generate", "--out", "d", "--count", "7").AssertOk();
    }

    [SkippableFact]
    public void Shows_up_to_64_images_with_their_correlations()
    {
        using var folder = new TemporaryFolder();
        string file = folder["look.png"];
        Tool.Run("data", "show", "--data", SharedFolder.Require("real-scatterplots"), "--out", file).AssertOk();
        var picture = Image.Load(file);
        Assert.InRange(picture.Width, 8 * 150, 8 * 170);
        Assert.InRange(picture.Height, 6 * 150, 6 * 190);
        Assert.Equal(["look.png"], folder.Files);
    }

    [Fact]
    public void Show_refuses_what_it_cannot_show()
    {
        using var folder = new TemporaryFolder();
        Tool.RunIn(folder.Path, "data", "show", "--data", "nowhere", "--out", "x.png").AssertRefused(1, "nowhere", "folder");
        Tool.RunIn(folder.Path, "data", "generate", "--out", "d", "--count", "2").AssertOk();
        Tool.RunIn(folder.Path, "data", "show", "--data", "d", "--out", "x.jpg").AssertRefused(1, "x.jpg", ".png");
        Assert.False(File.Exists(folder["x.jpg"]));
    }

    [Fact]
    public void A_file_where_a_folder_belongs_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        Tool.RunIn(folder.Path, "data", "generate", "--out", "file", "--count", "2").AssertRefused(1, "file", "folder");
        Assert.Equal(["file"], folder.Files);
    }
}
