namespace Candeia;

/// <summary>Which way of a Fourier transform is divided by the number n of elements, so that there and back is the same again.</summary>
public enum FftNorm
{
    /// <summary>The way back, by n.</summary>
    Backward,
    /// <summary>The way there, by n.</summary>
    Forward,
    /// <summary>Both, by √n: lengths are kept.</summary>
    Ortho,
}
