namespace Candeia.NN;

/// <summary>
/// A <see cref="Conv2d"/> whose weight has eight bits, for prediction: [n, in, h, w] → [n, out, h', w']. Its images become whole numbers by a scale that was found with
/// <see cref="Quantization.Prepare"/>. It stands wherever a <see cref="Conv2d"/> stands.
/// </summary>
/// <example><code>
/// var conv = new Conv2d(3, 8, 3, padding: 1, generator: new(1));
/// var quantized = new QuantizedConv2d(conv, InputQuantization.Of(0, 1));
/// Tensor x = Tensor.Rand([1, 3, 16, 16], generator: new(2));
/// Console.WriteLine((double)(conv.Forward(x) - quantized.Forward(x)).Abs().Max() &lt; 0.05);                // → True
/// </code></example>
public sealed class QuantizedConv2d : Conv2d
{
    [Buffer, StateName("weight_int8")] readonly Tensor _values;
    [Buffer, StateName("weight_scale")] readonly Tensor _scales;
    [Buffer(OnHost = true), StateName("input_scale")] readonly Tensor _inputScale;
    [Buffer(OnHost = true), StateName("input_zero_point")] readonly Tensor _inputZero;
    readonly int _quantMax;

    /// <param name="conv">Where weight, bias and the window come from; the bias is shared.</param>
    /// <param name="input">How images become whole, with a scale.</param>
    /// <exception cref="ArgumentException">There is no scale, or the convolution has groups, a dilation or a padding that is not zeros.</exception>
    public QuantizedConv2d(Conv2d conv, InputQuantization input) : base(conv ?? throw new ArgumentNullException(nameof(conv)))
    {
        ArgumentNullException.ThrowIfNull(input);
        if (conv.Plain is null) throw new ArgumentException($"Only convolutions of one group, without dilation and with zeros around the images are quantized, not {conv}.", nameof(conv));
        if (input.Scale is null) throw new ArgumentException("The images of a quantized convolution become whole by one scale: InputQuantization.Of(least, greatest).", nameof(input));
        (_values, _scales) = EightBits.Of(conv.Weight);
        (var scale, var zero, _quantMax) = QuantizedInput.State(input);
        (_inputScale, _inputZero) = (scale!, zero!);
    }

    /// <summary>What the whole numbers stand for, [out, in, kh, kw]; another weight is quantized when it is set.</summary>
    public override Tensor Weight { get => QuantizedWeight.Dequantize(); set => EightBits.Set(_values, _scales, value); }

    /// <summary>The weight, int8, with a scale for each output.</summary>
    public QuantizedTensor QuantizedWeight => EightBits.Together(_values, _scales);

    /// <summary>How images become whole.</summary>
    public InputQuantization Input => QuantizedInput.Of(_inputScale, _inputZero, _quantMax);

    /// <summary>[n, in, h, w] → [n, out, h', w'].</summary>
    public override Tensor Forward(Tensor x)
    {
        var (stride, padding) = Plain!.Value;
        return x.QuantizedConv2d(QuantizedWeight, Input, Bias, stride, padding);
    }
}
