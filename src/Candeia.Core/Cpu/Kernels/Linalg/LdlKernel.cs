using System.Numerics;
using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>
/// P·A·Pᵀ = L·D·Lᵀ of a symmetric matrix, or with conjugates of a Hermitian one, where D has blocks of one and of two: pivots by the rule of Bunch and Kaufman, in the form of
/// LAPACK's sytf2, which reads and writes the lower triangle.
/// </summary>
internal static unsafe class Ldl
{
    const double Alpha = 0.64038820320220756873;                             // (1 + √17) / 8: growth is then the same by blocks of one and of two

    /// <summary>
    /// Factors in place. A positive pivot, counted from 1, is the row that changed places with this one; two equal negative ones are a block of two, whose second row changed places
    /// with that one. The result is the first block of one that is zero, counted from 1, or 0.
    /// </summary>
    public static int Factor<T>(T* a, nint row, nint n, bool hermitian, int* pivots) where T : unmanaged, INumberBase<T>
    {
        int zero = 0;
        for (nint k = 0, step; k < n; k += step)
        {
            var (other, blocks, isZero) = Pivot(a, row, n, k, hermitian);
            step = blocks;
            if (isZero && zero == 0) zero = (int)k + 1;
            nint last = k + step - 1;
            if (other != last) Swap(a, row, n, k, last, other, hermitian);
            if (hermitian) for (nint i = k; i <= last; i++) a[i * (row + 1)] = Real(a[i * (row + 1)]);
            if (!isZero && step == 1) One(a, row, n, k, hermitian);
            else if (!isZero) Two(a, row, n, k, hermitian);
            for (nint i = k; i <= last; i++) pivots[i] = step == 1 ? (int)other + 1 : -(int)other - 1;
        }
        return zero;
    }

    /// <summary>Which row changes places with the last one of the next block, how many rows this has, and whether all of its column is zero.</summary>
    static (nint Other, nint Rows, bool IsZero) Pivot<T>(T* a, nint row, nint n, nint k, bool hermitian) where T : unmanaged, INumberBase<T>
    {
        double own = Diagonal(k), column = 0;
        nint best = k;
        for (nint i = k + 1; i < n; i++)
            if (Lu.Size(a[i * row + k]) is var size && size > column) (best, column) = (i, size);
        if (Math.Max(own, column) == 0 || double.IsNaN(own)) return (k, 1, true);
        if (own >= Alpha * column) return (k, 1, false);
        double line = 0;                                                     // the largest of that row beside its diagonal
        for (nint j = k; j < best; j++) line = Math.Max(line, Lu.Size(a[best * row + j]));
        for (nint i = best + 1; i < n; i++) line = Math.Max(line, Lu.Size(a[i * row + best]));
        if (own >= Alpha * column * (column / line)) return (k, 1, false);
        return (best, Diagonal(best) >= Alpha * line ? 1 : 2, false);

        double Diagonal(nint i) => Lu.Size(hermitian ? Real(a[i * (row + 1)]) : a[i * (row + 1)]);
    }

    /// <summary>Rows and columns of the lower triangle change places, from column k on.</summary>
    static void Swap<T>(T* a, nint row, nint n, nint k, nint one, nint other, bool hermitian) where T : unmanaged, INumberBase<T>
    {
        for (nint i = other + 1; i < n; i++) (a[i * row + one], a[i * row + other]) = (a[i * row + other], a[i * row + one]);
        for (nint j = one + 1; j < other; j++) (a[j * row + one], a[other * row + j]) = (Turned(a[other * row + j], hermitian), Turned(a[j * row + one], hermitian));
        a[other * row + one] = Turned(a[other * row + one], hermitian);
        (a[one * (row + 1)], a[other * (row + 1)]) = (a[other * (row + 1)], a[one * (row + 1)]);
        if (one > k) (a[one * row + k], a[other * row + k]) = (a[other * row + k], a[one * row + k]);
    }

    /// <summary>Eliminates with a block of one.</summary>
    static void One<T>(T* a, nint row, nint n, nint k, bool hermitian) where T : unmanaged, INumberBase<T>
    {
        T inverse = T.One / a[k * (row + 1)];
        for (nint i = k + 1; i < n; i++)
        {
            T factor = -inverse * a[i * row + k];
            for (nint j = k + 1; j <= i; j++) a[i * row + j] += factor * Turned(a[j * row + k], hermitian);
            if (hermitian) a[i * (row + 1)] = Real(a[i * (row + 1)]);
        }
        for (nint i = k + 1; i < n; i++) a[i * row + k] *= inverse;
    }

