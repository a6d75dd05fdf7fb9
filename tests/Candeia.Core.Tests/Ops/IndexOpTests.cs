namespace Candeia.Tests;

/// <summary>Reading, writing and adding where an index says.</summary>
[Collection(nameof(ThreadCount))]
public class IndexOpTests
{
    const long Odd = (1L << 53) + 1;                                         // no double holds it

    static Tensor Index(params long[] positions) => Tensor.From(positions);

    [Fact]
    public void Int64_is_exact()
    {
        var x = Tensor.Zeros([3], DType.Int64);
        Assert.Equal([0, Odd, 0], x.Scatter(0, Index(1), Index(Odd)).ToArray<long>());
        Assert.Equal([0, 2 * Odd, 0], x.ScatterAdd(0, Index(1, 1), Index(Odd, Odd)).ToArray<long>());
        x[Index(2, 0)] = Index(Odd, -Odd);
        Assert.Equal([-Odd, 0, Odd], x.ToArray<long>());
        x[x < 0] = Index(Odd);
        Assert.Equal([Odd, 0, Odd], x.ToArray<long>());
    }

    [Fact]
    public void Positions_from_the_end_are_for_brackets_alone()
    {
        Tensor x = Tensor.From([1f, 2, 3]), last = Index(-1);
        Assert.Equal([3f], x[last].ToArray<float>());
        foreach (var refused in new Func<Tensor>[]
        {
            () => x.Gather(0, last), () => x.IndexSelect(0, last), () => x.Scatter(0, last, x), () => x.ScatterAdd(0, last, x), () => x.IndexAdd(0, last, Tensor.Ones([1])), () => x.TakeAlongDim(last, 0),
        })
            Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(refused).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => x[Index(-4)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => x[Index(0, 3)] = 1);
        Assert.Equal([1f, 2, 3], x.ToArray<float>());
    }

