namespace Candeia.Tests;

/// <summary>Elementwise ops in registers do what they do one by one, at every length and for every type.</summary>
public class ElementwiseTests
{
    static readonly DType[] s_types = [DType.Float32, DType.Float64, DType.Float16, DType.BFloat16, DType.Int8, DType.UInt8, DType.Int16, DType.Int32, DType.Int64, DType.Bool];

    static IEnumerable<(DType DType, Tensor A, Tensor B)> Pairs()
    {
        var g = new Generator(1);
        foreach (var dtype in s_types)
            foreach (int length in (int[])[0, 1, 7, 31, 32, 33, 64, 100])
                yield return (dtype, Tensor.Randint(0, 3, [length], generator: g).To(dtype), Tensor.Randint(0, 3, [length], generator: g).To(dtype));
    }

    [Fact]
    public void Comparisons_hold_for_every_type_and_length()
    {
        (Func<Tensor, Tensor, Tensor> Op, Func<double, double, bool> Holds)[] tests =
            [((a, b) => a > b, (a, b) => a > b), ((a, b) => a >= b, (a, b) => a >= b), ((a, b) => a < b, (a, b) => a < b), ((a, b) => a <= b, (a, b) => a <= b), ((a, b) => a.Eq(b), (a, b) => a == b), ((a, b) => a.Ne(b), (a, b) => a != b)];
        foreach (var (dtype, a, b) in Pairs())
            foreach (var (op, holds) in tests)
                Assert.Equal(a.ToArray<double>().Zip(b.ToArray<double>(), holds), op(a, b).ToArray<bool>());
    }

    [Fact]
    public void Not_a_number_is_unequal_and_in_no_order()
    {
        Tensor a = Tensor.Full([40], double.NaN), b = Tensor.Ones([40]);
        foreach (var (x, y) in ((Tensor, Tensor)[])[(a, b), (b, a), (a, a)])
        {
            Assert.All([x > y, x >= y, x < y, x <= y, x.Eq(y)], mask => Assert.DoesNotContain(true, mask.ToArray<bool>()));
            Assert.DoesNotContain(false, x.Ne(y).ToArray<bool>());
        }
    }

    [Fact]
    public void Where_chooses_for_every_type_and_length()
    {
        foreach (var (dtype, a, b) in Pairs())
        {
            var mask = Tensor.Randint(0, 2, a.Shape, generator: new Generator(2)).To(DType.Bool);
            double[] want = [.. mask.ToArray<bool>().Zip(a.ToArray<double>().Zip(b.ToArray<double>()), (m, p) => m ? p.First : p.Second)];
            Assert.Equal(want, mask.Where(a, b).ToArray<double>());
            Assert.Equal(dtype, mask.Where(a, b).DType);
        }
    }

    [Fact]
    public void Any_and_all_look_along_every_dimension_of_every_layout()
    {
        var g = new Generator(3);
        foreach (var x in (Tensor[])[Tensor.Randint(0, 2, [5, 37], generator: g), Tensor.Randint(0, 2, [37, 5], generator: g).T(), Tensor.Zeros([3, 40]), Tensor.Ones([3, 40])])
            foreach (var mask in (Tensor[])[x, x.To(DType.Bool), x.To(DType.Float32)])
                foreach (int dim in (int[])[0, 1])
                {
                    Assert.Equal((x > 0).Sum([dim]).ToArray<long>().Select(n => n > 0), mask.Any(dim).ToArray<bool>());
                    Assert.Equal((x > 0).Sum([dim]).ToArray<long>().Select(n => n == x.Shape[dim]), mask.All(dim).ToArray<bool>());
                }
        Assert.Equal([false, false], Tensor.Zeros([2, 0]).Any(1).ToArray<bool>());
        Assert.Equal([true, true], Tensor.Zeros([2, 0]).All(1).ToArray<bool>());
    }

    [Fact]
    public void Bounds_that_cross_or_are_no_numbers_are_as_in_PyTorch()
    {
        foreach (var dtype in (DType[])[DType.Float32, DType.Float64])
        {
            var x = Tensor.From([-2.0, -0.5, 0.5, 2, double.NaN, double.PositiveInfinity]).To(dtype);
            Assert.Equal([-1, -0.5, 0.5, 1, double.NaN, 1], x.Clamp(-1, 1).ToArray<double>());
            Assert.Equal([-1, -1, -1, -1, double.NaN, -1], x.Clamp(1, -1).ToArray<double>());
            Assert.All(x.Clamp(min: double.NaN).ToArray<double>(), v => Assert.True(double.IsNaN(v)));
            x.RequiresGrad = true;
            var y = x.Clamp(-0.5, 0.5);
            y.Sum().Backward();
            Assert.Equal([0, 1, 1, 0, 0, 0], x.Grad!.ToArray<double>());
            x.Grad = null;
            x.Hardtanh(-0.5, 0.5).Sum().Backward();
            Assert.Equal([0, 0, 0, 0, 1, 0], x.Grad!.ToArray<double>());
        }
        Assert.Equal([long.MaxValue, 5], Tensor.From([long.MaxValue, 3]).Clamp(min: 5).ToArray<long>());
        Assert.Equal([0.5f, 3], Tensor.From([0L, 3]).Clamp(min: 0.5).ToArray<float>());
    }

