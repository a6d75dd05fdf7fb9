namespace Candeia.Kernels;

/// <summary>
/// C[i, j] = Σ over k of A[i·ARow + k·AStep] · B[k·BStep + j·BColumn], i &lt; M, j &lt; N, k &lt; K; strides count numbers. C lies in rows, CRow apart.
/// Any stride of A and B may be zero or negative, so that a transposed or broadcast matrix needs no copy.
/// </summary>
internal unsafe struct Product
{
    public nint M, N, K;
    public void* A, B, C;
    public nint ARow, AStep, BStep, BColumn, CRow;

    /// <summary>C grows by the product instead of becoming it.</summary>
    public bool Accumulate;

    /// <summary>One number per column that is added to the finished sum, or null.</summary>
    public void* Bias;

    /// <summary>What comes out below zero becomes zero, last of all.</summary>
    public bool Relu;
}