    [Fact]
    public void Fractions_are_no_positions_and_bytes_are_a_mask()
    {
        var x = Tensor.From([1f, 2, 3]);
        Assert.Contains("Int64", Assert.Throws<ArgumentException>(() => x[Tensor.From([1.9f])]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => x.Gather(0, Tensor.From([1f])));
        Assert.Throws<ArgumentException>(() => x.IndexSelect(0, Tensor.From([true])));
        Assert.Equal([1f, 3], x[Tensor.From(new byte[] { 1, 0, 2 })].ToArray<float>());
        Assert.Equal([1, 3], x[Tensor.From([true]).Squeeze()].Shape);
        Assert.Equal([0, 3], x[Tensor.From([false]).Squeeze()].Shape);
    }

    [Fact]
    public void Classes_that_are_not_there_are_refused()
    {
        Assert.Equal([0L, 1, 0, 0, 0, 1], Index(1, 2).OneHot().ToArray<long>());
        Assert.Equal([2, 4], Index(1, 2).OneHot(4).Shape);
        Assert.Equal([3], Index(1).Squeeze().OneHot(3).Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Index(3).OneHot(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Index(-1).OneHot(3));
        Assert.Throws<ShapeException>(() => Tensor.Empty([0], DType.Int64).OneHot());
    }

    [Fact]
    public void An_index_of_another_rank_is_refused()
    {
        var x = Tensor.Ones([2, 3]);
        Assert.Contains("vector", Assert.Throws<ShapeException>(() => x.IndexSelect(0, Index(0, 1).Reshape(1, 2))).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => x.Gather(0, Index(0)));
        Assert.Throws<ShapeException>(() => x.Gather(0, Tensor.Zeros([1, 4], DType.Int64)));
        Assert.Throws<ShapeException>(() => x.Scatter(0, Tensor.Zeros([2, 2], DType.Int64), Tensor.Ones([1, 2])));
    }

    [Fact]
    public void Numbers_are_tensors_too()
    {
        var x = Tensor.Scalar(5);
        Assert.Equal([], x.IndexSelect(0, Index(0)).Shape);
        Assert.Equal(5f, (float)x.Gather(0, Tensor.Zeros([], DType.Int64)));
        Assert.Equal(7f, (float)x.Scatter(0, Tensor.Zeros([], DType.Int64), 7));
        Assert.Equal(5f, (float)x.Sort().Values);
        Assert.Equal(0L, (long)x.Sort().Indices);
        Assert.Equal(5f, (float)x.TopK(1).Values);
        Assert.Equal(5f, (float)x.Median());
        Assert.Equal([5f, 5], x.Repeat(2).ToArray<float>());
        Assert.Equal(5f, (float)x.Repeat());
    }

    [Fact]
    public void A_source_may_be_larger_than_the_index()
    {
        var y = Tensor.Zeros([2, 3]).Scatter(1, Index(2, 0).Reshape(1, 2), Tensor.Arange(1, 9, dtype: DType.Float32).Reshape(2, 4));
        Assert.Equal([2f, 0, 1, 0, 0, 0], y.ToArray<float>());
    }

    public static TheoryData<DType> Types => [DType.Float32, DType.Float64, DType.Int64, DType.Int32, DType.UInt8];

    /// <summary>Against three loops, for every dimension and with all operands in another order in memory.</summary>
    [Theory, MemberData(nameof(Types))]
    public void Agrees_with_the_definition(DType dtype)
    {
        var g = new Generator(11);
        int[] sizes = [5, 40, 7], few = [4, 90, 6];
        for (int dim = 0; dim < 3; dim++)
            foreach (bool strided in new[] { false, true })
            {
                int[] shape = [.. few.Select((n, d) => d == dim ? 90 : Math.Min(n, sizes[d]))];
                Tensor x = Tensor.Randint(0, 50, Shape.Create(sizes), g).To(dtype), index = Tensor.Randint(0, sizes[dim], Shape.Create(shape), g), source = Tensor.Randint(0, 9, Shape.Create(shape), g).To(dtype);
                if (strided) (x, index, source) = (Turned(x), Turned(index), Turned(source));
                double[] values = x.ToArray<double>(), given = source.ToArray<double>(), read = new double[given.Length], written = [.. values], added = [.. values];
                long[] at = index.ToArray<long>();
                for (int i = 0, n = 0; i < shape[0]; i++)
                    for (int j = 0; j < shape[1]; j++)
                        for (int k = 0; k < shape[2]; k++, n++)
                        {
                            long[] place = [i, j, k];
                            place[dim] = at[n];
                            long to = (place[0] * sizes[1] + place[1]) * sizes[2] + place[2];
                            read[n] = values[to];
                            written[to] = given[n];
                            added[to] += given[n];
                        }
                Assert.Equal(read, x.Gather(dim, index).ToArray<double>());
                Assert.Equal(written, x.Scatter(dim, index, source).ToArray<double>());
                Assert.Equal(dtype == DType.UInt8 ? [.. added.Select(v => (double)(byte)v)] : added, x.ScatterAdd(dim, index, source).ToArray<double>());
            }
    }

    static Tensor Turned(Tensor x) => x.Permute(2, 0, 1).Flip(1).Flip(1).Permute(1, 2, 0);

    [Fact]
    public void Truth_values_are_added_as_truth_values()
    {
        var y = Tensor.From([false, false, true]).ScatterAdd(0, Index(0, 0, 2), Tensor.From([true, true, true]));
        Assert.Equal(new byte[] { 1, 0, 1 }, y.To(DType.UInt8).ToArray<byte>());
        Assert.Equal([true, false, true], y.ToArray<bool>());
    }

    /// <summary>Sums are taken in the order of the index, so that the number of threads does not show; what is written last stays.</summary>
    [Fact]
    public void The_number_of_threads_does_not_show()
    {
        var g = new Generator(12);
        Tensor table = Tensor.Randn([50, 64], generator: g), rows = Tensor.Randint(0, 50, [4000], g), parts = Tensor.Randn([4000, 64], generator: g);
        Tensor line = Tensor.Randint(0, 50, [64, 3000], g), values = Tensor.Randn([64, 3000], generator: g);
        float[][] Results() =>
        [
            table.IndexAdd(0, rows, parts).ToArray<float>(), table.IndexCopy(0, rows, parts).ToArray<float>(), table.IndexSelect(0, rows).ToArray<float>(),
            table.T().ScatterAdd(1, line, values).ToArray<float>(), table.T().Scatter(1, line, values).ToArray<float>(), parts[parts > 0].ToArray<float>(), parts.Sort(0).Values.ToArray<float>(),
        ];
        float[][] one, four;
        using (new ThreadCount(1)) one = Results();
        using (new ThreadCount(4)) four = Results();
        for (int i = 0; i < one.Length; i++) Assert.Equal(one[i], four[i]);
        float[] last = table.ToArray<float>(), source = parts.ToArray<float>();
        long[] at = rows.ToArray<long>();
        for (int i = 0; i < at.Length; i++) Array.Copy(source, i * 64, last, at[i] * 64, 64);
        Assert.Equal(last, one[1]);
    }

    /// <summary>The garbage collector gives memory back that nobody holds: whatever a kernel reads is held.</summary>
    [Fact]
    public void What_an_index_is_copied_to_lives_as_long_as_it_is_read()
    {
        Tensor x = Tensor.Randn([400, 50], generator: new(13)), order = x.ArgSort(-1, true).Narrow(-1, 0, 10);
        float[] expected = x.Gather(1, order).ToArray<float>(), picked = x[order].ToArray<float>();
        using var stop = new CancellationTokenSource();
        var other = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                for (int i = 0; i < 20; i++) Tensor.Full([400, 10], -1, DType.Int64);
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        other.Start();
        try
        {
            for (int i = 0; i < 600; i++)
            {
                Assert.Equal(expected, x.Gather(1, order).ToArray<float>());
                if (i % 8 == 0) Assert.Equal(picked, x[order].ToArray<float>());
                _ = x.ScatterAdd(1, order, x.Narrow(1, 0, 10));
            }
        }
        finally
        {
            stop.Cancel();
            other.Join();
        }
    }

    [Fact]
    public void What_is_found_is_found_in_row_major_order()
    {
        var x = Tensor.Randint(0, 5, [3, 131, 300], new Generator(14)).Permute(2, 0, 1);          // several blocks, and rows that they cut
        long[] values = x.ToArray<long>(), found = x.Eq(0).NonZero().ToArray<long>();
        List<long> expected = [];
        for (int i = 0; i < values.Length; i++)
            if (values[i] == 0) expected.AddRange([i / (3 * 131), i / 131 % 3, i % 131]);
        Assert.Equal(expected, found);
        Assert.Equal(expected.Count / 3, (long)x.Eq(0).CountNonZero());
        Assert.Equal([1, 0], Tensor.Scalar(3).NonZero().Shape);
        Assert.Equal([0, 2], Tensor.Zeros([0, 2]).NonZero().Shape);
    }

    [Fact]
    public void What_is_written_by_an_index_is_recorded()
    {
        Tensor x = Tensor.From([1.0, 2, 3]), v = Tensor.From([5.0, 6, 7]);
        x.RequiresGrad = v.RequiresGrad = true;
        var y = x * 2;
        y[Index(0, 2, 0)] = v;                                               // what is written first to place 0 does not stay
        y[y.Eq(6)] = 1;
        (y * y).Sum().Backward();
        Assert.Equal([7.0, 4, 1], y.ToArray<double>());
        Assert.Equal([0.0, 16, 0], x.Grad!.ToArray<double>());
        Assert.Equal([0.0, 0, 14], v.Grad!.ToArray<double>());
    }

    [Fact]
    public void Values_of_the_tensor_itself_are_those_from_before()
    {
        var x = Tensor.Arange(0, 6, dtype: DType.Float32);
        x[Index(1, 2, 3, 4, 5)] = x[..5];
        Assert.Equal([0f, 0, 1, 2, 3, 4], x.ToArray<float>());
    }

    [Fact]
    public void Another_device_picks_scatters_and_sorts()
    {
        var device = new ForeignDevice();
        Tensor x = Tensor.From([3f, 1, 2, 5, 4, 6], [2, 3]), index = Index(2, 0).Reshape(2, 1);
        Same(t => t.Gather(1, index.To(t.Device)));
        Same(t => t.Scatter(1, index.To(t.Device), t));
        Same(t => t.ScatterAdd(1, index.To(t.Device), t));
        Same(t => t.Scatter(1, index.To(t.Device), 7).ScatterAdd(1, index.To(t.Device), 0.5));
        Same(t => t.IndexFill(1, index.Flatten().To(t.Device), 3));
        Same(t => index.To(t.Device).OneHot(3).To(DType.Float32));
        Same(t => t[index.Flatten().To(t.Device) - 1]);
        Same(t => t[t > 2]);
        Same(t => t.Sort(1).Values);
        Same(t => t.TopK(2).Values);
        Same(t => t.IndexSelect(1, index.Flatten().To(t.Device)));
        Same(t =>
        {
            t = t.Clone();
            t[t > 4] = 0;
            t[.., Index(1).To(t.Device)] = 9;
            return t;
        });

        void Same(Func<Tensor, Tensor> op)
        {
            var there = op(x.To(device));
            Assert.Equal(device, there.Device);
            Assert.Equal(op(x).ToArray<float>(), there.ToArray<float>());
        }
    }
}