    [Fact]
    public void A_number_beside_a_run_is_as_good_as_a_run_of_it()
    {
        Func<Tensor, Tensor, Tensor>[] ops = [(a, b) => a + b, (a, b) => a - b, (a, b) => a * b, (a, b) => a / b];
        var g = new Generator(4);
        foreach (var dtype in (DType[])[DType.Float32, DType.Float64, DType.BFloat16, DType.Int32, DType.Int64, DType.Complex128])
        {
            Tensor x = Tensor.Randint(1, 9, [6, 37], generator: g).To(dtype), column = Tensor.Randint(1, 9, [6, 1], generator: g).To(dtype), one = Tensor.Randint(1, 9, [1, 1], generator: g).To(dtype);
            foreach (var op in ops)
                foreach (var (a, b) in ((Tensor, Tensor)[])[(x, column), (column, x), (x, one), (one, x), (x.T(), column.T()), (column.T(), x.T()), (one.Expand(6, 37), column.Expand(6, 37)), (x.Narrow(1, 1, 30), column), (x[.., ..^2], column)])
                {
                    var shape = Shape.Broadcast(a.Shape, b.Shape);
                    Assert.True(op(a, b).Equal(op(a.Expand(shape).Clone().Contiguous(), b.Expand(shape).Clone().Contiguous())), $"{dtype} {a.Shape} {b.Shape}");
                }
        }
    }

    [Fact]
    public void Powers_are_those_of_the_platform()
    {
        var g = new Generator(4);
        float[] special = [0, -0f, 1, -1, 2, -2, 0.5f, -0.5f, 3, -3, 1e-40f, float.Epsilon, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        float[] a = [.. special.SelectMany(_ => special), .. (Tensor.Randn([1000], generator: g) * 3).Exp().ToArray<float>()];
        float[] b = [.. special.SelectMany(s => Enumerable.Repeat(s, special.Length)), .. (Tensor.Randn([1000], generator: g) * 3).ToArray<float>()];
        float[] y = Tensor.From(a).Pow(Tensor.From(b)).ToArray<float>();
        for (int i = 0; i < a.Length; i++)
        {
            float want = (float)Math.Pow(a[i], b[i]);
            Assert.True(want.Equals(y[i]) || Math.Abs(want - y[i]) <= Math.Max(float.Epsilon, Math.Abs(want) * 2e-7f), $"{a[i]}^{b[i]} = {y[i]}, not {want}");
        }
        var x = Tensor.From([4.0, 0.25]);
        foreach (double n in (double[])[2, 0.5, -0.5, -1, 3])
        {
            x.RequiresGrad = true;
            x.Grad = null;
            var z = x.Pow(n);
            z.Sum().Backward();
            Assert.Equal([Math.Pow(4, n), Math.Pow(0.25, n)], z.ToArray<double>());
            Assert.All(x.Grad!.ToArray<double>().Zip([n * Math.Pow(4, n - 1), n * Math.Pow(0.25, n - 1)]), p => Assert.Equal(p.Second, p.First, 1e-12));
        }
    }

    [Fact]
    public void Sines_are_exact_near_and_far()
    {
        double[] places = [.. Enumerable.Range(-2000, 4001).Select(i => i * 4.9973), .. Enumerable.Range(-40, 81).Select(i => i * Math.PI / 4), 0, 1e-20, 1e5, -1e8, 1e30, double.PositiveInfinity, double.NaN];
        Check(DType.Float64, 4e-16);
        Check(DType.Float32, 1.2e-7);

        void Check(DType dtype, double tolerance)
        {
            var x = Tensor.From(places).To(dtype);
            double[] at = x.ToArray<double>(), sin = x.Sin().ToArray<double>(), cos = x.Cos().ToArray<double>();
            for (int i = 0; i < at.Length; i++)
            {
                Assert.Equal(Math.Sin(at[i]), sin[i], tolerance);
                Assert.Equal(Math.Cos(at[i]), cos[i], tolerance);
                if (Math.Abs(at[i]) <= 10_000) Assert.Equal(sin[i], Tensor.From([at[i]]).To(dtype).Sin().ToArray<double>()[0]);      // whatever stands beside it
            }
        }
    }

    [Fact]
    public void Products_of_rows_and_columns_are_products()
    {
        foreach (var dtype in (DType[])[DType.Float32, DType.Float64, DType.Int64])
            foreach (int n in (int[])[0, 1, 5, 40, 1000])
            {
                var x = (Tensor.Randint(0, 2, [n, 3], generator: new Generator(5)) * 2 - 1).To(dtype);
                double[] all = x.ToArray<double>(), want = [1, 1, 1];
                for (int i = 0; i < all.Length; i++) want[i % 3] *= all[i];
                Assert.Equal(want, x.Prod(0).ToArray<double>());
                Assert.Equal(want, x.T().Contiguous().Prod(1).ToArray<double>());
            }
    }

    [Fact]
    public void Running_sums_keep_the_layout_and_are_the_same_in_each()
    {
        var x = Tensor.Randn([6, 50], generator: new Generator(6));
        foreach (int dim in (int[])[0, 1])
        {
            var turned = x.T().Contiguous().T().Cumsum(dim);
            Assert.Equal(x.Cumsum(dim).ToArray<float>(), turned.ToArray<float>());
            Assert.False(turned.Layout.IsContiguous);
        }
    }
}
