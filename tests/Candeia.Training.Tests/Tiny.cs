using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>A model that learns in milliseconds, and what it learns.</summary>
static class Tiny
{
    /// <summary>y = 2a − b + 0.5c + 1, without noise.</summary>
    public static TensorDataset Points(int count)
    {
        var x = Tensor.Randn([count, 3], generator: new Generator(5));
        return new(x, x.MatMul(Tensor.From([2f, -1, 0.5f])) + 1);
    }

    /// <summary>Batches in a fixed order, made on the test's own thread.</summary>
    public static Loader<Batch> Batches(int count, int size = 10) => Points(count).Loader(size, workers: 0, seed: 1);

    public static Tensor Loss(Tensor y, Tensor target) => y.MseLoss(target.Unsqueeze(1));

    /// <summary>Learns silently, by plain descent.</summary>
    public static Learner<Line> Learner(ulong seed = 1, double learningRate = 0.05) =>
        new Line(seed).Setup(Loss, p => new SGD(p, learningRate), new MeanAbsoluteError()) with { Callbacks = [] };

    public static float[] Bits(this Module model) => [.. model.Parameters().Concat(model.Buffers()).SelectMany(p => p.To(DType.Float32).ToArray<float>())];
}
