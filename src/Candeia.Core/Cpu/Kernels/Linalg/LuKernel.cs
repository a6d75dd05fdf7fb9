using System.Numerics;
using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>P·A = L·U with partial pivoting: panels of columns, and a product for what is right of and below each (LAPACK's getrf).</summary>
internal static unsafe class Lu
{
    const int Panel = 32, Short = 12;
    const nint Few = 32 * 32;                                  // numbers of a matrix that goes row by row

    /// <summary>Factors m rows of n numbers in place. Pivots are counted from 1, as LAPACK does; the result is the first pivot that is zero, likewise, or 0.</summary>
    public static int Factor<T>(T* a, nint row, nint m, nint n, int* pivots) where T : unmanaged, INumberBase<T>
    {
        nint k = Math.Min(m, n);
        int zero = 0;
        if (m * k <= Few)
        {
            for (nint c = 0; c < k; c++) Column(a, row, m, n, c, pivots, ref zero);
            return zero;
        }
        using var scratch = Scratch.Rent(Panel * m * sizeof(T));
        T* columns = (T*)scratch.Pointer;
        for (nint j = 0; j < k; j += Panel)
        {
            nint width = Math.Min(Panel, k - j), end = j + width, rows = m - j;
            T* corner = a + j * (row + 1);
            new Matrix(corner, (int)rows, (int)width, row, 1).TransposeTo(columns, rows);
            for (nint c = 0; c < width; c++) Across(columns, rows, c, width, pivots + j, ref zero, (int)j);
            new Matrix(columns, (int)width, (int)rows, rows, 1).TransposeTo(corner, row);
            for (nint c = j; c < end; c++)
            {
                T* line = a + c * row, other = a + (pivots[c] - 1) * row;
                if (line == other) continue;
                Lines.Swap(line, other, j);
                Lines.Swap(line + end, other + end, n - end);
            }
            if (end < n)
            {
                Triangular.Solve(corner, row, 1, width, upper: false, unit: true, a + j * row + end, row, n - end);
                Products.Subtract(a + end * row + j, row, 1, a + j * row + end, row, 1, a + end * (row + 1), row, m - end, n - end, width);
            }
        }
        return zero;
    }

    /// <summary>Eliminates with column c of a small matrix.</summary>
    static void Column<T>(T* a, nint row, nint m, nint n, nint c, int* pivots, ref int zero) where T : unmanaged, INumberBase<T>
    {
        nint best = Largest(a + c, row, c, m);
        pivots[c] = (int)best + 1;
        if (best != c) Lines.Swap(a + c * row, a + best * row, n);
        T* top = a + c * row;
        if (T.IsZero(top[c]))
        {
            if (zero == 0) zero = (int)c + 1;
            return;
        }
        for (nint i = c + 1; i < m; i++)
        {
            T* line = a + i * row;
            T factor = line[c] /= top[c];
            if (n - c > Short) Lines.Add(line + c + 1, -factor, top + c + 1, n - c - 1);
            else for (nint k = c + 1; k < n; k++) line[k] -= factor * top[k];
        }
    }

    /// <summary>Eliminates with column c of a panel whose columns lie in rows, and stand first rows below the first one of the matrix.</summary>
    static void Across<T>(T* a, nint rows, nint c, nint width, int* pivots, ref int zero, int first) where T : unmanaged, INumberBase<T>
    {
        T* own = a + c * rows;
        nint best = Largest(own, 1, c, rows);
        pivots[c] = (int)best + 1 + first;
        for (nint k = 0; k < width && best != c; k++) (a[k * rows + c], a[k * rows + best]) = (a[k * rows + best], a[k * rows + c]);
        T pivot = own[c];
        if (T.IsZero(pivot))
        {
            if (zero == 0) zero = (int)c + 1 + first;
            return;
        }
        for (nint i = c + 1; i < rows; i++) own[i] /= pivot;
        for (nint k = c + 1; k < width; k++)
            if (a[k * rows + c] is var factor && !T.IsZero(factor)) Lines.Add(a + k * rows + c + 1, -factor, own + c + 1, rows - c - 1);
    }

    /// <summary>Which number of a column is the largest, the first of several, from one on.</summary>
    static nint Largest<T>(T* x, nint step, nint from, nint to) where T : unmanaged, INumberBase<T>
    {
        nint best = from;
        double size = Size(x[from * step]);
        for (nint i = from + 1; i < to; i++)
            if (Size(x[i * step]) is var other && other > size) (best, size) = (i, other);
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Size<T>(T x) where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(float)) return MathF.Abs(Unsafe.BitCast<T, float>(x));
        if (typeof(T) == typeof(double)) return Math.Abs(Unsafe.BitCast<T, double>(x));
        Complex z = Unsafe.BitCast<T, Complex>(x);
        return Math.Abs(z.Real) + Math.Abs(z.Imaginary);
    }

    /// <summary>Solves A·X = B in place of B, from the factors.</summary>
    public static void Solve<T>(T* lu, nint row, nint n, int* pivots, T* b, nint bRow, nint columns) where T : unmanaged, INumberBase<T>
    {
        for (nint i = 0; i < n; i++) if (pivots[i] - 1 != i) Lines.Swap(b + i * bRow, b + (pivots[i] - 1) * bRow, columns);
        Triangular.Solve(lu, row, 1, n, upper: false, unit: true, b, bRow, columns);
        Triangular.Solve(lu, row, 1, n, upper: true, unit: false, b, bRow, columns);
    }
}

