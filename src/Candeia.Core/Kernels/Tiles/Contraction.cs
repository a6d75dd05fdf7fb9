namespace Candeia.Kernels;

/// <summary>
/// C[i, j] = Σ over lines l, steps k of A[i·ARow + k·AStep + l·ALine] · B[k·BStep + l·BLine + j]. All strides in bytes.
/// A matrix product has one line; a convolution has one line per kernel row; a weight gradient has one line per image row.
/// </summary>
internal unsafe struct Contraction { public nint Lines, Steps, ARow, AStep, ALine, BStep, BLine, CRow; public byte* A, B, C; }
