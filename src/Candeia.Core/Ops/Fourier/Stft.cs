namespace Candeia;

public static partial class Fourier
{
    /// <summary>The Fourier transforms of overlapping windows of a signal: what frequencies it has when.</summary>
    /// <param name="x">Signals, [length] or [batch, length].</param>
    /// <param name="nFft">The length of a transform.</param>
    /// <param name="hopLength">How far one window is from the next; by default a quarter of a transform.</param>
    /// <param name="winLength">The length of the window, in the middle of a transform; by default that of the transform.</param>
    /// <param name="window">The window, [winLength]; by default ones.</param>
    /// <param name="center">Whether window t stands around element t·hopLength; then the signal is reflected at its ends.</param>
    /// <param name="normalized">Whether results are divided by √nFft.</param>
    /// <param name="onesided">Whether only the first half of each spectrum is wanted; by default that of real signals is.</param>
    /// <returns>Complex numbers, [..., frequencies, windows].</returns>
    /// <exception cref="ArgumentException">The signal is shorter than a transform, or the window longer.</exception>
    /// <example><code>
    /// var y = Fourier.Stft(Tensor.Ones([100]), 16, window: Windows.Hann(16));     // [9, 26]
    /// </code></example>
    public static Tensor Stft(Tensor x, int nFft, int? hopLength = null, int? winLength = null, Tensor? window = null, bool center = true, bool normalized = false, bool? onesided = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank is not (1 or 2)) throw new ShapeException($"Stft takes signals, [length] or [batch, length], not {x.Shape}.");
        using var between = Between.Of(x, window);
        x = x.To(x.DType.Fractional());
        int hop = hopLength ?? nFft / 4;
        var full = Window(nFft, winLength, window, x);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hop, nameof(hopLength));
        if (center) x = Reflected(x, nFft / 2);
        if (x.Shape[^1] < nFft) throw new ShapeException($"Stft of {nFft} elements needs a signal of at least as many, not {x.Shape}.");
        var frames = x.Unfold(-1, nFft, hop) * full;                         // [..., windows, nFft]
        bool half = onesided ?? !x.DType.IsComplex();
        if (half && x.DType.IsComplex()) throw new ArgumentException("The spectrum of a complex signal has no half that says all; pass onesided: false.");
        var norm = normalized ? FftNorm.Ortho : FftNorm.Backward;
        return between.Keep((half ? Rfft(frames, norm: norm) : Fft(frames, norm: norm)).Transpose(-1, -2));
    }

    /// <summary>The inverse of <see cref="Stft"/>: signals that have these spectra, where windows overlap the least squares' best.</summary>
    /// <param name="x">Spectra, [..., frequencies, windows].</param>
    /// <param name="nFft">The length of a transform.</param>
    /// <param name="hopLength">How far one window is from the next; by default a quarter of a transform.</param>
    /// <param name="winLength">The length of the window, in the middle of a transform; by default that of the transform.</param>
    /// <param name="window">The window, [winLength]; by default ones.</param>
    /// <param name="center">Whether window t stands around element t·hopLength.</param>
    /// <param name="normalized">Whether the spectra are divided by √nFft.</param>
    /// <param name="onesided">Whether there is only the first half of each spectrum; by default that is seen from the number of frequencies.</param>
    /// <param name="length">The length of the signals; by default as far as the windows reach.</param>
    /// <exception cref="ArgumentException">The number of frequencies is not that of the transform, or a part of the signal lies in no window.</exception>
    /// <example><code>
    /// var window = Windows.Hann(16);
    /// var same = Fourier.Istft(Fourier.Stft(Tensor.Ones([100]), 16, window: window), 16, window: window);
    /// </code></example>
    public static Tensor Istft(
        Tensor x, int nFft, int? hopLength = null, int? winLength = null, Tensor? window = null, bool center = true, bool normalized = false, bool? onesided = null, int? length = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank is not (2 or 3)) throw new ShapeException($"Istft takes spectra, [frequencies, windows] or [batch, frequencies, windows], not {x.Shape}.");
        int hop = hopLength ?? nFft / 4, count = x.Shape[^1];
        bool half = onesided ?? x.Shape[^2] != nFft;
        if (x.Shape[^2] != (half ? nFft / 2 + 1 : nFft)) throw new ShapeException($"Istft of {nFft} elements needs {(half ? nFft / 2 + 1 : nFft)} frequencies, not {x.Shape}.");
        using var between = Between.Of(x, window);
        var norm = normalized ? FftNorm.Ortho : FftNorm.Backward;
        var frames = x.Transpose(-1, -2);
        frames = Irfft(frames, nFft, norm: norm);                            // of a whole spectrum, the first half says all
        var full = Window(nFft, winLength, window, frames);
        int total = nFft + hop * (count - 1), start = center ? nFft / 2 : 0, end = length is { } wanted ? start + wanted : total - (center ? nFft / 2 : 0);
        var at = (Tensor.Arange(count, x.Device).Unsqueeze(1) * hop + Tensor.Arange(nFft, x.Device)).Flatten();
        Tensor Added(Tensor parts) => Tensor.Zeros(parts.Shape.Slice(0, parts.Rank - 2).With(total), parts.DType, parts.Device).IndexAdd(-1, at, parts.Flatten(-2));
        var signal = Added(frames * full);
        var weights = Added((full * full).Expand([count, nFft]));
        int reach = Math.Min(end, total);
        (signal, weights) = (signal.Narrow(-1, start, reach - start), weights.Narrow(-1, start, reach - start));
        if ((bool)(weights.Detach().Abs() < 1e-11).Any()) throw new ArgumentException("A part of the signal lies in no window: the windows overlap too little.");
        signal /= weights;
        return between.Keep(end > reach ? new UnsliceOp(new(signal.Rank - 1, 0, reach - start), signal.Shape.With(signal.Rank - 1, end - start)).Apply(signal) : signal);
    }

    static Shape With(this Shape batch, int size) => Shape.Create([.. batch.Sizes, size]);

    static Tensor Window(int nFft, int? winLength, Tensor? window, Tensor like)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nFft);
        int size = winLength ?? nFft;
        var dtype = like.DType.Real();
        var full = window?.To(dtype) ?? Tensor.Ones([size], dtype, like.Device);
        if (full.Rank != 1 || full.Shape[0] != size || size > nFft) throw new ShapeException($"The window of transforms of {nFft} elements is one of {size} ≤ {nFft}, not {full.Shape}.");
        return size == nFft ? full : full.Pad([(nFft - size) / 2, nFft - size - (nFft - size) / 2]);
    }

    /// <summary>A signal that goes on, at both ends, as it came.</summary>
    static Tensor Reflected(Tensor x, int by)
    {
        int n = x.Shape[^1];
        if (by >= n) throw new ShapeException($"A signal that is reflected by {by} elements at its ends has more than that, not {x.Shape}.");
        var at = Tensor.Cat([Tensor.Arange(1L, by + 1, device: x.Device).Flip(0), Tensor.Arange(0L, n, device: x.Device), Tensor.Arange(n - 1L - by, n - 1, device: x.Device).Flip(0)]);
        return x.IndexSelect(-1, at);
    }
}
