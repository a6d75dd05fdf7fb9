namespace Candeia.Data.Tests;

public class LoaderTests
{
    static readonly Dataset<Sample> s_numbers = new TensorDataset(Tensor.Arange(0, 103, dtype: DType.Float32).Unsqueeze(1), Tensor.Arange(103));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Order_depends_on_the_seed_alone(int workers)
    {
        var loader = s_numbers.Loader(10, shuffle: true, workers: workers, seed: 7);
        var reference = s_numbers.Loader(10, shuffle: true, workers: 0, seed: 7);
        for (int epoch = 0; epoch < 2; epoch++)
            Assert.Equal(reference.SelectMany(b => b.Ids).ToArray(), loader.SelectMany(b => b.Ids).ToArray());
        Assert.NotEqual(loader.SelectMany(b => b.Ids).ToArray(), loader.SelectMany(b => b.Ids).ToArray());
    }

    [Fact]
    public void It_is_known_which_batches_were_waited_for()
    {
        var asks = Thread.CurrentThread;
        using var third = new ManualResetEventSlim();
        IEnumerable<Func<int>> Work()
        {
            // The first is made while somebody waits for it: is seen waiting, and still a little later.
            yield return () =>
            {
                for (int seen = 0; seen < 3; seen = (asks.ThreadState & ThreadState.WaitSleepJoin) != 0 ? seen + 1 : 0) Thread.Sleep(10);
                return 1;
            };
            yield return () => 2;
            // The third is begun when the second is there.
            yield return () =>
            {
                third.Set();
                return 3;
            };
        }
        using var batches = new Prefetch<int>(Work().GetEnumerator(), 1);
        Assert.True(batches.MoveNext());
        Assert.False(batches.WasReady);
        third.Wait();
        Assert.True(batches.MoveNext());
        Assert.Equal((2, true), (batches.Current, batches.WasReady));
    }

