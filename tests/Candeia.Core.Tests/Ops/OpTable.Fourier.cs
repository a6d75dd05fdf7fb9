namespace Candeia.Tests;

/// <summary>Fourier transforms.</summary>
static partial class OpTable
{
    static Row[] Transforms =>
    [
        On("fft", x => Fourier.Fft(Tensor.Complex(x[0], x[1]), dim: 0) is var z ? z.Real() * z.Imag() : x[0], [5, 2], [5, 2]), On("ifft", x => Fourier.Ifft(x[0], 7).Imag(), [2, 5]),
        On("rfft", x => Fourier.Rfft(x[0]) is var z ? z.Real() * z.Imag() : x[0], [2, 6]), On("rfft odd", x => Fourier.Rfft(x[0], dim: 0).Imag(), [5, 2]),
        On("irfft", x => Fourier.Irfft(Tensor.Complex(x[0], x[1])), [2, 4], [2, 4]), On("irfft odd", x => Fourier.Irfft(Tensor.Complex(x[0], x[1]), 7), [2, 4], [2, 4]),
        On("hfft", x => Fourier.Hfft(Tensor.Complex(x[0], x[1])), [4], [4]), On("fftn", x => Fourier.FftN(x[0], [3, 4], [0, 2]).Real(), [2, 3, 4]),
        On("stft", x => Fourier.Stft(x[0], 8).Real(), [20]), On("istft", x => Fourier.Istft(Tensor.Complex(x[0], x[1]), 8), [5, 4], [5, 4]), On("polar", x => Tensor.Polar(x[0], x[1]).ViewAsReal(), [3], [3]),
    ];
}
