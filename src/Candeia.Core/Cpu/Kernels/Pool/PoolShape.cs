namespace Candeia.Kernels;

/// <summary>
/// The sizes of a two-dimensional pooling, with PyTorch's rules for its output. The caller has checked them: every output size is at least 1.
/// </summary>
internal readonly record struct PoolShape(int Batch, int Channels, int Height, int Width, int KernelHeight, int KernelWidth)
{
    public int StrideHeight { get; init; } = KernelHeight;
    public int StrideWidth { get; init; } = KernelWidth;
    public int PaddingHeight { get; init; }
    public int PaddingWidth { get; init; }
    public int DilationHeight { get; init; } = 1;
    public int DilationWidth { get; init; } = 1;
    /// <summary>Whether a window that is only partly inside counts.</summary>
    public bool CeilMode { get; init; }
    /// <summary>Average only: zeros of the padding count as pixels.</summary>
    public bool CountIncludePad { get; init; } = true;
    /// <summary>Average only: divides by this instead of the number of pixels, if it is not 0.</summary>
    public int DivisorOverride { get; init; }

    public int OutHeight => Out(Height, KernelHeight, StrideHeight, PaddingHeight, DilationHeight);
    public int OutWidth => Out(Width, KernelWidth, StrideWidth, PaddingWidth, DilationWidth);
    public int Taps => KernelHeight * KernelWidth;

    int Out(int size, int kernel, int stride, int padding, int dilation)
    {
        int free = size + 2 * padding - dilation * (kernel - 1) - 1, outputs = (CeilMode ? free + stride - 1 : free) / stride + 1;
        return CeilMode && (outputs - 1) * stride >= size + padding ? outputs - 1 : outputs;               // no window begins in the padding behind
    }
}
