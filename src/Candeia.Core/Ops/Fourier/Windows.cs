namespace Candeia;

/// <summary>
/// Windows, which fade a part of a signal in and out before it is transformed: what torch.hann_window and torch.signal.windows have. Periodic ones are for
/// spectra: they are symmetric with one element more, which is left out.
/// </summary>
/// <example><code>
/// var window = Windows.Hann(4);                                            // 0, 0.5, 1, 0.5
/// </code></example>
public static class Windows
{
    /// <summary>A triangle, from 0 to 1 and back.</summary>
    /// <param name="length">How many elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Bartlett(int length, bool periodic = true, DType? dtype = null) => Make(length, periodic, dtype, t => 1 - (2 * t - 1).Abs());

    /// <summary>A raised cosine: ½ − ½·cos.</summary>
    /// <param name="length">How many elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Hann(int length, bool periodic = true, DType? dtype = null) => Hamming(length, periodic, 0.5, 0.5, dtype);

    /// <summary>A raised cosine that does not come down to 0: α − β·cos.</summary>
    /// <param name="length">How many elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="alpha">What the cosine is taken from.</param>
    /// <param name="beta">The factor of the cosine.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Hamming(int length, bool periodic = true, double alpha = 0.54, double beta = 0.46, DType? dtype = null) => Cosines([alpha, beta], length, periodic, dtype);

    /// <summary>Two cosines: 0.42 − 0.5·cos + 0.08·cos of the double angle.</summary>
    /// <param name="length">How many elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Blackman(int length, bool periodic = true, DType? dtype = null) => Cosines([0.42, 0.5, 0.08], length, periodic, dtype);

    /// <summary>Three cosines, by Nuttall: side lobes below −98 dB.</summary>
    /// <param name="length">How many elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Nuttall(int length, bool periodic = false, DType? dtype = null) => Cosines([0.3635819, 0.4891775, 0.1365995, 0.0106411], length, periodic, dtype);

    /// <summary>a₀ − a₁·cos + a₂·cos of the double angle − …</summary>
    /// <param name="coefficients">The factors a₀, a₁, ….</param>
    /// <param name="length">How many elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Cosines(ReadOnlySpan<double> coefficients, int length, bool periodic = false, DType? dtype = null)
    {
        double[] a = coefficients.ToArray();
        return Make(length, periodic, dtype, t =>
        {
            var y = Tensor.ZerosLike(t);
            for (int k = 0; k < a.Length; k++) y += (t * (2 * Math.PI * k)).Cos() * (k % 2 == 0 ? a[k] : -a[k]);
            return y;
        });
    }

    /// <summary>Half a wave of a sine, taken between its zeros.</summary>
    /// <param name="length">How many elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Cosine(int length, bool periodic = false, DType? dtype = null)
    {
        int n = periodic ? length + 1 : length;
        return Make(length, periodic, dtype, t => ((t * Math.Max(1, n - 1) + 0.5) * (Math.PI / n)).Sin());
    }

    /// <summary>Kaiser's window: I₀(β·√(1 − x²)) / I₀(β) on [−1, 1], narrower the larger β is.</summary>
    /// <param name="length">How many elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="beta">How narrow it is.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Kaiser(int length, bool periodic = true, double beta = 12, DType? dtype = null) =>
        Make(length, periodic, dtype, t => (beta * (1 - (2 * t - 1).Square()).Clamp(min: 0).Sqrt()).I0() / Tensor.Scalar(beta, DType.Float64).I0());

    /// <summary>The bell e^(−x²/2σ²) about the middle.</summary>
    /// <param name="length">How many elements.</param>
    /// <param name="std">σ, in elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Gaussian(int length, double std = 1, bool periodic = false, DType? dtype = null)
    {
        if (!(std > 0)) throw new ArgumentOutOfRangeException(nameof(std), std, "A standard deviation is positive.");
        double last = Math.Max(1, periodic ? length : length - 1);
        return Make(length, periodic, dtype, t => (((t - 0.5) * (last / std)).Square() * -0.5).Exp());
    }

    /// <summary>e^(−|x|/τ) about the middle.</summary>
    /// <param name="length">How many elements.</param>
    /// <param name="tau">τ, in elements.</param>
    /// <param name="periodic">Whether the last element of a symmetric window is left out.</param>
    /// <param name="dtype">The element type; by default <see cref="Tensor.DefaultDType"/>.</param>
    public static Tensor Exponential(int length, double tau = 1, bool periodic = false, DType? dtype = null)
    {
        if (!(tau > 0)) throw new ArgumentOutOfRangeException(nameof(tau), tau, "The time in which a window falls is positive.");
        double last = Math.Max(1, periodic ? length : length - 1);
        return Make(length, periodic, dtype, t => (((t - 0.5) * last).Abs() * (-1 / tau)).Exp());
    }

    /// <summary>A function of the place in the window, from 0 to 1, computed in double precision; a window of one element is 1.</summary>
    static Tensor Make(int length, bool periodic, DType? dtype, Func<Tensor, Tensor> function)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var type = dtype ?? Tensor.DefaultDType;
        if (length <= 1) return Tensor.Ones([length], type);
        return function(Tensor.Arange(length).To(DType.Float64) / (periodic ? length : length - 1)).To(type);
    }
}