    [Fact]
    public void Every_item_comes_once_an_epoch()
    {
        var batches = s_numbers.Loader(10, shuffle: true, workers: 3, seed: 1).ToList();
        Assert.Equal(11, batches.Count);
        Assert.Equal([3, 1], batches[^1].X.Shape);
        Assert.Equal(Enumerable.Range(0, 103).Select(i => (float)i), batches.SelectMany(b => b.X.ToArray<float>()).Order());
        foreach (var (x, y) in batches) Assert.Equal(x.ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void A_batch_may_be_larger_than_all_items()
    {
        var loader = s_numbers.Loader(int.MaxValue);
        Assert.Equal((1, 103), (loader.Count, Assert.Single(loader).Size));
        Assert.Equal(0, s_numbers.Loader(int.MaxValue, dropLast: true).Count);
    }

    [Fact]
    public void The_last_smaller_batch_can_be_left_out()
    {
        var loader = s_numbers.Loader(10, dropLast: true);
        Assert.Equal((10, 10, 100), (loader.Count, loader.ToList().Count, loader.Items));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_failure_surfaces_at_its_batch_and_names_itself(int workers)
    {
        var loader = s_numbers.Map(s => s.Id == "25" ? throw new InvalidDataException("item 25 is broken") : s).Loader(10, workers: workers);
        int good = 0;
        var e = Assert.Throws<InvalidDataException>(() => { foreach (var _ in loader) good++; });
        Assert.Equal(("item 25 is broken", 2), (e.Message, good));
    }

    [Fact]
    public void Leaving_early_stops_the_workers()
    {
        int loaded = 0;
        var loader = s_numbers.Map(s => { Interlocked.Increment(ref loaded); return s; }).Loader(1, workers: 2);
        foreach (var _ in loader) break;
        int soon = Volatile.Read(ref loaded);
        Assert.InRange(soon, 1, 8);
    }

    [Fact]
    public void Random_transforms_depend_on_seed_epoch_and_position()
    {
        var noisy = s_numbers.Map((sample, generator) => sample with { X = sample.X + generator.NextSingle() });
        float[][] epochs(int workers) => [.. Enumerable.Repeat(noisy.Loader(10, workers: workers, seed: 3), 2).Select(l => l.SelectMany(b => b.X.ToArray<float>()).ToArray())];
        var (one, four) = (epochs(0), epochs(4));
        Assert.Equal(one[0], four[0]);
        Assert.Equal(one[1], four[1]);
        Assert.NotEqual(one[0], one[1]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Random_transforms_one_after_the_other_draw_numbers_of_their_own(int workers)
    {
        var zeros = new TensorDataset(Tensor.Zeros([12, 1]), Tensor.Zeros([12]));
        static Dataset<Sample> Noisy(Dataset<Sample> data) => data.Map((s, generator) => s with { X = Tensor.Cat([s.X, Tensor.From([generator.NextSingle()])]) });
        float[] Drawn(Dataset<Sample> data) => data.Loader(5, workers: workers, seed: 3).SelectMany(b => b.X[.., -1].ToArray<float>()).ToArray();
        float[] first = Drawn(Noisy(zeros)), second = Drawn(Noisy(Noisy(zeros))), third = Drawn(Noisy(Noisy(Noisy(zeros))[..12].Map(s => s).Concat(zeros[..0])));
        Assert.Equal(36, first.Concat(second).Concat(third).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 12).Select(i => new Generator(3).Split(0).Split(1).Split(i).NextSingle()), first);
        Assert.Equal(first, Noisy(Noisy(zeros)).Loader(5, workers: workers, seed: 3).SelectMany(b => b.X[.., 1].ToArray<float>()));
    }

    [Fact]
    public void A_look_at_the_first_batch_uses_nothing_up()
    {
        var loader = s_numbers.Loader(10, shuffle: true, seed: 2);
        var first = loader.Peek().Ids;
        Assert.Equal(first, loader.First().Ids);
        Assert.NotEqual(first, loader.First().Ids);
    }

    [Fact]
    public void Samples_and_batches_say_what_they_are()
    {
        Assert.Equal("5: x [1], y 5", s_numbers[5].ToString());
        Assert.Equal("x [10, 1], y [10]", s_numbers.Loader(10).Peek().ToString());
    }

    [Fact]
    public void Anything_can_be_collated()
    {
        var loader = s_numbers.Map(s => s.Id).Loader(50, ids => string.Join(",", ids));
        Assert.Equal("100,101,102", loader.Last());
    }

    sealed record Pair(Tensor A, Tensor B);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_batch_of_any_type_keeps_its_memory(int workers)
    {
        void Lasts<TBatch>(Func<Tensor, TBatch> make, Func<TBatch, IEnumerable<Tensor>> tensors)
        {
            var loader = s_numbers.Loader(50, samples => make(Tensor.Stack([.. samples.Select(s => s.X + 1)])), workers: workers);
            foreach (var batch in loader.ToList().Append(loader.Peek())) Assert.All(tensors(batch), t => Assert.True(t.ToArray<float>()[0] >= 1));
            Assert.Equal(103, tensors(loader.Last()).First().ToArray<float>()[^1]);
        }
        Lasts(x => new Pair(x, x * 2), b => [b.A, b.B]);
        Lasts(x => (X: x, Nested: new Pair(x, x * 2)), b => [b.X, b.Nested.A, b.Nested.B]);
        Lasts(x => (X: x, Name: "x", Y: x * 2), b => [b.X, b.Y]);
        Lasts(x => (x, x * 2), b => [b.Item1, b.Item2]);
        Lasts(x => Tuple.Create(x, x * 2), b => [b.Item1, b.Item2]);
        Lasts(x => new Dictionary<string, Tensor> { ["x"] = x, ["twice"] = x * 2 }, b => b.Values);
        Lasts(x => new List<Tensor> { x, x * 2 }, b => b);
        Lasts(x => new[] { x, x * 2 }, b => b);
        Lasts(x => x * 1, b => [b]);
        Lasts<object>(x => new Batch(x, x), b => [((Batch)b).X, ((Batch)b).Y]);
    }
}
