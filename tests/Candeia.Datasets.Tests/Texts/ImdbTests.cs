using Candeia.Data;

namespace Candeia.Datasets.Tests;

public sealed class ImdbTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static readonly (string, string)[] s_files =
    [
        ("aclImdb/README", "not this"), ("aclImdb/train/", ""), ("aclImdb/train/pos/1_9.txt", "Great, “really”.<br />"), ("aclImdb/train/neg/0_2.txt", "Bad."),
        ("aclImdb/train/pos/0_7.txt", "Good."), ("aclImdb/train/unsup/0_0.txt", "Who knows."), ("aclImdb/test/neg/0_1.txt", "Awful."), ("aclImdb/train/pos/../../../evil.txt", "x"),
        ("aclImdb/train/urls_pos.txt", "http"),
    ];

    [Fact]
    public void Reviews_come_from_the_archive_as_it_is()
    {
        MadeArchives.TarGz(_folder["aclImdb_v1.tar.gz"], s_files);
        var train = new Imdb(_folder.Path, source: DataSource.Folder);
        Assert.Equal([new("Bad.", 0, "neg/0_2.txt"), new("Good.", 1, "pos/0_7.txt"), new("Great, “really”.<br />", 1, "pos/1_9.txt")], train);
        Assert.Equal([new TextSample("Awful.", 0, "neg/0_1.txt")], new Imdb(_folder.Path, TextSplit.Test, DataSource.Folder));
        Assert.Equal(["aclImdb_v1.tar.gz"], _folder.Files);
    }

    [Fact]
    public void Reviews_come_from_what_was_unpacked()
    {
        foreach (var (name, text) in s_files.Where(f => !f.Item1.EndsWith('/') && !f.Item1.Contains("..", StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            File.WriteAllText(_folder[name], text);
        }
        Assert.Equal([new("Bad.", 0, "neg/0_2.txt"), new("Good.", 1, "pos/0_7.txt"), new("Great, “really”.<br />", 1, "pos/1_9.txt")], new Imdb(_folder.Path, source: DataSource.Folder));
    }

    [Fact]
    public void An_archive_that_was_put_there_is_not_downloaded()
    {
        Directory.CreateDirectory(_folder["imdb"]);
        MadeArchives.TarGz(_folder["imdb", "aclImdb_v1.tar.gz"], s_files);
        Assert.Equal(3, new Imdb(_folder.Path).Count);
    }

    [Fact]
    public void What_is_wrong_is_said_in_one_sentence()
    {
        Assert.Contains("neither 'aclImdb_v1.tar.gz' nor a folder 'aclImdb'", Fault(), StringComparison.Ordinal);
        MadeArchives.TarGz(_folder["aclImdb_v1.tar.gz"], ("aclImdb/README", "x"));
        Assert.Contains("not the archive it should be", Fault(), StringComparison.Ordinal);
        File.WriteAllText(_folder["aclImdb_v1.tar.gz"], "hello");
        Assert.Contains("no complete archive of tar and gzip", Fault(), StringComparison.Ordinal);
        MadeArchives.TarGz(_folder["aclImdb_v1.tar.gz"], s_files);
        byte[] whole = File.ReadAllBytes(_folder["aclImdb_v1.tar.gz"]);
        File.WriteAllBytes(_folder["aclImdb_v1.tar.gz"], whole[..(whole.Length / 2)]);
        Assert.Contains("get it again", Fault(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Imdb(_folder.Path, source: DataSource.Generate));

        string Fault() => Assert.Throws<DatasetException>(() => new Imdb(_folder.Path, source: DataSource.Folder)).Message;
    }

    [Fact]
    public void Damaged_archives_are_read_or_refused()
    {
        MadeArchives.TarGz(_folder["aclImdb_v1.tar.gz"], s_files);
        Fuzz.Run([File.ReadAllBytes(_folder["aclImdb_v1.tar.gz"])], [[0x1F, 0x8B]], bytes =>
        {
            File.WriteAllBytes(_folder["aclImdb_v1.tar.gz"], bytes);
            try { Assert.InRange(new Imdb(_folder.Path, source: DataSource.Folder).Count, 1, 3); }
            catch (DatasetException fault) { Assert.EndsWith(".", fault.Message, StringComparison.Ordinal); }
        });
    }
}
