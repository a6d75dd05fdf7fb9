namespace Candeia.Kernels;

/// <summary>
/// One tile of a convolution: C[i, j] = Σ over lines l, taps t, steps k of A[i·ARow + l·ALine + t·ATap + k·AStep] · B[l, t, k, j], B dense.
/// A tile that pools takes the pixels of its second row <see cref="ADown"/> below the first. All strides in bytes.
/// </summary>
internal unsafe struct Sweep
{
    public nint Lines, Taps, Steps, ARow, ADown, ALine, ATap, AStep, CRow, MaskRow;
    public byte* A, B, C, Mask;
}