/// <summary>Input: A. Results: the factors of A in one matrix, the pivots, which of them is zero.</summary>
internal readonly unsafe struct LuKernel : IFieldKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, INumberBase<T>
    {
        m[0].CopyTo(m[1].At<T>(), m[1].Row);
        *m[3].At<int>() = Lu.Factor(m[1].At<T>(), m[1].Row, m[1].Rows, m[1].Columns, m[2].At<int>());
    }
}

/// <summary>Inputs: A, B. Results: X, which pivot is zero, and the factors and the pivots, if they are kept.</summary>
internal readonly unsafe struct SolveKernel : IFieldKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, INumberBase<T>
    {
        int n = m[0].Rows;
        bool kept = m.Length > 4;
        using var scratch = Scratch.Rent(kept ? 0 : (nint)n * n * sizeof(T));
        using var more = Scratch.Rent(kept ? 0 : n * sizeof(int));
        T* lu = kept ? m[4].At<T>() : (T*)scratch.Pointer, x = m[2].At<T>();
        int* pivots = kept ? m[5].At<int>() : (int*)more.Pointer;
        m[0].CopyTo(lu, n);
        m[1].CopyTo(x, m[2].Row);
        *m[3].At<int>() = Lu.Factor(lu, n, n, n, pivots);
        Lu.Solve(lu, n, n, pivots, x, m[2].Row, m[2].Columns);
    }
}

/// <summary>Input: A. Results: its inverse, which pivot is zero.</summary>
internal readonly unsafe struct InvKernel : IFieldKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, INumberBase<T>
    {
        int n = m[0].Rows;
        using var scratch = Scratch.Rent((nint)n * n * sizeof(T));
        using var more = Scratch.Rent(n * sizeof(int));
        T* lu = (T*)scratch.Pointer, x = m[1].At<T>();
        m[0].CopyTo(lu, n);
        *m[2].At<int>() = Lu.Factor(lu, n, n, n, (int*)more.Pointer);
        Products.Identity(x, m[1].Row, n, n);
        Lu.Solve(lu, n, n, (int*)more.Pointer, x, m[1].Row, n);
    }
}

/// <summary>Inputs: A, B, of which A is triangular. Result: X.</summary>
internal readonly unsafe struct SolveTriangularKernel(bool upper, bool unit) : IFieldKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, INumberBase<T>
    {
        m[1].CopyTo(m[2].At<T>(), m[2].Row);
        Triangular.Solve(m[0].At<T>(), m[0].Row, m[0].Column, m[0].Rows, upper, unit, m[2].At<T>(), m[2].Row, m[2].Columns);
    }
}

/// <summary>Input: pivots, counted from 1. Result: which row of A became each row of the factors.</summary>
internal readonly unsafe struct PermutationKernel : IRealKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int* pivots = m[0].At<int>();
        long* order = m[1].At<long>();
        for (int i = 0; i < m[1].Rows; i++) order[i] = i;
        for (int i = 0; i < m[0].Rows; i++)
        {
            int other = pivots[i * m[0].Row] - 1;
            (order[i], order[other]) = (order[other], order[i]);
        }
    }
}

/// <summary>Input: A. Results: the sign (or direction) of its determinant, and the logarithm of its size.</summary>
internal readonly unsafe struct SlogDetKernel : IFieldKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, INumberBase<T>
    {
        int n = m[0].Rows;
        using var scratch = Scratch.Rent((nint)n * n * sizeof(T));
        using var more = Scratch.Rent(n * sizeof(int));
        T* lu = (T*)scratch.Pointer;
        int* pivots = (int*)more.Pointer;
        m[0].CopyTo(lu, n);
        bool zero = Lu.Factor(lu, n, n, n, pivots) != 0;
        T sign = T.One;
        double logarithm = 0;
        for (int i = 0; i < n && !zero; i++)
        {
            T pivot = lu[i * (n + 1)], size = T.Abs(pivot);
            sign *= pivots[i] - 1 == i ? pivot / size : -(pivot / size);
            logarithm += Math.Log(typeof(T) == typeof(Complex) ? ((Complex)(object)size).Real : double.CreateTruncating(size));
        }
        *m[1].At<T>() = zero ? T.Zero : sign;
        if (zero) logarithm = double.NegativeInfinity;
        if (typeof(T) == typeof(float)) *m[2].At<float>() = (float)logarithm;
        else *m[2].At<double>() = logarithm;
    }
}

/// <summary>Input: A. Result: its determinant.</summary>
internal readonly unsafe struct DetKernel : IFieldKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, INumberBase<T>
    {
        int n = m[0].Rows;
        using var scratch = Scratch.Rent((nint)n * n * sizeof(T));
        using var more = Scratch.Rent(n * sizeof(int));
        T* lu = (T*)scratch.Pointer;
        int* pivots = (int*)more.Pointer;
        m[0].CopyTo(lu, n);
        _ = Lu.Factor(lu, n, n, n, pivots);
        T det = T.One;
        for (int i = 0; i < n; i++) det *= pivots[i] - 1 == i ? lu[i * (n + 1)] : -lu[i * (n + 1)];
        *m[1].At<T>() = det;
    }
}
