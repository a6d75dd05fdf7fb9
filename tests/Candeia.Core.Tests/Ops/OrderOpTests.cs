namespace Candeia.Tests;

/// <summary>What is sorted and selected, against a stable sort by comparison.</summary>
public class OrderOpTests
{
    public static TheoryData<DType> Types => [DType.Float32, DType.Float64, DType.Int64, DType.Int32, DType.UInt8];

    static Tensor Values(DType dtype, int columns)
    {
        var x = Tensor.Randint(0, 40, [3, 4, columns], new Generator(21)) - 20;
        if (dtype == DType.UInt8) x += 20;
        double[] values = [.. x.ToArray<long>().Select(v => (double)v)];
        if (dtype.IsFloatingPoint()) for (int i = 0; i < values.Length; i += 7) values[i] = (i % 5) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, 3 => -0.0, _ => 0.5 };
        if (dtype == DType.Int64) return x * (1L << 55) + x;
        return Tensor.From(values, x.Shape).To(dtype);
    }

    /// <summary>Small whole numbers, whose sums are exact.</summary>
    static Tensor Finite(Tensor x) => x.DType.IsFloatingPoint() ? x.IsFinite().Where(x.Round(), 1) : x;

    static int[] Order<T>(T[] line, bool descending) where T : System.Numerics.INumber<T>
    {
        int Compare(int a, int b)
        {
            int c = T.IsNaN(line[a]) ? T.IsNaN(line[b]) ? 0 : 1 : T.IsNaN(line[b]) ? -1 : line[a] == line[b] ? 0 : line[a] < line[b] ? -1 : 1;
            return descending ? -c : c;
        }
        return [.. Enumerable.Range(0, line.Length).OrderBy(i => i, Comparer<int>.Create(Compare))];
    }

    static int[] Order(Tensor line, bool descending) => line.DType == DType.Int64 ? Order(line.ToArray<long>(), descending) : Order(line.ToArray<double>(), descending);

    [Theory, MemberData(nameof(Types))]
    public void Sorting_is_stable_and_not_a_number_is_the_largest(DType dtype)
    {
        foreach (int columns in new[] { 1, 5, 33, 400 })
            foreach (bool descending in new[] { false, true })
            {
                var x = Values(dtype, columns).Permute(0, 2, 1);             // [3, columns, 4]: lines are apart in memory
                var (values, indices) = x.Sort(1, descending);
                Assert.Equal(indices.ToArray<long>(), x.ArgSort(1, descending).ToArray<long>());
                foreach (int i in new[] { 0, 2 })
                    foreach (int j in new[] { 0, 3 })
                    {
                        var line = x[i, .., j];
                        long[] expected = [.. Order(line, descending).Select(k => (long)k)];
                        Assert.Equal(expected, indices[i, .., j].ToArray<long>());
                        Assert.Equal(line.IndexSelect(0, Tensor.From(expected)).ToArray<double>(), values[i, .., j].ToArray<double>());
                        Selected(line, descending, expected);
                    }
            }
    }

    [Theory, MemberData(nameof(Types))]
    public void One_of_many_stands_where_a_stable_sort_has_it(DType dtype)
    {
        foreach (int n in new[] { 1, 2, 15, 16, 17, 100, 3001 })
        {
            var x = (Tensor.Randn([n], generator: new Generator((ulong)n)) * 50 + 120).Clamp(0, 255).To(dtype);
            if (dtype.IsFloatingPoint() && n > 16) x = (x > 220).Where(double.NaN, x);
            foreach (var line in new[] { x, Tensor.Full([n], 7, dtype: dtype) })
            {
                var order = line.Sort(0).Indices.ToArray<long>();
                foreach (int k in new[] { 0, n / 3, n / 2, n - 1 }) Assert.Equal(order[k], line.KthValue(k + 1, 0).Indices.Item<long>());
            }
        }
    }

    static void Selected(Tensor line, bool descending, long[] order)
    {
        foreach (int k in new[] { 0, 1, order.Length / 3, order.Length - 1, order.Length })
        {
            Assert.Equal(order[..k], line.TopK(k, largest: descending).Indices.ToArray<long>());
            Assert.Equal(order[..k].Order(), line.TopK(k, largest: descending, sorted: false).Indices.ToArray<long>().Order());
        }
        if (descending) return;
        Assert.Equal(order[order.Length / 2], (long)line.KthValue(order.Length / 2 + 1).Indices);
        long middle = line.DType.IsFloatingPoint() && Array.FindIndex(line.ToArray<double>(), double.IsNaN) is >= 0 and var first ? first : order[(order.Length - 1) / 2];
        Assert.Equal(middle, (long)line.Median(0).Indices);
        Assert.Equal((double)line.Median(0).Values, (double)line.Median());
    }

    [Theory, MemberData(nameof(Types))]
    public void Sums_and_extremes_along_lines(DType dtype)
    {
        foreach (int columns in new[] { 1, 5, 600 })
            for (int dim = 0; dim < 3; dim++)
                foreach (bool strided in new[] { false, true })
                {
                    var x = Values(dtype, columns);
                    if (strided) x = x.Permute(2, 1, 0).Contiguous().Permute(2, 1, 0);
                    var (sums, most, least) = (Finite(x).Cumsum(dim), x.ArgMax(dim), x.ArgMin(dim));
                    foreach (int i in new[] { 0, 2 })
                    {
                        var line = dim == 0 ? x[.., i, 0] : dim == 1 ? x[i, .., 0] : x[i, 1];
                        double[] values = Finite(line).ToArray<double>();
                        double sum = 0;
                        double[] expected = dtype == DType.Int64 ? [] : [.. values.Select(v => sum += v)];
                        if (dtype != DType.Int64) Assert.Equal(expected, (dim == 0 ? sums[.., i, 0] : dim == 1 ? sums[i, .., 0] : sums[i, 1]).ToArray<double>());
                        Assert.Equal(Order(line, descending: true)[0], (long)(dim == 0 ? most[i, 0] : dim == 1 ? most[i, 0] : most[i, 1]));
                        double[] raw = line.ToArray<double>();
                        int nan = Array.FindIndex(raw, double.IsNaN);
                        Assert.Equal(nan >= 0 ? nan : Order(line, descending: false)[0], (long)(dim == 0 ? least[i, 0] : dim == 1 ? least[i, 0] : least[i, 1]));
                    }
                }
    }

    [Fact]
    public void Dimensions_stay_if_asked()
    {
        var x = Tensor.From([3f, 1, 2, 5, 4, 0], [2, 3]);
        Assert.Equal([1, 1], x.ArgMax(keepDim: true).Shape);
        Assert.Equal(5L, (long)x.ArgMin(keepDim: true));
        Assert.Equal([2, 1], (x > 4).Any([1], keepDim: true).Shape);
        Assert.Equal([1, 3], (x > 4).All([0], keepDim: true).Shape);
        Assert.Equal(3L, (long)x.ArgMax());
    }

    /// <summary>Orders that make a naive selection slow end as well.</summary>
    [Fact]
    public void Selection_ends_for_every_order()
    {
        const int n = 60_000;
        foreach (var x in new[] { Tensor.Arange(n), -Tensor.Arange(n), Tensor.Zeros([n], DType.Int64), (Tensor.Arange(n) - n / 2).Abs(), Tensor.Arange(n).Remainder(7) })
        {
            long[] values = x.ToArray<long>();
            Array.Sort(values);
            Assert.Equal(values[n / 2], (long)x.KthValue(n / 2 + 1).Values);
            Assert.Equal(values[^100..].Reverse(), x.TopK(100).Values.ToArray<long>());
            Assert.Equal(values[^100..].Reverse().Select(v => (float)v), x.To(DType.Float32).TopK(100).Values.ToArray<float>());
        }
    }

    [Fact]
    public void What_is_not_there_is_refused()
    {
        var x = Tensor.Ones([2, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.TopK(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.TopK(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.KthValue(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.KthValue(4));
        Assert.Throws<ShapeException>(() => Tensor.Ones([2, 0]).Median(1));
        Assert.Equal([0, 3], Tensor.Ones([0, 3]).Sort().Values.Shape);
        Assert.Equal([2, 0], Tensor.Ones([2, 0]).Sort().Indices.Shape);
    }

    [Fact]
    public void Positions_that_have_been_written_over_are_noticed()
    {
        var x = Tensor.From([3.0, 1, 2]);
        x.RequiresGrad = true;
        var (values, indices) = x.Sort();
        indices[0] = 0;
        Assert.Contains("written", Assert.Throws<InvalidOperationException>(() => values.Sum().Backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_have_gradients_and_gradients_of_these()
    {
        var x = Tensor.From([3.0, 1, 2]);
        x.RequiresGrad = true;
        var (values, indices) = x.Sort();
        Assert.False(indices.RequiresGrad);
        var first = Autograd.Gradients((values * values * Tensor.From([1.0, 10, 100])).Sum(), [x], createGraph: true)[0];
        Assert.Equal([600.0, 2, 40], first.ToArray<double>());
        Assert.Equal([200.0, 2, 20], Autograd.Gradients(first.Sum(), [x])[0].ToArray<double>());
    }

    [Fact]
    public void A_few_of_many_are_the_first_of_all()
    {
        var g = new Generator(9);
        foreach (var x in (Tensor[])[Tensor.Randn([3, 1000], generator: g), Tensor.Randint(0, 5, [3, 1000], generator: g), Tensor.Full([2, 500], double.NaN), Tensor.Randint(0, 3, [2, 700], generator: g).To(DType.Float64) / Tensor.Randint(0, 2, [2, 700], generator: g)])
            foreach (int k in (int[])[1, 7, 60])
                foreach (bool largest in (bool[])[true, false])
                {
                    var (values, indices) = x.TopK(k, 1, largest);
                    var (sorted, order) = x.Sort(1, descending: largest);
                    Assert.Equal(sorted.Narrow(1, 0, k).ToArray<double>(), values.ToArray<double>());
                    Assert.Equal(order.Narrow(1, 0, k).ToArray<long>(), indices.ToArray<long>());
                }
    }

    [Fact]
    public void Numbers_that_are_counted_are_those_that_are_sorted()
    {
        var g = new Generator(10);
        foreach (var x in (Tensor[])[Tensor.Randint(-50, 50, [7, 30], generator: g), Tensor.Randint(0, 200, [500], generator: g).To(DType.UInt8), Tensor.From([5L, 5, 5]), Tensor.From([long.MaxValue, long.MinValue, 0, 0]), Tensor.From([long.MaxValue, long.MaxValue - 2])])
        {
            var (values, inverse, counts) = x.Unique(returnInverse: true, returnCounts: true);
            long[] all = x.ToArray<long>();
            long[] want = [.. all.Distinct().Order()];
            Assert.Equal(want, values.ToArray<long>());
            Assert.Equal(x.DType, values.DType);
            Assert.Equal(all, values.IndexSelect(0, inverse!.Flatten()).ToArray<long>());
            Assert.Equal(x.Shape, inverse!.Shape);
            Assert.Equal(want.Select(v => (long)all.Count(a => a == v)), counts!.ToArray<long>());
        }
    }
}
