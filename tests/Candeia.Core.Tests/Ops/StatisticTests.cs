namespace Candeia.Tests;

/// <summary>What golden values do not say of running results, quantiles, counts and searches: second derivatives, strides, threads, refusals.</summary>
public class StatisticTests
{
    static Tensor Leaf(Tensor x)
    {
        x.RequiresGrad = true;
        return x;
    }

    [Fact]
    public void Second_derivatives_equal_finite_differences()
    {
        Tensor x = Leaf(Tensor.From([0.3, -0.8, 0.55, 0.7, 1.4, -0.9], [2, 3])), zero = Leaf(Tensor.From([0.3, 0, 0.55, 0.7, 1.4, 0], [2, 3]));
        Func<Tensor, Tensor>[] functions = [x => x.CumProd(1), x => x.LogCumSumExp(1), x => x.StdMean([1]).Std, x => x.NanMean([0]).Square(), x => x.Quantile(0.4, 1).Square(), x => x.Diff().Exp(), x => x.Trapezoid().Square()];
        foreach (var function in functions) Autograd.GradGradCheck(t => [function(t[0])], [x]);
        Autograd.GradCheck(t => [t[0].CumProd(1)], [zero]);
        Autograd.GradCheck(t => [t[0].CumProd(0)], [zero]);
    }

    [Fact]
    public void Running_results_are_the_same_along_every_way_through_memory()
    {
        var x = Tensor.Randn([3, 70, 40], DType.Float64, new Generator(1));
        foreach (int dim in new[] { 0, 1, 2 })
            foreach (Func<Tensor, Tensor> run in new Func<Tensor, Tensor>[] { t => t.CumProd(dim), t => t.LogCumSumExp(dim), t => t.CumMax(dim).Values, t => t.CumMin(dim).Indices })
            {
                var expected = run(x);
                var strided = run(x.Permute(2, 0, 1).Contiguous().Permute(1, 2, 0));
                Assert.True(expected.Equal(strided), $"dimension {dim}");
            }
    }

    [Fact]
    public void Counts_do_not_depend_on_the_number_of_elements_that_a_thread_takes()
    {
        var x = Tensor.Rand([300_000], DType.Float32, new Generator(2));
        double[] counts = x.Histc(10, 0, 1).ToArray<double>();
        Assert.Equal(300_000, counts.Sum());
        Assert.All(counts, c => Assert.InRange(c, 29_000, 31_000));
        Assert.Equal(counts, x.Histogram(10, (0, 1)).Counts.ToArray<double>(), (a, b) => Math.Abs(a - b) <= 3);   // boundaries are rounded here
        long[] whole = (x * 10).To(DType.Int64).BinCount().ToArray<long>();
        Assert.Equal(counts, whole.Select(c => (double)c), (a, b) => Math.Abs(a - b) <= 3);
    }

    [Fact]
    public void The_most_frequent_is_found_in_every_type()
    {
        foreach (var dtype in new[] { DType.UInt8, DType.Int8, DType.Int16, DType.Int32, DType.Int64, DType.Float16, DType.BFloat16, DType.Float32, DType.Float64 })
        {
            var (values, indices) = Tensor.From([2L, 7, 3, 7, 2, 9, 3, 3, 7]).To(dtype).Mode();
            Assert.Equal((3L, 7L, dtype), ((long)values, (long)indices, values.DType));
        }
        Assert.Equal(5, Tensor.From([5.0]).Mode().Values.Item());
        Assert.True(double.IsNaN(Tensor.From([double.NaN, 1, double.NaN]).Mode().Values.Item()));
    }

    [Fact]
    public void What_is_different_makes_the_whole_again()
    {
        var x = Tensor.Randint(0, 40, [500, 3], new Generator(3));
        var (values, inverse, counts) = x.Unique(true, true);
        Assert.True(values.Take(inverse!).Equal(x));
        Assert.Equal(1500, (long)counts!.Sum());
        Assert.All(values.Diff().ToArray<long>(), step => Assert.True(step > 0));
        var (rows, which, often) = x.Remainder(3).Unique(true, true, 0);
        Assert.True(rows.IndexSelect(0, which!).Equal(x.Remainder(3)));
        Assert.Equal((500L, 27), ((long)often!.Sum(), rows.Shape[0]));
        Assert.Null(x.Unique(false, false).Inverse);
        Assert.Equal([1, 2, double.NaN, double.NaN], Tensor.From([double.NaN, 2, double.NaN, 1]).Unique().ToArray<double>());
    }

    [Fact]
    public void The_middle_of_no_fractions_is_not_a_number()
    {
        foreach (var dtype in (DType[])[DType.Float64, DType.Float32, DType.Float16])
            foreach (var y in (Tensor[])[Tensor.Empty([0], dtype).Median(), Tensor.Empty([2, 0], dtype).NanMedian()])
                Assert.True(double.IsNaN(y.Item()) && y.DType == dtype && y.Rank == 0);
    }

    [Fact]
    public void What_has_no_answer_is_refused_in_a_sentence()
    {
        Tensor x = Tensor.From([1.0, 2, 3]), whole = Tensor.From([1L, 2, 3]), nothing = Tensor.Empty([0], DType.Float64), number = Tensor.Scalar(1.0);
        Action[] wrong =
        [
            () => x.Quantile(1.5), () => x.Quantile(double.NaN), () => whole.Quantile(0.5), () => nothing.Quantile(0.5), () => x.Quantile([[0.5]]), () => nothing.Mode(), () => nothing.To(DType.Int64).NanMedian(), () => nothing.To(DType.Bool).Median(),
            () => x.Histc(0), () => x.Histc(3, 2, 1), () => whole.Histc(), () => Tensor.From([double.NaN]).Histc(), () => x.BinCount(), () => (-whole).BinCount(), () => whole.BinCount(x[..2]), () => whole.BinCount(minLength: -1),
            () => x.Histogram([1.0]), () => x.Histogram(3, (2, 1)), () => x.Histogram([1.0, 2], weights: x[..2]), () => x.HistogramDD([x]), () => number.Diff(), () => x.Diff(-1), () => number.Trapezoid(), () => x.Trapezoid(x[..2]),
            () => number.SearchSorted(x), () => x.Reshape(1, 3).SearchSorted(x), () => x.Bucketize(x.Reshape(1, 3)), () => x.Renorm(2, 0, 1), () => whole.NanMean(), () => x.CumMax(1), () => Tensor.Complex(x, x).CumMin(0),
        ];
        for (int i = 0; i < wrong.Length; i++)
        {
            var error = Record.Exception(wrong[i]);
            Assert.True(error is ArgumentException, $"case {i}: {error?.GetType().Name ?? "nothing"}: {error?.Message}");
        }
    }
}
