using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Fourier transforms, and the windows they are taken of. Complex numbers are a last dimension of 2.</summary>
internal static class SignalOperators
{
    public static Operator[] All { get; } =
    [
        One("DFT", 17, a =>
        {
            var (inverse, half, axis) = (a.Flag("inverse"), a.Flag("onesided"), a.Int("axis", 1));
            return x => Transform(x[0], Length(x), axis, inverse, half);
        }),
        One("DFT", 20, a =>
        {
            var (inverse, half) = (a.Flag("inverse"), a.Flag("onesided"));
            return x => Transform(x[0], Length(x), (int)x.Number(2, -2), inverse, half);
        }),
        One("STFT", 17, a =>
        {
            bool half = a.Flag("onesided", true);
            return x => ShortTransforms(x, half);
        }),
        Window("HannWindow", Windows.Hann),
        Window("HammingWindow", (n, periodic, type) => Windows.Hamming(n, periodic, 25.0 / 46, 21.0 / 46, type)),
        Window("BlackmanWindow", Windows.Blackman),
    ];

    static Operator Window(string name, Func<int, bool, DType?, Tensor> make) => One(name, 17, a =>
    {
        bool periodic = a.Flag("periodic", true);
        var type = a.Type("output_datatype", DType.Float32);
        return x => make((int)x.Number(0, 0), periodic, type);
    });

    static int? Length(Call x) => x.Maybe(1) is null ? null : (int)x.Number(1, 0);

    static Tensor Complex(Tensor x) => x.Shape[^1] == 2 ? x.Contiguous().ViewAsComplex() : x.Squeeze(-1);

    static Tensor Transform(Tensor x, int? length, int axis, bool inverse, bool half)
    {
        int d = Positive(axis, x.Rank);
        if (d == x.Rank - 1) throw new OnnxException("the last dimension holds the parts of complex numbers and cannot be transformed");
        var z = Complex(x);
        if (inverse && half) return Fourier.Irfft(z, length ?? 2 * (x.Shape[d] - 1), d).Unsqueeze(-1);
        return (inverse ? Fourier.Ifft(z, length, d) : half ? Fourier.Rfft(z, length, d) : Fourier.Fft(z, length, d)).ViewAsReal();
    }

    /// <summary>[batch, windows, frequencies, 2] of signals [batch, length, 1 or 2]; there is a window, or a length, or both.</summary>
    static Tensor ShortTransforms(Call x, bool half)
    {
        var window = x.Maybe(2);
        int hop = (int)x.Number(1, 0), length = (int)x.Number(3, window?.Shape[0] ?? 0);
        if (length < 1) throw new OnnxException("there is neither a window nor the length of one");
        var signal = x[0].Rank == 2 ? x[0] : Complex(x[0]);
        return Fourier.Stft(signal, length, hop, window: window, center: false, onesided: half && !signal.DType.IsComplex()).Transpose(-1, -2).ViewAsReal();
    }
}
