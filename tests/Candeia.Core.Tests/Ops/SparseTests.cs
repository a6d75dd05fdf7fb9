using System.Text.Json;

namespace Candeia.Tests;

/// <summary>Sparse matrices and numbers that are quantized, against PyTorch's.</summary>
public class SparseTests
{
    static readonly JsonElement s_golden = Golden.Json("sparse");

    static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    static long[] Longs(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetInt64())];

    static Tensor Places(JsonElement lists) => Tensor.Stack([.. lists.EnumerateArray().Select(l => Tensor.From(Longs(l)))]);

    static void Near(JsonElement expected, Tensor actual)
    {
        double[] values = Doubles(expected), got = actual.ToArray<double>();
        Assert.Equal(values.Length, got.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(values[i], got[i], 1e-12);
    }

    [Fact]
    public void Products_and_gradients_are_those_of_PyTorch()
    {
        var golden = s_golden.GetProperty("coo");
        Tensor values = Tensor.From(Doubles(golden.GetProperty("values"))), dense = Tensor.From(Doubles(golden.GetProperty("dense")), [4, 3]), weights = Tensor.From(Doubles(golden.GetProperty("weights")), [3, 3]);
        values.RequiresGrad = dense.RequiresGrad = true;
        var a = SparseTensor.Create(Places(golden.GetProperty("indices")), values, [3, 4]);
        Near(golden.GetProperty("to_dense"), a.ToDense());
        var y = a.MatMul(dense);
        Near(golden.GetProperty("product"), y);
        (y * weights).Sum().Backward();
        Near(golden.GetProperty("of_values"), values.Grad!);
        Near(golden.GetProperty("of_dense"), dense.Grad!);
        var coalesced = a.Coalesce();
        Assert.Equal(Places(golden.GetProperty("coalesced").GetProperty("indices")).ToArray<long>(), coalesced.Indices.ToArray<long>());
        Near(golden.GetProperty("coalesced").GetProperty("values"), coalesced.Values);
        Assert.Equal(a.ToDense().MatMul(dense).ToArray<double>(), coalesced.MatMul(dense).ToArray<double>(), (p, q) => Math.Abs(p - q) < 1e-12);
        Assert.Equal(a.ToDense().T().ToArray<double>(), a.T().ToDense().ToArray<double>());
        Assert.Equal(a.MatMul(dense.Select(1, 0)).ToArray<double>(), y.Select(1, 0).ToArray<double>());
    }

    [Fact]
    public void There_and_back_is_the_same_in_any_number_of_dimensions()
    {
        foreach (var x in new[] { Tensor.Randint(-1, 2, [3, 4, 5], new Generator(1)), Tensor.From([0f, 2, 0, -1]), Tensor.Zeros([2, 3]), Tensor.Zeros([0, 3]) })
        {
            var sparse = x.ToSparse();
            Assert.Equal((int)(long)x.CountNonZero(), sparse.Count);
            Assert.Equal(x.ToArray<double>(), sparse.ToDense().ToArray<double>());
            Assert.Equal(x.Shape, sparse.ToDense().Shape);
        }
        var leaf = Tensor.From([0.0, 2, 3]);
        leaf.RequiresGrad = true;
        leaf.ToSparse().ToDense().Square().Sum().Backward();
        Assert.Equal([0.0, 4, 6], leaf.Grad!.ToArray<double>());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Tensor places = Tensor.From([0L, 1, 2, 0], [2, 2]), values = Tensor.From([1f, 2]);
        Assert.Throws<ShapeException>(() => SparseTensor.Create(places, Tensor.From([1f])));
        Assert.Throws<ShapeException>(() => SparseTensor.Create(places, values, [2]));
        Assert.Throws<ArgumentException>(() => SparseTensor.Create(places.To(DType.Int32), values));
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseTensor.Create(places, values, [2, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseTensor.Create(places - 1, values, [3, 3]));
        var a = SparseTensor.Create(places, values);
        Assert.Equal([2, 3], a.Shape);
        Assert.Throws<ShapeException>(() => a.MatMul(Tensor.Ones([2, 2])));
        Assert.Throws<ArgumentException>(() => a.MatMul(Tensor.Ones([3, 2], DType.Float64)));
        Assert.Equal("2 of 6 elements of Float32 [2, 3]", a.ToString());
    }

    [Fact]
    public void Quantized_numbers_are_those_of_PyTorch()
    {
        var golden = s_golden.GetProperty("quantized");
        var x = Tensor.From(Doubles(golden.GetProperty("x"))).To(DType.Float32).Reshape(4, 8);
        int count = 0;
        foreach (var c in golden.GetProperty("cases").EnumerateArray())
        {
            var dtype = DTypes.Named(c.GetProperty("dtype").GetString()!.Replace("uint", "uint", StringComparison.Ordinal));
            double[] scale = Doubles(c.GetProperty("scale"));
            long[] zero = Longs(c.GetProperty("zero"));
            var q = c.GetProperty("axis").ValueKind == JsonValueKind.Null ? x.QuantizePerTensor(scale[0], zero[0], dtype)
                : x.QuantizePerChannel(Tensor.From(scale), Tensor.From(zero), c.GetProperty("axis").GetInt32(), dtype);
            Assert.Equal(dtype, q.Values.DType);
            Assert.Equal(Longs(c.GetProperty("values")), q.Values.ToArray<long>());
            Assert.Equal(Doubles(c.GetProperty("back")), q.Dequantize().ToArray<double>());
            count++;
        }
        Assert.Equal(15, count);
    }

    [Fact]
    public void What_cannot_be_quantized_is_refused()
    {
        var x = Tensor.Ones([2, 3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.QuantizePerTensor(0, 0, DType.Int8));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.QuantizePerTensor(0.1, 200, DType.Int8));
        Assert.Throws<ArgumentException>(() => x.QuantizePerTensor(0.1, 0, DType.Float32));
        Assert.Throws<ArgumentException>(() => x.To(DType.Int64).QuantizePerTensor(0.1, 0, DType.Int8));
        Assert.Throws<ShapeException>(() => x.QuantizePerChannel(Tensor.Ones([2]), Tensor.From([0L, 0]), 1, DType.Int8));
        Assert.Throws<ArgumentException>(() => x.QuantizePerChannel(Tensor.Ones([2]), Tensor.Ones([2]), 0, DType.Int8));
    }
}
