using System.Runtime.CompilerServices;

namespace Candeia.Data.Tests;

/// <summary>Batches of anything: how many tensors there are, and what stands beside them, is the data set's own matter.</summary>
public class BatchTests
{
    static readonly TensorDataset s_numbers = new(Tensor.Arange(0, 23, dtype: DType.Float32).Unsqueeze(1), Tensor.Arange(23));

    static readonly Tensor[] s_columns = [s_numbers.X, s_numbers.X * 2, s_numbers.X * 3, s_numbers.X * 4];

    [Fact]
    public void Tuples_arrays_and_dictionaries_are_put_side_by_side()
    {
        static float[] Seconds<TBatch>(Loader<TBatch> loader, Func<TBatch, Tensor> second) where TBatch : IBatch
        {
            var batches = loader.ToList();
            Assert.Equal([10, 10, 3], batches.Select(b => b.Size));
            Assert.True(loader.OwnsBatches);
            return [.. batches.SelectMany(b => second(b).ToArray<float>())];
        }
        float[] expected = s_columns[1].ToArray<float>();
        Assert.Equal(expected, Seconds(s_numbers.Map(s => (s.X, s.X * 2)).Loader(10), b => b.Y));
        Assert.Equal(expected, Seconds(s_numbers.Map(s => s.X * 2).Loader(10), b => b.Value));
        Assert.Equal(expected, Seconds(s_numbers.Map(s => (A: s.X, B: s.X * 2, C: s.X * 3)).Loader(10), b => b.Value.Item2));
        Assert.Equal(expected, Seconds(s_numbers.Map(s => (s.X, s.X * 2, s.X, s.Y)).Loader(10, workers: 3), b => b.Value.Item2));
        Assert.Equal(expected, Seconds(s_numbers.Map(s => new[] { s.X, s.X * 2 }).Loader(10, workers: 0), b => b.Value[1]));
        Assert.Equal(expected, Seconds(s_numbers.Map(s => new Dictionary<string, Tensor> { ["x"] = s.X, ["twice"] = s.X * 2 }).Loader(10), b => b.Value["twice"]));
        Assert.Equal(expected, Seconds(TensorDataset.Of(s_columns).Loader(10), b => b.Value[1]));
        Assert.Equal(expected, Seconds(TensorDataset.Of(s_columns)[..23].Loader(10, workers: 0), b => b.Value[1]));
    }

    [Fact]
    public void Texts_stay_texts()
    {
        var batch = s_numbers.Map(s => ($"number {s.Id}", s.Y)).Loader(3).Last();
        Assert.Equal(["number 21", "number 22"], batch.Value.Item1);
        Assert.Equal([21L, 22], batch.Value.Item2.ToArray<long>());
        Assert.Single(batch.Tensors());
    }

