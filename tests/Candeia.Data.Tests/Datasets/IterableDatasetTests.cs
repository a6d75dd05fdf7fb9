namespace Candeia.Data.Tests;

public class IterableDatasetTests
{
    static IterableDataset<int> Numbers(int count) => new(Enumerable.Range(0, count));

    static async IAsyncEnumerable<int> Slow(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    static int[] Flat(StreamLoader<int[]> loader) => [.. loader.SelectMany(b => b)];

    [Fact]
    public void Items_come_as_the_source_gives_them()
    {
        Assert.Equal([0, 1, 4, 9], Numbers(4).Map(i => i * i));
        Assert.Equal([0, 1, 2, 3, 4], new IterableDataset<int>(Slow(5)));
        Assert.Equal([1, 3], Numbers(4).Where(i => i % 2 == 1));
    }

    [Fact]
    public void Shares_are_all_items_once()
    {
        var shares = Enumerable.Range(0, 3).Select(i => Numbers(10).Shard(i, 3).ToArray()).ToArray();
        Assert.Equal([1, 4, 7], shares[1]);
        Assert.Equal(Enumerable.Range(0, 10), shares.SelectMany(s => s).Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(10).Shard(3, 3));
    }

    [Fact]
    public void Items_of_other_shares_are_not_made()
    {
        List<int> made = [];
        Assert.Equal([0, 5], Numbers(10).Map(i => { made.Add(i); return i; }).Shard(0, 5));
        Assert.Equal([0, 5], made);
    }

    [Fact]
    public void A_stream_is_shuffled_within_its_buffer()
    {
        int[] first = Flat(Numbers(1000).Shuffle(50).Loader(10, items => items.ToArray(), seed: 3));
        Assert.Equal(Enumerable.Range(0, 1000), first.Order());
        Assert.All(first.Index(), p => Assert.True(p.Item <= p.Index + 50));      // nothing can come earlier than the buffer reaches
        Assert.True(first.Index().Average(p => Math.Abs(p.Item - p.Index)) > 20);
        Assert.Equal(first, Flat(Numbers(1000).Shuffle(50).Loader(10, items => items.ToArray(), seed: 3)));
        Assert.NotEqual(first, Flat(Numbers(1000).Shuffle(50).Loader(10, items => items.ToArray(), seed: 4)));
    }

    [Fact]
    public void A_buffer_of_all_shuffles_all()
    {
        int[] counts = new int[6];
        for (ulong seed = 0; seed < 600; seed++) counts[Flat(Numbers(6).Shuffle(6).Loader(6, items => items.ToArray(), workers: 0, seed: seed))[0]]++;
        Assert.All(counts, c => Assert.InRange(c, 70, 130));
    }

    [Fact]
    public void Every_epoch_has_an_order_of_its_own_and_an_epoch_can_be_repeated()
    {
        var loader = Numbers(100).Shuffle(20).Loader(10, items => items.ToArray(), seed: 1);
        int[] first = Flat(loader), second = Flat(loader);
        Assert.NotEqual(first, second);
        loader.Epoch = 0;
        Assert.Equal(first, Flat(loader));
        Assert.Equal(second, Flat(loader));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Workers_change_nothing(int workers)
    {
        StreamLoader<double[]> Loader(int threads) => Numbers(97).Map((i, g) => i + g.NextDouble()).Shuffle(10).Map((x, g) => x * g.NextDouble())
            .Loader(8, items => items.ToArray(), workers: threads, seed: 5);
        var reference = Loader(0).ToArray();
        Assert.Equal(13, reference.Length);
        Assert.Equal(reference, Loader(workers).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void The_rest_of_an_epoch_is_the_rest(int workers)
    {
        StreamLoader<int[]> Loader() => Numbers(50).Shuffle(7).Loader(4, items => items.ToArray(), workers: workers, seed: 2);
        var whole = Loader().ToArray();
        for (int from = 0; from <= whole.Length + 1; from++) Assert.Equal(whole.Skip(from), Loader().From(from));
    }

    [Fact]
    public void Batches_before_the_rest_are_not_made()
    {
        int made = 0;
        _ = Numbers(40).Map(i => { Interlocked.Increment(ref made); return i; }).Loader(4, items => items.ToArray()).From(8).Count();
        Assert.Equal(8, made);
    }

    [Fact]
    public void A_smaller_last_batch_can_be_left_out()
    {
        Assert.Equal([4, 4, 2], Numbers(10).Loader(4, items => items.ToArray()).Select(b => b.Length));
        Assert.Equal([4, 4], Numbers(10).Loader(4, items => items.ToArray(), dropLast: true).Select(b => b.Length));
        Assert.Empty(Numbers(0).Loader(4, items => items.ToArray(), workers: 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Failures_surface_at_their_batch(int workers)
    {
        static IEnumerable<int> Broken()
        {
            for (int i = 0; i < 25; i++) yield return i;
            throw new InvalidDataException("line 25 is broken");
        }
        int good = 0;
        var source = Assert.Throws<InvalidDataException>(() => { foreach (var _ in new IterableDataset<int>(Broken()).Loader(10, items => items.ToArray(), workers: workers)) good++; });
        Assert.Equal(("line 25 is broken", 2), (source.Message, good));
        good = 0;
        var item = Numbers(40).Map(i => i == 25 ? throw new InvalidDataException("item 25 is broken") : i);
        Assert.Equal("item 25 is broken", Assert.Throws<InvalidDataException>(() => { foreach (var _ in item.Loader(10, items => items.ToArray(), workers: workers)) good++; }).Message);
        Assert.Equal(2, good);
    }

    [Fact]
    public void An_endless_stream_can_be_left()
    {
        static IEnumerable<int> Endless() { for (int i = 0; ; i++) yield return i; }
        int taken = 0;
        Assert.Equal([[0, 1], [2, 3]], new IterableDataset<int>(Endless().Select(i => { taken = i; return i; })).Loader(2, items => items.ToArray(), workers: 2).Take(2));
        Thread.Sleep(50);
        int then = Volatile.Read(ref taken);
        Thread.Sleep(50);
        Assert.Equal(then, Volatile.Read(ref taken));
        Assert.InRange(then, 3, 16);
    }

    [Fact]
    public void Samples_become_batches_that_own_their_tensors()
    {
        var kept = Tensor.Ones([2]);
        var loader = new IterableDataset<Sample>([new(kept, Tensor.Scalar(1L), "a"), new(kept, Tensor.Scalar(2L), "b")]).Loader(1);
        Assert.True(loader.OwnsBatches);
        foreach (var batch in loader)
        {
            Assert.Equal([1, 2], batch.X.Shape);
            using (var scope = Scope.Begin()) scope.Adopt(batch.X);
        }
        Assert.Equal([1f, 1f], kept.ToArray<float>());
        var pairs = new IterableDataset<(Tensor, Tensor)>([(kept, kept), (kept, kept)]).Loader(2);
        Assert.Equal([2, 2], Assert.Single(pairs).Y.Shape);
    }

    /// <summary>Two lanes, of which the first has more; shuffled and changed at random.</summary>
    static StreamLoader<Batch<Tensor>> Lanes(int workers = 0, bool dropLast = false) => new IterableDataset<int>((_, lane) => Enumerable.Range(100 * lane, 11 - 4 * lane), lanes: 2)
        .Shuffle(3).Map((i, g) => Tensor.Scalar(i + g.NextDouble(), DType.Float64)).Loader(5, Collate.Stack, dropLast, workers, seed: 7);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_batch_has_items_of_every_lane_until_that_is_at_its_end(int workers)
    {
        double[][] batches = [.. Lanes(workers).Select(b => b.Value.ToArray<double>())];
        Assert.Equal([(2, 3), (2, 3), (2, 1), (2, 0), (2, 0), (1, 0)], batches.Select(b => (b.Count(v => v < 100), b.Count(v => v >= 100))));
        Assert.Equal(18, batches.SelectMany(b => b.Select(Math.Floor)).Distinct().Count());
        Assert.Equal(batches[..2], Lanes(workers, dropLast: true).Select(b => b.Value.ToArray<double>()));
        Assert.Equal(batches[2..], Lanes(workers).From(2).Select(b => b.Value.ToArray<double>()));
    }

    /// <summary>Who has some lanes alone finds in them what stands in the whole batches.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(0, 2)]
    public void Parts_are_those_of_the_whole(int workers, int from)
    {
        double[][] whole = [.. Lanes().From(from).Select(b => b.Value.ToArray<double>())];
        double[][] parts = [.. Enumerable.Range(0, whole.Length).Select(_ => Array.Empty<double>())];
        for (int lane = 0; lane < 2; lane++)
        {
            using var part = Lanes(workers).Part(lane..(lane + 1), from);
            for (int i = 0; part.MoveNext(); i++)
            {
                double[] items = part.Current.Items.Tensors()[0].ToArray<double>();
                Assert.Equal(part.Current.Counts.Single(), items.Length);
                parts[i] = [.. parts[i], .. items];
            }
        }
        Assert.Equal(whole, parts);
    }

    [Fact]
    public void A_batch_is_as_large_as_there_are_lanes_at_least() =>
        Assert.Contains("all 3 lanes", Assert.Throws<ArgumentException>(() => new IterableDataset<int>((_, lane) => [lane], lanes: 3).Loader(2, items => items.ToArray())).Message, StringComparison.Ordinal);

    [Fact]
    public void One_item_may_become_several()
    {
        Assert.Equal([1, 2, 2, 3, 3, 3], Numbers(4).SelectMany(i => Enumerable.Repeat(i, i)));
        Assert.Equal([[1, 2], [2, 3], [3, 3]], Numbers(4).SelectMany(i => Enumerable.Repeat(i, i)).Loader(2, items => items.ToArray(), workers: 2));
    }
}
