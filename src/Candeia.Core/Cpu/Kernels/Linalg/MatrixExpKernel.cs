using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// The exponential of a matrix: a Padé approximant of degree 13 of A / 2ˢ, squared s times (Higham, "The scaling and squaring method for the matrix exponential
/// revisited", 2005). Input: A. Result: its exponential.
/// </summary>
internal readonly unsafe struct MatrixExpKernel : IFieldKernel
{
    const double Within = 5.371920351148152;
    static readonly double[] s_b = [64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800, 33522128640, 1323241920,
        40840800, 960960, 16380, 182, 1];

    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, INumberBase<T>
    {
        nint n = m[0].Rows, size = n * n;
        T* y = m[1].At<T>();
        using var scratch = Scratch.Rent(6 * size * sizeof(T));
        using var more = Scratch.Rent((n + 1) * sizeof(int));
        T* a = (T*)scratch.Pointer, a2 = a + size, a4 = a2 + size, a6 = a4 + size, u = a6 + size, w = u + size;
        m[0].CopyTo(a, n);
        double norm = Norm(a, n);
        int squarings = norm > Within && double.IsFinite(norm) ? (int)Math.Ceiling(Math.Log2(norm / Within)) : 0;
        Lines.Scale(a, T.CreateTruncating(Math.ScaleB(1, -squarings)), size);
        Multiply(a, a, a2, n);
        Multiply(a2, a2, a4, n);
        Multiply(a2, a4, a6, n);
        Sum(w, n, a2, 9, a4, 11, a6, 13, identity: -1);
        Multiply(a6, w, u, n);
        Add(u, n, a2, 3, a4, 5, a6, 7, 1);
        Multiply(a, u, y, n);                                                // y is the odd part
        Sum(w, n, a2, 8, a4, 10, a6, 12, identity: -1);
        Multiply(a6, w, u, n);
        Add(u, n, a2, 2, a4, 4, a6, 6, 0);                                   // u is the even one
        for (nint i = 0; i < size; i++) (a[i], y[i]) = (u[i] - y[i], u[i] + y[i]);
        _ = Lu.Factor(a, n, n, n, (int*)more.Pointer);
        Lu.Solve(a, n, n, (int*)more.Pointer, y, n, n);
        for (; squarings > 0; squarings--)
        {
            Multiply(y, y, u, n);
            new ReadOnlySpan<T>(u, checked((int)size)).CopyTo(new Span<T>(y, (int)size));
        }
    }

    static void Multiply<T>(T* a, T* b, T* c, nint n) where T : unmanaged, INumberBase<T> => Products.Multiply(a, n, 1, b, n, 1, c, n, n, n, n);

    /// <summary>The largest sum of a column.</summary>
    static double Norm<T>(T* a, nint n) where T : unmanaged, INumberBase<T>
    {
        double norm = 0;
        for (nint j = 0; j < n; j++)
        {
            double sum = 0;
            for (nint i = 0; i < n; i++) sum += Complex.Abs(Complex.CreateTruncating(a[i * n + j]));
            norm = Math.Max(norm, sum);
        }
        return norm;
    }

    static void Sum<T>(T* to, nint n, T* a2, int i2, T* a4, int i4, T* a6, int i6, int identity) where T : unmanaged, INumberBase<T>
    {
        Lines.Clear(to, n * n);
        Add(to, n, a2, i2, a4, i4, a6, i6, identity);
    }

    static void Add<T>(T* to, nint n, T* a2, int i2, T* a4, int i4, T* a6, int i6, int identity) where T : unmanaged, INumberBase<T>
    {
        Lines.Add(to, T.CreateTruncating(s_b[i2]), a2, n * n);
        Lines.Add(to, T.CreateTruncating(s_b[i4]), a4, n * n);
        Lines.Add(to, T.CreateTruncating(s_b[i6]), a6, n * n);
        if (identity >= 0) for (nint i = 0; i < n; i++) to[i * (n + 1)] += T.CreateTruncating(s_b[identity]);
    }
}