    [Fact]
    public void Any_number_of_tensors_is_a_data_set()
    {
        var data = TensorDataset.Of(s_columns);
        Assert.Equal((23, 4), (data.Count, data[5].Length));
        Assert.Equal([5f, 10, 15, 20], data[5].Select(t => (float)t.Item()));
        Assert.Contains("same first size, not [23, 1], [4]", Assert.Throws<ShapeException>(() => TensorDataset.Of(s_columns[0], Tensor.Ones([4]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TensorDataset.Of());
    }

    sealed record Nested((Tensor Left, Tensor Right) X, IReadOnlyList<string> Words, Tensor Y) : IBatch
    {
        public int Size => Words.Count;

        public IBatch Map(Func<Tensor, Tensor> change) => new Nested((change(X.Left), change(X.Right)), Words, change(Y));
    }

    static Nested Collated(IReadOnlyList<Sample> samples) =>
        new((Tensor.Stack([.. samples.Select(s => s.X)]), Tensor.Stack([.. samples.Select(s => -s.X)])), [.. samples.Select(s => s.Id)], Tensor.Stack([.. samples.Select(s => s.Y)]));

    [Fact]
    public void A_type_of_ones_own_says_how_its_tensors_change_and_the_rest_follows()
    {
        var loader = s_numbers.Loader(10, Collated, workers: 2);
        Assert.True(loader.OwnsBatches);
        var batch = loader.First();
        Assert.Equal(3, batch.Tensors().Count);
        Assert.Same(batch, batch.To(Device.Cpu));
        Assert.Equal((10, "9"), (batch.Size, batch.Words[^1]));
        Assert.Equal(-9, ((Nested)batch.Map(t => t * 1)).X.Right.ToArray<float>()[^1]);
    }

    [Fact]
    public void Items_that_do_not_belong_together_are_refused()
    {
        var arrays = s_numbers.Map(s => s.Id == "4" ? new[] { s.X } : [s.X, s.Y]).Loader(10);
        Assert.Contains("An item has 1 tensors, and another one 2", Assert.Throws<ShapeException>(() => arrays.First()).Message, StringComparison.Ordinal);
        var named = s_numbers.Map(s => new Dictionary<string, Tensor> { [s.Id == "4" ? "z" : "x"] = s.X }).Loader(10);
        Assert.Contains("An item has z, and another one x", Assert.Throws<ShapeException>(() => named.First()).Message, StringComparison.Ordinal);
    }

    /// <summary>Hands out tensors that it goes on to use.</summary>
    sealed class Keeping : Dataset<Sample>
    {
        public Tensor All { get; } = Tensor.Arange(0, 20, dtype: DType.Float32).Reshape(20, 1);

        public Tensor Same { get; } = Tensor.Ones([5]);

        public override int Count => 20;

        public override Sample this[int index] => throw new NotSupportedException();

        protected internal override IBatch TryBatch(ReadOnlySpan<int> indices) => new Batch(All[indices[0]..(indices[^1] + 1)], Same);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_batch_has_its_memory_for_itself_even_if_the_data_set_keeps_its_own(int workers)
    {
        var data = new Keeping();
        for (int epoch = 0; epoch < 2; epoch++)
            foreach (var batch in data.Loader(5, workers: workers))
            {
                using var scope = Scope.Begin();
                foreach (var tensor in batch.Tensors()) scope.Adopt(tensor);     // as a training does
                Assert.Equal(5, batch.X.ToArray<float>().Length);
            }
        Assert.Equal((19, 1), (data.All.ToArray<float>()[^1], data.Same.ToArray<float>()[0]));
    }

    sealed class Wrong : Dataset<Sample>
    {
        public override int Count => 4;

        public override Sample this[int index] => new(Tensor.Ones([1]), Tensor.Ones([1]));

        protected internal override IBatch TryBatch(ReadOnlySpan<int> indices) => Collated([this[0]]);
    }

    [Fact]
    public void A_data_set_that_makes_other_batches_than_its_loader_gives_is_named() =>
        Assert.Contains("Wrong.TryBatch gave a", Assert.Throws<InvalidOperationException>(() => new Wrong().Loader(2).First()).Message, StringComparison.Ordinal);

    [Fact]
    public void Enumerators_that_were_forgotten_end_their_threads()
    {
        int working = 0;
        var data = s_numbers.Map(s =>
        {
            lock (s_threads) if (s_threads.Add(Thread.CurrentThread)) working++;
            return s;
        });
        Forget(data);
        Assert.True(working >= 10, $"{working}");
        for (int i = 0; i < 200 && Alive() > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(20);
        }
        Assert.Equal(0, Alive());

        static int Alive()
        {
            lock (s_threads) return s_threads.Count(t => t.IsAlive);
        }
    }

    static readonly HashSet<Thread> s_threads = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Forget(Dataset<Sample> data)
    {
        for (int i = 0; i < 10; i++) data.Loader(1, workers: 2).GetEnumerator().MoveNext();
        for (int i = 0; i < 500; i++)
        {
            lock (s_threads) if (s_threads.Count >= 10) return;
            Thread.Sleep(10);
        }
    }
}
