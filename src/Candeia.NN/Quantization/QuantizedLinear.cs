namespace Candeia.NN;

/// <summary>
/// A <see cref="Linear"/> whose weight has eight bits, for prediction: […, in] → […, out]. Its inputs become whole numbers by a scale that was found with
/// <see cref="Quantization.Prepare"/>, or by one of each row. It stands wherever a <see cref="Linear"/> stands.
/// </summary>
/// <example><code>
/// var linear = new Linear(64, 8, generator: new(1));
/// var quantized = new QuantizedLinear(linear);
/// Tensor x = Tensor.Randn([4, 64], generator: new(2));
/// Console.WriteLine((double)(linear.Forward(x) - quantized.Forward(x)).Abs().Max() &lt; 0.05);              // → True
/// </code></example>
public sealed class QuantizedLinear : Linear
{
    [Buffer, StateName("weight_int8")] readonly Tensor _values;
    [Buffer, StateName("weight_scale")] readonly Tensor _scales;
    [Buffer(OnHost = true), StateName("input_scale")] readonly Tensor? _inputScale;
    [Buffer(OnHost = true), StateName("input_zero_point")] readonly Tensor? _inputZero;
    readonly int _quantMax;

    /// <param name="linear">Where weight and bias come from; the bias is shared.</param>
    /// <param name="input">How inputs become whole; each row by itself, if nothing is given.</param>
    public QuantizedLinear(Linear linear, InputQuantization? input = null) : base((linear ?? throw new ArgumentNullException(nameof(linear))).Bias)
    {
        (_values, _scales) = EightBits.Of(linear.Weight);
        (_inputScale, _inputZero, _quantMax) = QuantizedInput.State(input ?? new());
    }

    /// <summary>What the whole numbers stand for, [out, in]; another weight is quantized when it is set.</summary>
    public override Tensor Weight { get => QuantizedWeight.Dequantize(); set => EightBits.Set(_values, _scales, value); }

    /// <summary>The weight [out, in], int8, with a scale for each output.</summary>
    public QuantizedTensor QuantizedWeight => EightBits.Together(_values, _scales);

    /// <summary>How inputs become whole.</summary>
    public InputQuantization Input => QuantizedInput.Of(_inputScale, _inputZero, _quantMax);

    /// <inheritdoc/>
    protected internal override string Details => $"{_values.Shape[1]}→{_values.Shape[0]}{Words.Bias(Bias)}{(_inputScale is null ? " dynamic" : "")}";

    /// <summary>[…, in] → […, out].</summary>
    public override Tensor Forward(Tensor x) => x.QuantizedLinear(QuantizedWeight, Bias, Input);
}
