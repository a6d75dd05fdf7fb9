using System.Text.Json;
using Candeia.NN;

namespace Candeia.Tests;

/// <summary>The softmax over rare classes, and the optimizer of tables, against PyTorch's.</summary>
public class AdaptiveLogSoftmaxTests
{
    static readonly JsonElement s_golden = Golden.Json("sparse");

    static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    static void Near(JsonElement expected, Tensor actual, double tolerance = 1e-12)
    {
        double[] values = Doubles(expected), got = actual.ToArray<double>();
        Assert.Equal(values.Length, got.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(values[i], got[i], tolerance);
    }

    [Theory]
    [InlineData(0), InlineData(1)]
    public void It_is_PyTorchs(int index)
    {
        var golden = s_golden.GetProperty("adaptive")[index];
        var module = new AdaptiveLogSoftmaxWithLoss(6, 12, [4, 8], divValue: 2, headBias: golden.GetProperty("head_bias").GetBoolean()).To(DType.Float64);
        module.LoadStateDict(golden.GetProperty("state").EnumerateObject().ToDictionary(
            p => p.Name, p => Tensor.From(Doubles(p.Value.GetProperty("values")), Shape.Create([.. p.Value.GetProperty("shape").EnumerateArray().Select(v => v.GetInt32())]))));
        Tensor x = Tensor.From(Doubles(golden.GetProperty("x")), [7, 6]), target = Tensor.From([.. golden.GetProperty("target").EnumerateArray().Select(v => v.GetInt64())]);
        x.RequiresGrad = true;
        var (output, loss) = module.Forward(x, target);
        Near(golden.GetProperty("output"), output);
        Assert.Equal(golden.GetProperty("loss").GetDouble(), loss.Item(), 1e-12);
        loss.Backward();
        Near(golden.GetProperty("gradient"), x.Grad!);
        Near(golden.GetProperty("head_gradient"), module.GetTensor("head.weight").Grad!);
        Near(golden.GetProperty("log_prob"), module.LogProb(x));
        Assert.Equal(golden.GetProperty("predict").EnumerateArray().Select(v => v.GetInt64()), module.Predict(x).ToArray<long>());
        Assert.Equal(1, module.LogProb(x).Exp().Sum(1)[0].Item(), 1e-12);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        foreach (int[] cutoffs in new int[][] { [], [0, 3], [3, 3], [5, 4], [12] })
            Assert.Contains("rise", Assert.Throws<ArgumentException>(() => new AdaptiveLogSoftmaxWithLoss(6, 12, cutoffs)).Message, StringComparison.Ordinal);
        var module = new AdaptiveLogSoftmaxWithLoss(6, 12, [4]);
        Tensor x = Tensor.Ones([2, 6]), target = Tensor.From([0L, 11]);
        Assert.Throws<ShapeException>(() => module.Forward(x[0], target));
        Assert.Throws<ShapeException>(() => module.Forward(x, target[..1]));
        Assert.Throws<ArgumentException>(() => module.Forward(x, target.To(DType.Float32)));
        Assert.Throws<ArgumentOutOfRangeException>(() => module.Forward(x, target + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => module.Forward(x, target - 1));
    }

    /// <summary>Rows without a gradient stay, and so do their averages.</summary>
    [Fact]
    public void SparseAdam_makes_the_steps_of_PyTorch()
    {
        var golden = s_golden.GetProperty("sparse_adam");
        var table = Parameter.Of(Tensor.From(Doubles(golden.GetProperty("start")), [5, 2]));
        var optimizer = new SparseAdam([table], learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-3);
        foreach (var step in golden.GetProperty("steps").EnumerateArray())
        {
            table.Grad = Tensor.From(Doubles(step.GetProperty("gradient")), [5, 2]);
            optimizer.Step();
            Near(step.GetProperty("table"), table);
        }
        var vector = Parameter.Of(Tensor.Ones([3]));
        vector.Grad = Tensor.From([1f, 0, 0]);
        new SparseAdam([vector]).Step();
        Assert.Equal([1f, 1], vector[1..].ToArray<float>());
        Assert.NotEqual(1f, (float)vector[0]);
    }
}
