using System.Text.Json;

namespace Candeia.Tests;

/// <summary>Layers whose weights have eight bits, against those of PyTorch.</summary>
public class QuantizedLayerTests
{
    static readonly JsonElement s_golden = Golden.Json("quantization");

    [Fact]
    public void Scales_and_zero_points_are_those_of_the_observers_of_PyTorch()
    {
        int count = 0;
        foreach (var c in s_golden.GetProperty("observed").EnumerateArray())
        {
            var found = InputQuantization.Of(c.GetProperty("low").GetDouble(), c.GetProperty("high").GetDouble(), c.GetProperty("reduce_range").GetBoolean() ? 127 : 255);
            Assert.Equal(c.GetProperty("zero").GetInt32(), found.ZeroPoint);
            Assert.Equal(c.GetProperty("scale").GetDouble(), found.Scale!.Value, 1e-6 * found.Scale.Value);
            count++;
        }
        Assert.Equal(14, count);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_dynamic_linear_layer_computes_each_row_as_PyTorch_computes_it_alone(bool reduceRange)
    {
        var c = s_golden.GetProperty("linear");
        var (x, bias) = (Numbers(c, "x").Reshape(5, 37), Numbers(c, "bias"));
        var y = x.QuantizedLinear(Weight(c, [6, 37]), bias, new(QuantMax: reduceRange ? 127 : 255));
        var expected = Numbers(c.GetProperty("dynamic"), $"{reduceRange}").Reshape(5, 6);
        Close(expected, y, 1e-5);
        for (int i = 0; i < 5; i++)
            Assert.Equal(y[i].ToArray<float>(), x[i].QuantizedLinear(Weight(c, [6, 37]), bias, new(QuantMax: reduceRange ? 127 : 255)).ToArray<float>());
    }

    [Fact]
    public void A_static_linear_layer_computes_what_PyTorch_rounds()
    {
        var c = s_golden.GetProperty("linear");
        var y = Numbers(c, "x").Reshape(5, 37).QuantizedLinear(Weight(c, [6, 37]), Numbers(c, "bias"), new(c.GetProperty("scale").GetDouble(), c.GetProperty("zero").GetInt32()));
        Rounded(c, y);
    }

    [Fact]
    public void Convolutions_compute_what_PyTorch_rounds()
    {
        int count = 0;
        foreach (var c in s_golden.GetProperty("convolutions").EnumerateArray())
        {
            int[] shape = [.. c.GetProperty("shape").EnumerateArray().Select(v => v.GetInt32())], stride = Pair(c, "stride"), padding = Pair(c, "padding");
            var y = Numbers(c, "x").Reshape(2, shape[1], 7, 9).QuantizedConv2d(Weight(c, shape), new(c.GetProperty("scale").GetDouble(), c.GetProperty("zero").GetInt32()), Numbers(c, "bias"),
                (stride[0], stride[1]), (padding[0], padding[1]));
            Rounded(c, y);
            count++;
        }
        Assert.Equal(4, count);

        static int[] Pair(JsonElement c, string name) => [.. c.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];
    }

    [Fact]
    public void A_row_that_is_not_finite_becomes_not_a_number_and_no_other()
    {
        var weight = Tensor.Ones([3, 4]).QuantizePerTensor(1 / 127.0, 0, DType.Int8);
        var y = Tensor.From([1f, 2, 3, 4, 1, float.NaN, 3, 4, 1, 2, float.PositiveInfinity, 4], [3, 4]).QuantizedLinear(weight);
        Assert.All(y[0].ToArray<float>(), v => Assert.Equal(10, v, 0.1f));
        Assert.All(y[1..].ToArray<float>(), v => Assert.True(float.IsNaN(v)));
        Assert.All(Tensor.Zeros([2, 4]).QuantizedLinear(weight, Tensor.From([1f, 2, 3])).ToArray<float>().Chunk(3), row => Assert.Equal([1f, 2, 3], row));
    }

    /// <summary>What watches ops, as export to ONNX does, sees ordinary ones.</summary>
    [Fact]
    public void Ordinary_ops_say_the_same()
    {
        var c = s_golden.GetProperty("linear");
        var (x, bias, weight) = (Numbers(c, "x").Reshape(5, 37), Numbers(c, "bias"), Weight(c, [6, 37]));
        foreach (var input in (InputQuantization[])[new(), new(QuantMax: 127), new(0.05, 120)])
            Close(input.Rounded(x).Linear(weight.Dequantize(), bias), x.QuantizedLinear(weight, bias, input), 1e-5);
    }

    [Fact]
    public void Weights_that_were_written_are_packed_anew()
    {
        var values = Tensor.Ones([2, 8], DType.Int8);
        var weight = new QuantizedTensor(values, Tensor.From([0.5f, 2]), Tensor.Zeros([2], DType.Int64), 0);
        Tensor x = Tensor.Ones([1, 8]);
        for (int i = 0; i < 3; i++) Close(Tensor.From([4f, 16], [1, 2]), x.QuantizedLinear(weight), 1e-6);
        values.Fill(-3);
        Close(Tensor.From([-12f, -48], [1, 2]), x.QuantizedLinear(weight), 1e-6);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var weight = Tensor.Ones([3, 4]).QuantizePerTensor(0.01, 0, DType.Int8);
        var x = Tensor.Ones([2, 4]);
        Assert.Throws<ShapeException>(() => Tensor.Ones([2, 5]).QuantizedLinear(weight));
        Assert.Throws<ShapeException>(() => x.QuantizedLinear(weight, Tensor.Ones([2])));
        Assert.Throws<ArgumentException>(() => x.To(DType.Float64).QuantizedLinear(weight));
        Assert.Throws<ArgumentException>(() => x.QuantizedLinear(Tensor.Ones([3, 4]).QuantizePerTensor(0.01, 1, DType.Int8)));
        Assert.Throws<ArgumentException>(() => x.QuantizedLinear(Tensor.Ones([3, 4]).QuantizePerTensor(0.01, 0, DType.UInt8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.QuantizedLinear(weight, null, new(0.1, 256)));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.QuantizedLinear(weight, null, new(0.0)));
        Assert.Throws<ArgumentException>(() => Tensor.Ones([1, 1, 3, 3]).QuantizedConv2d(Tensor.Ones([1, 1, 2, 2]).QuantizePerTensor(0.01, 0, DType.Int8), new()));
        Assert.Throws<ArgumentException>(() => InputQuantization.Of(0, double.NaN));
    }

    /// <summary>PyTorch gives whole numbers of some scale: ours lie within a half of them.</summary>
    static void Rounded(JsonElement c, Tensor y)
    {
        double scale = c.GetProperty("out_scale").GetDouble();
        int zero = c.GetProperty("out_zero").GetInt32();
        double[] whole = [.. c.GetProperty("static").EnumerateArray().Select(v => v.GetDouble())], ours = y.ToArray<double>();
        Assert.Equal(whole.Length, ours.Length);
        for (int i = 0; i < whole.Length; i++) Assert.InRange(Math.Clamp(ours[i] / scale + zero, 0, 255), whole[i] - 0.5001, whole[i] + 0.5001);
    }

    static QuantizedTensor Weight(JsonElement c, int[] shape)
    {
        var scales = Numbers(c, "scales");
        var q = Numbers(c, "weight").Reshape(shape).QuantizePerChannel(scales, Tensor.Zeros([shape[0]], DType.Int64), 0, DType.Int8);
        Assert.Equal(Numbers(c, "values").ToArray<long>(), q.Values.ToArray<long>());
        return q;
    }

    static Tensor Numbers(JsonElement c, string name) => Tensor.From([.. c.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())]).To(DType.Float32);

    static void Close(Tensor expected, Tensor actual, double tolerance) =>
        Assert.InRange((double)(expected - actual).Abs().Max() / (double)expected.Abs().Max(), 0, tolerance);
}
