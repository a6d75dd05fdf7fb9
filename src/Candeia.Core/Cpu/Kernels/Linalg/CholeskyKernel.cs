using System.Numerics;
using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>A = L·Lᵀ: panels of columns, and products for what is right of each (LAPACK's potrf). Reads the lower triangle. Input: A. Results: L, and which minor is not positive, counted from 1.</summary>
internal readonly unsafe struct CholeskyKernel : IRealKernel
{
    const int Panel = 48, Rows = 128, Few = 12;

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
        if (n <= Panel) return Small(a, n, n);
        using var scratch = Scratch.Rent(Panel * n * sizeof(T));
        T* across = (T*)scratch.Pointer;
        for (nint j = 0; j < n; j += Panel)
        {
            nint width = Math.Min(Panel, n - j), end = j + width, rest = n - end;
            T* corner = a + j * (n + 1), below = corner + width * n;
            if (Small(corner, n, width) is not 0 and var minor) return (int)j + minor;
            new Matrix(below, (int)rest, (int)width, n, 1).TransposeTo(across, rest);
            Triangular.Solve(corner, n, 1, width, upper: false, unit: false, across, rest, rest);
            new Matrix(across, (int)width, (int)rest, rest, 1).TransposeTo(below, n);
            for (nint i = 0; i < rest; i += Rows)
            {
                nint some = Math.Min(Rows, rest - i);
                Products.Subtract(below + i * n, n, 1, across, rest, 1, below + i * n + width, n, some, i + some, width);
            }
        }
        return 0;
    }

    /// <summary>Line by line.</summary>
    static int Small<T>(T* a, nint row, nint n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint i = 0; i < n; i++)
        {
            T* line = a + i * row;
            for (nint k = 0; k < i; k++)
            {
                T* above = a + k * row;
                line[k] = (line[k] - Dot(line, above, k)) / above[k];
            }
            T square = line[i] - Dot(line, line, i);
            if (!(square > T.Zero)) return (int)i + 1;
            line[i] = T.Sqrt(square);
        }
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Dot<T>(T* a, T* b, nint n) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (n >= Few) return Lines.Dot(a, b, n);
        T sum = T.Zero;
        for (nint i = 0; i < n; i++) sum += a[i] * b[i];
        return sum;
    }
}
