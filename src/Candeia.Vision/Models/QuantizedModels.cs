using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Networks for pictures that predict with weights of eight bits: those of <see cref="VisionModels"/>, of which linear layers and convolutions of one group become
/// <see cref="QuantizedLinear"/> and <see cref="QuantizedConv2d"/>. Convolutions that see each channel alone stay as they are: they have few weights.
/// </summary>
public static class QuantizedModels
{
    /// <summary>A network of whole numbers for prediction. What it is made of sees some pictures first, which tell how large its numbers get.</summary>
    /// <param name="name">Its name, one of <see cref="VisionModels.Names"/>: <c>mobilenet_v2</c>, <c>mobilenet_v3_large</c>, <c>resnet50</c>.</param>
    /// <param name="pictures">
    /// Batches such as it will see, [n, 3, h, w], prepared as for prediction; some hundred pictures are enough. They need not be marked.
    /// </param>
    /// <param name="classes">How many classes it names; if nothing is said, as many as the weights, or the 1 000 of ImageNet.</param>
    /// <param name="weights">What others have trained, as floats, fetched where it is not there. Files of quantized weights cannot be read.</param>
    /// <param name="reduceRange">Whether inputs become numbers up to 127, as in PyTorch on x86, and not up to 255.</param>
    /// <exception cref="ArgumentException">There is no network of that name, the weights are of another, or there are no pictures.</exception>
    /// <exception cref="DownloadException">The weights cannot be had.</exception>
    /// <example><code>
    /// var pictures = Tensor.Rand([2, 3, 64, 64], generator: new Generator(1));
    /// var net = QuantizedModels.Create("mobilenet_v2", [pictures], classes: 10);
    /// Console.WriteLine(net.Forward(pictures).Shape);                      // → [2, 10]
    /// </code></example>
    public static Layer Create(string name, IEnumerable<Tensor> pictures, int? classes = null, ModelWeights? weights = null, bool reduceRange = false)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        return Of(VisionModels.Create(name, classes, weights), pictures, reduceRange);
    }

    /// <summary>The same of a network that is there, such as one that was trained; it is changed.</summary>
    /// <param name="net">The network.</param>
    /// <param name="pictures">Batches such as it will see, [n, 3, h, w].</param>
    /// <param name="reduceRange">Whether inputs become numbers up to 127, as in PyTorch on x86, and not up to 255.</param>
    /// <exception cref="ArgumentException">There are no pictures.</exception>
    public static Layer Of(Layer net, IEnumerable<Tensor> pictures, bool reduceRange = false)
    {
        ArgumentNullException.ThrowIfNull(net);
        ArgumentNullException.ThrowIfNull(pictures);
        net.Eval();
        using var calibration = Quantization.Prepare(net, reduceRange);
        int seen = 0;
        foreach (var batch in pictures)
        {
            using var scope = Scope.Begin();
            using var off = Autograd.NoGrad();
            net.Forward(batch);
            seen++;
        }
        return seen > 0 ? calibration.Convert().Eval() : throw new ArgumentException("A network of whole numbers has to see some pictures first, which tell how large its numbers get; give a batch at least.", nameof(pictures));
    }
}
