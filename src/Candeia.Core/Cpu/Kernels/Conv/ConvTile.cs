namespace Candeia.Kernels;

/// <summary>
/// One tile of a convolution: C[i, j] = Σ over lines l, taps t, steps k of
/// A[i·ARow + l·ALine + t·ATap + k·AStep] · B[l·BLine + (t·Steps + k)·BStep + j]. All strides in bytes.
/// A tile of two rows of pixels finds the second <see cref="ADown"/> behind the first.
/// Where A and C are is said apart: the rest is the same for a whole row.
/// </summary>
internal unsafe struct ConvTile
{
    public nint Lines, Taps, Steps, ARow, ADown, ALine, ATap, AStep, BLine, BStep, CRow, MaskRow;
    public byte* B;
}
