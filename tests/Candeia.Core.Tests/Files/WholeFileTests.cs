namespace Candeia.Tests;

public sealed class WholeFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("candeia").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_missing_folder_is_made_and_an_old_file_replaced()
    {
        string path = Path.Combine(_folder, "a", "b.txt");
        WholeFile.Write(path, "first");
        WholeFile.Write(path, "günstig");
        Assert.Equal("günstig", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.Combine(_folder, "a")));
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        string path = Path.Combine(_folder, "x.bin");
        WholeFile.Write(path, [1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => WholeFile.Write(path, stream =>
        {
            stream.Write([9, 9]);
            throw new InvalidDataException();
        }));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(_folder));
    }
}
