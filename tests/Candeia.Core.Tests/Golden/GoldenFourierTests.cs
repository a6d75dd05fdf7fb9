namespace Candeia.Tests;

public class GoldenFourierTests
{
    static FftNorm Norm(GoldenCall c) => c.Case.Text("norm") switch { "forward" => FftNorm.Forward, "ortho" => FftNorm.Ortho, _ => FftNorm.Backward };

    static Func<GoldenCall, Tensor> One(Func<Tensor, int?, int, FftNorm, Tensor> transform, bool complexIn, bool complexOut) => c =>
    {
        bool pairs = complexIn && !c.Case.Label.StartsWith("of real", StringComparison.Ordinal);
        var y = transform(pairs ? c[0].ViewAsComplex() : c[0], c.Case.Has("n") ? c.Case.Int("n") : null, c.Case.Int("dim", -1), Norm(c));
        return complexOut ? y.ViewAsReal() : y;
    };

    delegate Tensor Several(Tensor x, ReadOnlySpan<int> sizes, ReadOnlySpan<int> dims, FftNorm norm);

    static Func<GoldenCall, Tensor> Many(Several transform, bool complexIn, bool complexOut) => c =>
    {
        var y = transform(complexIn ? c[0].ViewAsComplex() : c[0], c.Case.Ints("s") ?? [], c.Case.Ints("dim") ?? [], Norm(c));
        return complexOut ? y.ViewAsReal() : y;
    };

    static readonly Dictionary<string, Func<GoldenCall, Tensor>> s_ops = new()
    {
        ["fft"] = One(Fourier.Fft, true, true), ["ifft"] = One(Fourier.Ifft, true, true), ["rfft"] = One(Fourier.Rfft, false, true),
        ["irfft"] = One(Fourier.Irfft, true, false), ["hfft"] = One(Fourier.Hfft, true, false), ["ihfft"] = One(Fourier.Ihfft, false, true),
        ["fftn"] = Many(Fourier.FftN, true, true), ["ifftn"] = Many(Fourier.IfftN, true, true), ["rfftn"] = Many(Fourier.RfftN, false, true),
        ["irfftn"] = Many(Fourier.IrfftN, true, false), ["hfftn"] = Many(Fourier.HfftN, true, false), ["ihfftn"] = Many(Fourier.IhfftN, false, true),
        ["fft2"] = Many(Fourier.Fft2, true, true), ["ifft2"] = Many(Fourier.Ifft2, true, true), ["rfft2"] = Many(Fourier.Rfft2, false, true),
        ["irfft2"] = Many(Fourier.Irfft2, true, false), ["hfft2"] = Many(Fourier.Hfft2, true, false), ["ihfft2"] = Many(Fourier.Ihfft2, false, true),
        ["fftfreq"] = c => Fourier.FftFreq(c.Case.Int("n"), c.Case.Number("d"), c[0].DType), ["rfftfreq"] = c => Fourier.RfftFreq(c.Case.Int("n"), c.Case.Number("d"), c[0].DType),
        ["fftshift"] = c => Fourier.FftShift(c[0], c.Case.Ints("dim") ?? []), ["ifftshift"] = c => Fourier.IfftShift(c[0], c.Case.Ints("dim") ?? []),
        ["stft"] = c => Fourier.Stft(c[0], 8, Int(c, "hop_length"), Int(c, "win_length"), c.Named("window"), c.Case.Flag("center", true), c.Case.Flag("normalized"), Flag(c)).ViewAsReal(),
        ["istft"] = c => Fourier.Istft(c[0].ViewAsComplex(), 8, Int(c, "hop_length"), Int(c, "win_length"), c.Named("window"), c.Case.Flag("center", true), c.Case.Flag("normalized"), Flag(c), Int(c, "length")),
        ["window"] = Window,
    };

    static int? Int(GoldenCall c, string name) => c.Case.Has(name) ? c.Case.Int(name) : null;

    static bool? Flag(GoldenCall c) => c.Case.Has("onesided") ? c.Case.Flag("onesided") : null;

    static Tensor Window(GoldenCall c)
    {
        var (n, periodic, dtype) = (c.Case.Int("n"), c.Case.Flag("periodic"), c[0].DType);
        return c.Case.Text("name") switch
        {
            "bartlett" => Windows.Bartlett(n, periodic, dtype),
            "blackman" => Windows.Blackman(n, periodic, dtype),
            "hann" => Windows.Hann(n, periodic, dtype),
            "hamming" => Windows.Hamming(n, periodic, dtype: dtype),
            _ => Windows.Kaiser(n, periodic, dtype: dtype),
        };
    }

    public static TheoryData<string> Ops => [.. s_ops.Keys];

    [Theory, MemberData(nameof(Ops))]
    public void Agrees_with_PyTorch(string op) => GoldenCall.Check("fourier", op, c => [s_ops[op](c)]);
}
