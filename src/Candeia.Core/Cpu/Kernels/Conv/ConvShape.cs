namespace Candeia.Kernels;

/// <summary>
/// The sizes of a two-dimensional convolution, in pixels and channels. The caller has checked them: every output size is at least 1.
/// </summary>
internal readonly record struct ConvShape(int Batch, int InChannels, int Height, int Width, int OutChannels, int KernelHeight, int KernelWidth)
{
    public int StrideHeight { get; init; } = 1;
    public int StrideWidth { get; init; } = 1;
    public int PaddingHeight { get; init; }
    public int PaddingWidth { get; init; }
    public int DilationHeight { get; init; } = 1;
    public int DilationWidth { get; init; } = 1;
    public int Groups { get; init; } = 1;

    public int OutHeight => (Height + 2 * PaddingHeight - DilationHeight * (KernelHeight - 1) - 1) / StrideHeight + 1;
    public int OutWidth => (Width + 2 * PaddingWidth - DilationWidth * (KernelWidth - 1) - 1) / StrideWidth + 1;

    /// <summary>Input channels that one output channel sees.</summary>
    public int GroupIn => InChannels / Groups;
    /// <summary>Output channels that see the same input channels.</summary>
    public int GroupOut => OutChannels / Groups;
    public int Taps => KernelHeight * KernelWidth;
    public bool IsPadded => PaddingHeight > 0 || PaddingWidth > 0;

    /// <summary>One filter per channel: the channels are lanes, not a sum.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == InChannels && OutChannels == InChannels;

    /// <summary>The lines of the kernel that lie inside the image for a row of the output: from the first to before the last.</summary>
    public (int From, int To) LinesInside(int row) => Inside(row * StrideHeight - PaddingHeight, Height, KernelHeight, DilationHeight);

    /// <summary>Likewise the numbers of a line of the kernel for a column of the output.</summary>
    public (int From, int To) TapsInside(int column) => Inside(column * StrideWidth - PaddingWidth, Width, KernelWidth, DilationWidth);

    static (int From, int To) Inside(int first, int size, int kernel, int dilation)
    {
        int from = Math.Min(kernel, Math.Max(0, (dilation - 1 - first) / dilation));
        return (from, Math.Clamp((size - first + dilation - 1) / dilation, from, kernel));
    }

    /// <summary>The columns of the output for which all of a line lies inside the image: from the first to before the last.</summary>
    public (int From, int To) ColumnsInside
    {
        get
        {
            int from = Math.Min(OutWidth, (PaddingWidth + StrideWidth - 1) / StrideWidth), most = Width - 1 - DilationWidth * (KernelWidth - 1) + PaddingWidth;
            return (from, most < 0 ? from : Math.Clamp(most / StrideWidth + 1, from, OutWidth));
        }
    }

    /// <summary>The rows of the output for which a line of the kernel lies inside the image: from the first to before the last.</summary>
    public (int From, int To) RowsInside(int line)
    {
        int above = PaddingHeight - line * DilationHeight, from = Math.Min(OutHeight, Math.Max(0, (above + StrideHeight - 1) / StrideHeight));
        return (from, Math.Clamp((Height + above + StrideHeight - 1) / StrideHeight, from, OutHeight));
    }

    /// <summary>The same work with long rows: a 1×1 convolution does not know where an image row ends.</summary>
    public ConvShape Flatten() =>
        Taps == 1 && StrideHeight == 1 && StrideWidth == 1 && !IsPadded ? this with { Height = 1, Width = Height * Width } : this;
}
