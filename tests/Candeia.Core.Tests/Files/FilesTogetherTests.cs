namespace Candeia.Tests;

public sealed class FilesTogetherTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("candeia-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Of(string name) => Path.Combine(_folder, name);

    [Fact]
    public void All_come_into_place_at_once()
    {
        WholeFile.Write(Of("a"), "old");
        using (var files = FilesTogether.Begin())
        {
            WholeFile.Write(Of("a"), "new");
            WholeFile.Write(Of("b"), "new");
            Assert.Equal("old", File.ReadAllText(Of("a")));
            Assert.Equal("new", File.ReadAllText(files.Now(Of("a"))));
            Assert.False(File.Exists(Of("b")));
            files.Complete();
        }
        Assert.Equal(("new", "new"), (File.ReadAllText(Of("a")), File.ReadAllText(Of("b"))));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        WholeFile.Write(Of("c"), "alone again");
        Assert.True(File.Exists(Of("c")));
    }

    [Fact]
    public void If_one_fails_none_is_replaced_and_nothing_is_left()
    {
        WholeFile.Write(Of("a"), "old");
        Assert.Throws<InvalidDataException>(() =>
        {
            using var files = FilesTogether.Begin();
            WholeFile.Write(Of("a"), "new");
            WholeFile.Write(Of("b"), _ => throw new InvalidDataException());
            files.Complete();
        });
        Assert.Equal("old", File.ReadAllText(Of("a")));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Inner_ones_wait_for_outer_ones()
    {
        using (var outer = FilesTogether.Begin())
        {
            using (var inner = FilesTogether.Begin())
            {
                WholeFile.Write(Of("a"), "inner");
                inner.Complete();
            }
            using (FilesTogether.Begin()) WholeFile.Write(Of("b"), "never completed");
            Assert.False(File.Exists(Of("a")));
            Assert.Equal("inner", File.ReadAllText(outer.Now(Of("a"))));
            outer.Complete();
        }
        Assert.Equal(["a"], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_full_disk_is_said_with_the_file_and_the_remedy()
    {
        WholeFile.Write(Of("a"), "old");
        var full = new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28);
        var e = Assert.Throws<IOException>(() => WholeFile.Write(Of("a"), _ => throw full));
        Assert.Contains($"no room left for {Of("a")}", e.Message, StringComparison.Ordinal);
        Assert.Contains("Free some space", e.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Of("a")));
        Assert.Single(Directory.GetFiles(_folder));
    }
}
