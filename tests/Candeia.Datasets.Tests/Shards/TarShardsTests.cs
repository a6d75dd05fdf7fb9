using Candeia.Data;

namespace Candeia.Datasets.Tests;

public sealed class TarShardsTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static TarSample Sample(int i) => new($"part/{i:D4}", new Dictionary<string, byte[]> { ["x"] = [(byte)i, (byte)(i + 1)], ["cls"] = [(byte)(i % 3)] });

    IReadOnlyList<string> Written(int count = 20, int each = 6) => TarShards.Write(_folder["shards"], "train", Enumerable.Range(0, count).Select(Sample), each);

    [Fact]
    public void What_was_written_is_read_in_order()
    {
        var files = Written();
        Assert.Equal(["train-000000.tar", "train-000001.tar", "train-000002.tar", "train-000003.tar"], files.Select(f => Path.GetFileName(f)));
        TarSample[] read = [.. TarShards.Open(files)];
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"part/{i:D4}"), read.Select(s => s.Key));
        Assert.All(read.Index(), s => Assert.Equal((byte)(s.Index + 1), s.Item["x"][1]));
        Assert.Contains("cls, x", Assert.Throws<DatasetException>(() => read[0]["jpg"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Processes_share_archives()
    {
        var files = Written();
        string[] keys = [.. Enumerable.Range(0, 3).SelectMany(i => TarShards.Open(files, shuffle: true, index: i, count: 3)).Select(s => s.Key)];
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"part/{i:D4}"), keys.Order(StringComparer.Ordinal));
        Assert.Throws<ArgumentException>(() => TarShards.Open(files, index: 0, count: 5));
    }

    [Fact]
    public void Archives_are_read_side_by_side_in_lanes()
    {
        var files = Written(count: 40, each: 5);                             // eight archives
        long[][] batches = [.. TarShards.Open(files, shuffle: true, lanes: 4).Shuffle(buffer: 4)
            .Map(s => (X: Tensor.From([(float)s["x"][0]]), Y: Tensor.From([(long)s["x"][0]], []))).Loader(4, seed: 3).Select(b => b.Y.ToArray<long>())];
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (long)i), batches.SelectMany(b => b).Order());
        Assert.All(batches, b => Assert.Equal([0, 1, 2, 3], b.Select(i => i / 5 % 4)));
        Assert.Throws<ArgumentException>(() => TarShards.Open(files, lanes: 9));
    }

    /// <summary>A million samples of some archives, which are read over and over: what is at hand is in memory, and no more.</summary>
    [Fact]
    public void A_million_samples_take_no_more_memory_than_some_thousands()
    {
        var files = Written(count: 4000, each: 1000);
        var loader = TarShards.Open(Enumerable.Repeat(files, 250).SelectMany(f => f), shuffle: true, lanes: 2).Shuffle(buffer: 2000)
            .Map(s => (X: Tensor.From([(float)s["x"][0], s["x"][1]]), Y: Tensor.From([(long)s["cls"][0]], []))).Loader(1000, seed: 1);
        long samples = 0, early = 0, late = 0;
        foreach (var batch in loader)
        {
            samples += batch.Size;
            if (samples == 100_000) early = GC.GetTotalMemory(forceFullCollection: true);
            if (samples == 1_000_000) late = GC.GetTotalMemory(forceFullCollection: true);
        }
        Assert.Equal(1_000_000, samples);
        Assert.InRange(late - early, long.MinValue, 1 << 20);                // an archive list and the samples that wait are there both times
    }

    [Fact]
    public void Epochs_differ_and_go_on_from_any_batch()
    {
        var loader = Loader(workers: 2);
        var (first, second) = (Labels(loader), Labels(loader));
        Assert.NotEqual(first, second);
        Assert.Equal(first.Order(), second.Order());
        var again = Loader(workers: 0);
        again.Epoch = 1;
        Assert.Equal(second[8..], again.From(2).SelectMany(b => b.Y.ToArray<long>()));

        StreamLoader<Batch> Loader(int workers) => TarShards.Open(Written(), shuffle: true).Shuffle(buffer: 7)
            .Map(s => (X: Tensor.From([(float)s["x"][0]]), Y: Tensor.From([(long)s["x"][0]], []))).Loader(4, workers: workers, seed: 3);
        static long[] Labels(StreamLoader<Batch> loader) => [.. loader.SelectMany(b => b.Y.ToArray<long>())];
    }

    [Fact]
    public void Nothing_is_read_before_it_is_asked_for()
    {
        var samples = TarShards.Open([Written()[0], _folder["missing.tar"]]);
        Assert.Equal("part/0005", samples.Skip(5).First().Key);
        Assert.Throws<DatasetException>(() => samples.Count());
    }

    [Fact]
    public void Twins_and_damage_are_refused()
    {
        var twice = TarShards.Write(_folder["twice"], "x", [new("a", new Dictionary<string, byte[]> { ["x"] = [1], ["X"] = [2] })], samples: 1);
        Assert.Contains("two files", Assert.Throws<DatasetException>(() => TarShards.Open(twice).Count()).Message, StringComparison.Ordinal);
        byte[] whole = File.ReadAllBytes(Written()[0]);
        string damaged = _folder["damaged.tar"];
        Fuzz.Run([whole], [[.. "ustar"u8]], bytes =>
        {
            File.WriteAllBytes(damaged, bytes);
            try
            {
                foreach (var sample in TarShards.Open([damaged], mostBytes: 1 << 16)) Assert.NotEmpty(sample.Files);
            }
            catch (DatasetException)
            {
            }
        });
    }

    [Fact]
    public void Keys_are_checked_before_they_are_written() =>
        Assert.Throws<ArgumentException>(() => TarShards.Write(_folder["keys"], "x", [new("a.b", new Dictionary<string, byte[]> { ["x"] = [] })], samples: 1));
}
