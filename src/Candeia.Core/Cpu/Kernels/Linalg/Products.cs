using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Products that update a part of a matrix. All have rows in memory, whose strides are given.</summary>
internal static unsafe class Products
{
    /// <summary>C = A·B, or C += A·B.</summary>
    public static void Multiply<T>(T* a, nint aRow, nint aStep, T* b, nint bRow, nint bStep, T* c, nint cRow, nint m, nint n, nint k, bool accumulate = false)
        where T : unmanaged, INumberBase<T>
    {
        if (m == 0 || n == 0) return;
        if (k == 0)
        {
            if (!accumulate) for (nint i = 0; i < m; i++) Lines.Clear(c + i * cRow, n);
            return;
        }
        Gemm.Run<T>(new Product { M = m, N = n, K = k, A = a, ARow = aRow, AStep = aStep, B = b, BStep = bRow, BColumn = bStep, C = c, CRow = cRow, Accumulate = accumulate });
    }

    /// <summary>C −= A·B: of A's elements the negative is copied first.</summary>
    public static void Subtract<T>(T* a, nint aRow, nint aStep, T* b, nint bRow, nint bStep, T* c, nint cRow, nint m, nint n, nint k) where T : unmanaged, INumberBase<T>
    {
        if (m == 0 || n == 0 || k == 0) return;
        using var scratch = Scratch.Rent(m * k * sizeof(T));
        T* negative = (T*)scratch.Pointer;
        for (nint i = 0; i < m; i++)
            for (nint j = 0; j < k; j++) negative[i * k + j] = -a[i * aRow + j * aStep];
        Multiply(negative, k, 1, b, bRow, bStep, c, cRow, m, n, k, accumulate: true);
    }

    /// <summary>The identity.</summary>
    public static void Identity<T>(T* a, nint row, nint m, nint n) where T : unmanaged, INumberBase<T>
    {
        for (nint i = 0; i < m; i++)
        {
            Lines.Clear(a + i * row, n);
            if (i < n) a[i * row + i] = T.One;
        }
    }

    /// <summary>Transposes a square matrix in place.</summary>
    public static void Transpose<T>(T* a, nint row, nint n) where T : unmanaged
    {
        for (nint i = 0; i < n; i++)
            for (nint j = 0; j < i; j++) (a[i * row + j], a[j * row + i]) = (a[j * row + i], a[i * row + j]);
    }
}
