using Candeia.Kernels;

namespace Candeia.Tests;

[Collection(nameof(Alone))]
public class RoundingTests
{
    /// <summary>Convolution, ReLU and pooling as in the correlation network: the output, and the gradients of input, weight and bias.</summary>
    static double[][] Pass(int batch, int channels, int size, int outputs, DType dtype)
    {
        var g = new Generator(9);
        Tensor Leaf(double scale, params int[] shape)
        {
            var x = (Tensor.Randn(Shape.Create(shape), generator: g) * scale).To(dtype).Detach();
            x.RequiresGrad = true;
            return x;
        }
        Tensor x = Leaf(1, batch, channels, size, size), w = Leaf(1 / Math.Sqrt(9 * channels), outputs, channels, 3, 3), b = Leaf(0.1, outputs);
        var y = x.Conv2d(w, b).Relu().AvgPool2d(2);
        y.Backward(Tensor.Randn(y.Shape, generator: g).To(dtype));
        return [y.ToArray<double>(), x.Grad!.ToArray<double>(), w.Grad!.ToArray<double>(), b.Grad!.ToArray<double>()];
    }

    static double Error(double[] exact, double[] rounded) =>
        Math.Sqrt(exact.Zip(rounded).Sum(p => (p.First - p.Second) * (p.First - p.Second)) / exact.Sum(v => v * v));

    [SkippableTheory]
    [InlineData(8, 32, 64, 64), InlineData(8, 64, 31, 128)]
    public void Values_and_gradients_are_within_1e_4_of_float64_either_way(int batch, int channels, int size, int outputs)
    {
        double[][] exact = Pass(batch, channels, size, outputs, DType.Float64), fast = Pass(batch, channels, size, outputs, DType.Float32);
        Assert.All(exact.Zip(fast), p => Assert.InRange(Error(p.First, p.Second), 0, 1e-4));
        Skip.If(Simd.Bits == 0, "Winograd's filtering needs registers.");
        using var way = Rounding.AllowWinograd(false);
        double[][] direct = Pass(batch, channels, size, outputs, DType.Float32);
        Assert.All(exact.Zip(direct), p => Assert.InRange(Error(p.First, p.Second), 0, 1e-4));
        Assert.NotEqual(direct[0], fast[0]);
        Assert.True(Error(exact[0], direct[0]) < Error(exact[0], fast[0]), "Without Winograd nothing is more exact.");
    }
}