    /// <summary>Eliminates with a block of two.</summary>
    static void Two<T>(T* a, nint row, nint n, nint k, bool hermitian) where T : unmanaged, INumberBase<T>
    {
        T aside = a[(k + 1) * row + k], turned = Turned(aside, hermitian);
        T lower = a[(k + 1) * (row + 1)] / aside, upper = a[k * (row + 1)] / turned, scale = T.One / (lower * upper - T.One);
        for (nint j = k + 2; j < n; j++)
        {
            T one = a[j * row + k], two = a[j * row + k + 1];
            T first = scale * (lower * one - two) / turned, second = scale * (upper * two - one) / aside;
            for (nint i = j; i < n; i++) a[i * row + j] -= a[i * row + k] * Turned(first, hermitian) + a[i * row + k + 1] * Turned(second, hermitian);
            (a[j * row + k], a[j * row + k + 1]) = (first, second);
            if (hermitian) a[j * (row + 1)] = Real(a[j * (row + 1)]);
        }
    }

    /// <summary>Solves A·X = B in place of B, from the factors.</summary>
    public static void Solve<T>(T* a, nint row, nint n, bool hermitian, int* pivots, T* b, nint bRow, nint columns) where T : unmanaged, INumberBase<T>
    {
        for (nint k = 0, step; k < n; k += step)
        {
            step = pivots[k] > 0 ? 1 : 2;
            nint last = k + step - 1, other = Math.Abs(pivots[k]) - 1;
            if (other != last) Lines.Swap(b + last * bRow, b + other * bRow, columns);
            for (nint i = last + 1; i < n; i++)
                for (nint c = k; c <= last; c++) Lines.Add(b + i * bRow, -a[i * row + c], b + c * bRow, columns);
            if (step == 1) for (nint j = 0; j < columns; j++) b[k * bRow + j] /= a[k * (row + 1)];
            else Block(a + k * (row + 1), row, hermitian, b + k * bRow, bRow, columns);
        }
        for (nint k = n - 1, step; k >= 0; k -= step)
        {
            step = pivots[k] > 0 ? 1 : 2;
            nint other = Math.Abs(pivots[k]) - 1;
            for (nint c = k - step + 1; c <= k; c++)
                for (nint i = k + 1; i < n; i++) Lines.Add(b + c * bRow, -Turned(a[i * row + c], hermitian), b + i * bRow, columns);
            if (other != k) Lines.Swap(b + k * bRow, b + other * bRow, columns);
        }
    }

    /// <summary>Two unknowns of a block of two.</summary>
    static void Block<T>(T* d, nint row, bool hermitian, T* b, nint bRow, nint columns) where T : unmanaged, INumberBase<T>
    {
        T aside = d[row], turned = Turned(aside, hermitian), upper = d[0] / turned, lower = d[row + 1] / aside, scale = upper * lower - T.One;
        for (nint j = 0; j < columns; j++)
        {
            T one = b[j] / turned, two = b[bRow + j] / aside;
            (b[j], b[bRow + j]) = ((lower * one - two) / scale, (upper * two - one) / scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Turned<T>(T x, bool hermitian) where T : unmanaged, INumberBase<T> =>
        hermitian && typeof(T) == typeof(Complex) ? Unsafe.BitCast<Complex, T>(Complex.Conjugate(Unsafe.BitCast<T, Complex>(x))) : x;

    static T Real<T>(T x) where T : unmanaged, INumberBase<T> => typeof(T) == typeof(Complex) ? Unsafe.BitCast<Complex, T>(Unsafe.BitCast<T, Complex>(x).Real) : x;
}

/// <summary>Input: A. Results: the factors in its lower triangle, and zeros above; the pivots; which of them is zero.</summary>
internal readonly unsafe struct LdlKernel(bool hermitian) : IFieldKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, INumberBase<T>
    {
        T* a = m[1].At<T>();
        nint row = m[1].Row, n = m[1].Rows;
        m[0].CopyTo(a, row);
        for (nint i = 0; i < n; i++) Lines.Clear(a + i * (row + 1) + 1, n - i - 1);
        *m[3].At<int>() = Ldl.Factor(a, row, n, hermitian, m[2].At<int>());
    }
}

/// <summary>Inputs: the factors of A, its pivots, B. Result: X.</summary>
internal readonly unsafe struct LdlSolveKernel(bool hermitian) : IFieldKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, INumberBase<T>
    {
        int n = m[0].Rows;
        using var scratch = Scratch.Rent((nint)n * n * sizeof(T));
        using var more = Scratch.Rent(n * sizeof(int));
        T* a = (T*)scratch.Pointer;
        int* pivots = (int*)more.Pointer;
        m[0].CopyTo(a, n);
        for (int i = 0; i < n; i++) pivots[i] = m[1].At<int>()[i * m[1].Row];
        m[2].CopyTo(m[3].At<T>(), m[3].Row);
        Ldl.Solve(a, n, n, hermitian, pivots, m[3].At<T>(), m[3].Row, m[3].Columns);
    }
}
