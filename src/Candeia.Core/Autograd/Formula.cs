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

    /// <summary>
    /// Functions that the expression calls, in the same language: <c>FUNCTION T bump(T x) { return exp(-x * x); }</c>. The types are f32, f64, i32, i64 and T. None, unless they are given.
    /// What computes in f64 runs only on devices that have it.
    /// </summary>
    public string Functions { get; init; } = "";

    /// <summary>
    /// The expression for complex numbers, if the op takes them: all inputs are complex there, with the parts <c>a.re</c> and <c>a.im</c>, and of a result that is real the expression is it.
    /// <c>make_@(re, im)</c>, <c>add_@</c>, <c>subtract_@</c>, <c>multiply_@</c>, <c>divide_@</c>, <c>negate_@</c> and <c>power_@</c> are there. Null: there is none.
    /// </summary>
    public string? Complex { get; init; }

    /// <summary>The parameters that the expression names k0, k1 ….</summary>
    public ReadOnlySpan<double> Numbers => _numbers;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
