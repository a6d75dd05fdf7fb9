using System.Security.Cryptography;

namespace Candeia.Datasets.Tests;

public sealed class GeneratedSetTests : IDisposable
{
    readonly TemporaryFolder _root = new();

    string Folder => _root["guess-the-correlation"];

    static Dictionary<string, string> Hashes(string folder) =>
        Directory.EnumerateFiles(Path.Combine(folder, "train_imgs"))
            .ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))));

    [Fact]
    public void The_same_seed_gives_the_same_bytes_forever()
    {
        GeneratedSet.Write(Folder, 3, 777);
        Assert.Equal(
            "id,corr\nnghipxyi,0.2471534608527814\nadnffydz,0.10367970369303087\nmvkiealy,-0.3131303348439125\n",
            File.ReadAllText(Path.Combine(Folder, "train.csv")));
        Assert.Equal(
            ["adnffydz.png 9E0B2E52A683AE24", "mvkiealy.png B8277F4057C35F21", "nghipxyi.png 9DF834A53DEFBC99"],
            Hashes(Folder).OrderBy(h => h.Key).Select(h => $"{h.Key} {h.Value[..16]}"));
    }

    [Fact]
    public void Items_do_not_depend_on_their_number_or_on_threads()
    {
        string other = _root["other"];
        GeneratedSet.Write(Folder, 40, 5);
        var before = Hashes(Folder);
        string[] rows = File.ReadAllLines(Path.Combine(Folder, "train.csv"));
        int threads = Threads.Count;
        Threads.Count = 1;
        GeneratedSet.Write(other, 100, 5);
        Threads.Count = threads;
        var after = Hashes(other);
        Assert.All(before, file => Assert.Equal(file.Value, after[file.Key]));
        Assert.Equal(rows, File.ReadLines(Path.Combine(other, "train.csv")).Take(41));
        GeneratedSet.Write(Folder, 100, 5); // grows
        Assert.Equal(after.OrderBy(f => f.Key), Hashes(Folder).OrderBy(f => f.Key));
        Assert.Equal(5ul, GeneratedSet.SeedOf(Folder));
        Assert.Equal(["guess-the-correlation", "other"], Directory.EnumerateFileSystemEntries(_root.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void An_interrupted_run_leaves_no_data_set_and_is_gone_on_with()
    {
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => GeneratedSet.Write(Folder, 1500, 9, new Direct(_ => cancel.Cancel()), cancel.Token));
        Assert.False(Directory.Exists(Folder));
        Assert.Null(CorrelationLayout.Find(_root.Path));
        string images = Path.Combine(Folder + ".partial", "train_imgs");
        string[] there = Directory.GetFiles(images);
        Assert.NotEmpty(there);
        File.WriteAllBytes(there[0], File.ReadAllBytes(there[0])[..^1]); // cut off in the middle
        var kept = File.GetLastWriteTimeUtc(there[^1]);
        int count = 1500;
        GeneratedSet.Write(Folder, count, 9);
        Assert.Equal(kept, File.GetLastWriteTimeUtc(Path.Combine(Folder, "train_imgs", Path.GetFileName(there[^1]))));
        GeneratedSet.Write(_root["fresh"], count, 9);
        Assert.Equal(Hashes(_root["fresh"]).OrderBy(f => f.Key), Hashes(Folder).OrderBy(f => f.Key));
    }

    [Fact]
    public void Leftovers_of_another_seed_or_a_larger_set_are_not_mixed_in()
    {
        foreach (ulong seed in new[] { 8ul, 9ul })
        {
            using var cancel = new CancellationTokenSource();
            var stop = new Direct(_ => cancel.Cancel());
            Assert.ThrowsAny<OperationCanceledException>(() => GeneratedSet.Write(Folder, 2000, seed, stop, cancel.Token));
        }
        GeneratedSet.Write(Folder, 10, 9);
        Assert.Equal(10, Hashes(Folder).Count);
        Assert.All(File.ReadLines(Path.Combine(Folder, "train.csv")).Skip(1), row => Assert.Contains(row.Split(',')[0] + ".png", Hashes(Folder)));
    }

    [Fact]
    public void Two_programs_do_not_write_the_same_folder()
    {
        Directory.CreateDirectory(_root.Path);
        using var other = new FileStream(Folder + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var fault = Assert.Throws<DatasetException>(() => GeneratedSet.Write(Folder, 10, 1));
        Assert.Equal($"Another program is writing '{Folder}'; wait until it has finished.", fault.Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        File.WriteAllText(_root["file"], "");
        var fault = Assert.Throws<DatasetException>(() => GeneratedSet.Write(Path.Combine(_root["file"], "x"), 10, 1));
        Assert.Contains(_root["file"], fault.Message);
    }

    public void Dispose() => _root.Dispose();

    sealed class Direct(Action<DataProgress> report) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => report(value);
    }
}
