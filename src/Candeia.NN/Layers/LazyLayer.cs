namespace Candeia.NN;

/// <summary>
/// A layer that is made when the first batch shows how large its input is: <c>new LazyLayer(x => new Linear(x[^1], 10))</c>. In state dicts its tensors stand under its own
/// name, as if it were the layer. Until then it has no parameters that an optimizer could know, so asking for them is an error.
/// </summary>
/// <param name="make">Makes the layer from the shape of the first input.</param>
/// <example><code>
/// Sequential net = [new Flatten(), LazyLayer.Linear(10)];
/// net.Forward(Tensor.Ones([2, 3, 4]));
/// Console.WriteLine(net);
/// </code></example>
public sealed class LazyLayer(Func<Shape, Layer> make) : Layer
{
    readonly Func<Shape, Layer> _make = make ?? throw new ArgumentNullException(nameof(make));
    [StateName("")] Layer? _layer;

    /// <summary>The layer, once it is made.</summary>
    public Layer? Layer => _layer;

    /// <inheritdoc/>
    internal override bool IsUnmade => _layer is null;

    /// <inheritdoc/>
    protected internal override string Details => _layer is null ? "not made yet" : _layer.Title;

    /// <summary>A <see cref="NN.Linear"/> that takes as many features as there are.</summary>
    /// <param name="outFeatures">How many features the output has.</param>
    /// <param name="bias">Whether a learnt number is added to each.</param>
    public static LazyLayer Linear(int outFeatures, bool bias = true) => new(x => new Linear(x[^1], outFeatures, bias));

    /// <summary>A <see cref="NN.Conv1d"/> that takes as many channels as there are.</summary>
    /// <param name="outChannels">How many channels the output has.</param>
    /// <param name="kernelSize">How many elements the window spans.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="padding">Zeros at both ends.</param>
    public static LazyLayer Conv1d(int outChannels, int kernelSize, int stride = 1, ConvPadding? padding = null) => new(x => new Conv1d(x[^2], outChannels, kernelSize, stride, padding));

    /// <summary>A <see cref="NN.Conv2d"/> that takes as many channels as there are.</summary>
    /// <param name="outChannels">How many channels the output has.</param>
    /// <param name="kernelSize">How many elements the window spans.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="padding">Zeros around the images.</param>
    public static LazyLayer Conv2d(int outChannels, Size2d kernelSize, Size2d? stride = null, ConvPadding? padding = null) => new(x => new Conv2d(x[^3], outChannels, kernelSize, stride, padding));

    /// <summary>A <see cref="NN.Conv3d"/> that takes as many channels as there are.</summary>
    /// <param name="outChannels">How many channels the output has.</param>
    /// <param name="kernelSize">How many elements the window spans.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <param name="padding">Zeros around the volumes.</param>
    public static LazyLayer Conv3d(int outChannels, Size3d kernelSize, Size3d? stride = null, ConvPadding? padding = null) => new(x => new Conv3d(x[^4], outChannels, kernelSize, stride, padding));

    /// <summary>Batch normalization of as many channels and dimensions as there are: [n, c], [n, c, l], [n, c, h, w] or [n, c, d, h, w].</summary>
    public static LazyLayer BatchNorm() => new(x => x.Rank switch { 5 => new BatchNorm3d(x[1]), 4 => new BatchNorm2d(x[1]), _ => new BatchNorm1d(x[1]) });

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (_layer is null)
        {
            if (x.Rank == 0) throw new ShapeException("A layer that is made for its first input cannot be made for a number.");
            var layer = _make(x.Shape);
            if (x.DType.IsFloatingPoint()) layer.To(x.DType);
            layer.To(x.Device);
            if (!IsTraining) layer.Eval();
            _layer = layer;
        }
        return x.Apply(_layer, name: "layer");
    }
}
