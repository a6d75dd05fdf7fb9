namespace Candeia;

/// <summary>
/// What a pointwise op computes, as an expression in the part that OpenCL C and CUDA C++ have in common, so that devices which compile kernels from text run
/// the op without knowing it.
/// </summary>
/// <remarks>
/// <c>a</c>, <c>b</c>, <c>c</c> … are an element of each input and <c>T</c> is the type in which all of them are computed with: float for what is only stored
/// in 16 bits. <c>k0</c>, <c>k1</c> … are the numbers as T. An <c>@</c> is replaced by the name of T in functions that C does not have for every type:
/// <c>max_@</c> and <c>min_@</c> (not-a-number wins), <c>abs_@</c>, <c>mod_@</c>, <c>floor_divide_@</c>, <c>remainder_@</c>, <c>pow_@</c>, <c>sigmoid_@</c>,
/// <c>softplus_@</c>, <c>log1p_@</c>. Fractions are written <c>(T)0.5</c>, so that no double stands in an expression of floats.
/// </remarks>
public sealed class Formula
{
    readonly double[] _numbers;

    /// <summary>An expression.</summary>
    /// <param name="text">The expression: <c>a * exp(-a) + k0</c>.</param>
    /// <param name="numbers">The parameters that it names k0, k1 …: with other numbers it is still the same kernel.</param>
    public Formula(string text, params ReadOnlySpan<double> numbers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        Text = text;
        _numbers = numbers.ToArray();
    }

    /// <summary>The expression.</summary>
    public string Text { get; }

    /// <summary>The parameters that the expression names k0, k1 ….</summary>
    public ReadOnlySpan<double> Numbers => _numbers;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
