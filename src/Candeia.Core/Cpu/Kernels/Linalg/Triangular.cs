using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Solves A·X = B in place of B, where A is triangular and lies in memory with any strides. Halves A until it is small; the rest are products.</summary>
internal static unsafe class Triangular
{
    const int Small = 32;

    public static void Solve<T>(T* a, nint row, nint step, nint n, bool upper, bool unit, T* b, nint bRow, nint columns) where T : unmanaged, INumberBase<T>
    {
        if (n == 0 || columns == 0) return;
        if (n <= Small)
        {
            if (upper) for (nint i = n - 1; i >= 0; i--) Eliminate(a + i * row, step, i, i + 1, n, unit, b, bRow, columns);
            else for (nint i = 0; i < n; i++) Eliminate(a + i * row, step, i, 0, i, unit, b, bRow, columns);
            return;
        }
        nint half = n / 2, rest = n - half;
        T* corner = a + half * (row + step), low = b + half * bRow;
        if (upper)
        {
            Solve(corner, row, step, rest, upper, unit, low, bRow, columns);
            Products.Subtract(a + half * step, row, step, low, bRow, 1, b, bRow, half, columns, rest);
            Solve(a, row, step, half, upper, unit, b, bRow, columns);
        }
        else
        {
            Solve(a, row, step, half, upper, unit, b, bRow, columns);
            Products.Subtract(a + half * row, row, step, b, bRow, 1, low, bRow, rest, columns, half);
            Solve(corner, row, step, rest, upper, unit, low, bRow, columns);
        }
    }

    /// <summary>Row i of X, from the rows that are known.</summary>
    static void Eliminate<T>(T* a, nint step, nint i, nint from, nint to, bool unit, T* b, nint bRow, nint columns) where T : unmanaged, INumberBase<T>
    {
        T* y = b + i * bRow;
        for (nint k = from; k < to; k++)
            if (columns == 1) *y -= a[k * step] * b[k * bRow];
            else Lines.Add(y, -a[k * step], b + k * bRow, columns);
        if (unit) return;
        T pivot = a[i * step];
        for (nint j = 0; j < columns; j++) y[j] /= pivot;
    }
}
