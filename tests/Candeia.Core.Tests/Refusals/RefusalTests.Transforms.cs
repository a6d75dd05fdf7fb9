namespace Candeia.Tests;

public partial class RefusalTests
{
    static Dictionary<string, Func<object?>> Transforms => new()
    {
        ["fft, length of zero"] = () => Fourier.Fft(F(4), 0),
        ["fft, a number"] = () => Fourier.Fft(F()),
        ["fft, dimension"] = () => Fourier.Fft(F(4), dim: 1),
        ["fft, nothing"] = () => Fourier.Fft(F(0)),
        ["rfft, complex"] = () => Fourier.Rfft(Z(4)),
        ["ihfft, complex"] = () => Fourier.Ihfft(Z(4)),
        ["irfft, of one"] = () => Fourier.Irfft(Z(1)),
        ["fftn, a dimension twice"] = () => Fourier.FftN(F(2, 3), dims: [0, 0]),
        ["fftn, sizes"] = () => Fourier.FftN(F(2, 3), [2], [0, 1]),
        ["fft2, a vector"] = () => Fourier.Fft2(F(4)),
        ["stft, longer than the signal"] = () => Fourier.Stft(F(4), 16, center: false),
        ["stft, no step"] = () => Fourier.Stft(F(16), 4, hopLength: 0),
        ["stft, window"] = () => Fourier.Stft(F(16), 4, window: F(3)),
    };
}
