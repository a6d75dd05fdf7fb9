using System.Numerics;

namespace Candeia.Kernels;

/// <summary>A = L·Lᵀ: panels of columns, and products for what is right of each (LAPACK's potrf). Reads the lower triangle. Input: A. Results: L, and which minor is not positive, counted from 1.</summary>
internal readonly unsafe struct CholeskyKernel : IRealKernel
{
    const int Panel = 48, Rows = 128;

    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T* a = m[1].At<T>();
        nint n = m[0].Rows;
        m[0].CopyTo(a, n);
        *m[2].At<int>() = Factor(a, n);
        for (nint i = 0; i < n; i++) Lines.Clear(a + i * n + i + 1, n - i - 1);
    }

    static int Factor<T>(T* a, nint n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint j = 0; j < n; j += Panel)
        {
            nint width = Math.Min(Panel, n - j), end = j + width;
            for (nint i = j; i < n; i++)
            {
                T* line = a + i * n + j;
                for (nint k = 0; k < width && j + k < i; k++)
                {
                    T* above = a + (j + k) * n + j;
                    line[k] = (line[k] - Lines.Dot(line, above, k)) / above[k];
                }
                if (i >= end) continue;
                T square = line[i - j] - Lines.Dot(line, line, i - j);
                if (!(square > T.Zero)) return (int)i + 1;
                line[i - j] = T.Sqrt(square);
            }
            for (nint i = end; i < n; i += Rows)
            {
                nint some = Math.Min(Rows, n - i);
                Products.Subtract(a + i * n + j, n, 1, a + end * n + j, 1, n, a + i * n + end, n, some, i + some - end, width);
            }
        }
        return 0;
    }
}
