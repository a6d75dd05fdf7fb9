using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Eigenvalues and eigenvectors of any square matrix of complex numbers, as LAPACK's zgeev finds them: balanced, made Hessenberg by reflections, then triangular by shifted QR steps
/// (see <see cref="ComplexSchur"/>). Input: A. Results: eigenvalues; whether the iteration came to no end; eigenvectors of length 1 as columns, if there are so many.
/// </summary>
internal readonly unsafe struct ComplexEigKernel : IComplexKernel
{
    public void Run(ReadOnlySpan<Matrix> m)
    {
        int n = m[0].Rows, rows = m.Length > 3 ? n : 0;
        using var one = Scratch.Rent(((nint)n + rows) * n * sizeof(Complex));
        using var two = Scratch.Rent(2 * (nint)n * sizeof(Complex));
        using var three = Scratch.Rent((nint)n * sizeof(double));
        Complex* h = (Complex*)one.Pointer, v = h + (nint)n * n, line = (Complex*)two.Pointer;
        double* scale = (double*)three.Pointer;
        m[0].CopyTo(h, n);
        double size = Size(h, (nint)n * n);
        bool ended = double.IsFinite(size);
        if (ended)
        {
            Lines.Scale(h, 1 / size, (nint)n * n);
            Balancing.Run(h, n, scale);
            Hessenberg(h, v, line, line + n, n, rows);
            ended = ComplexSchur.Run(h, v, n, rows);
        }
        *m[2].At<int>() = ended ? 0 : 1;
        if (!ended) return;
        for (int i = 0; i < n; i++) m[1].At<Complex>()[i] = size * h[i * n + i];
        for (int j = 0; j < rows; j++)
        {
            ComplexSchur.Vector(h, line, n, j);
            Column(v, line, scale, n, j, m[3].At<Complex>() + j);
        }
    }

    /// <summary>A power of two near the largest element, so that squares neither overflow nor vanish.</summary>
    static double Size(Complex* h, nint count)
    {
        double largest = 0;
        for (nint i = 0; i < count; i++)
        {
            if (!Complex.IsFinite(h[i])) return double.NaN;
            largest = Math.Max(largest, Math.Max(Math.Abs(h[i].Real), Math.Abs(h[i].Imaginary)));
        }
        return largest == 0 ? 1 : Math.ScaleB(1, Math.Clamp(Math.ILogB(largest), -1000, 1000));
    }

    /// <summary>Qᴴ·H·Q, zero below its second diagonal, in place of H, and Q, as many rows of it as are wanted.</summary>
    static void Hessenberg(Complex* h, Complex* q, Complex* v, Complex* sums, int n, int rows)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < n; j++) q[i * n + j] = i == j ? Complex.One : Complex.Zero;
        for (int m = 1; m < n - 1; m++)
        {
            int rest = n - m;
            Complex tau = ComplexQrKernel.Make(h + m * n + m - 1, rest, n);
            v[0] = Complex.One;
            for (int i = 1; i < rest; i++) (v[i], h[(m + i) * n + m - 1]) = (h[(m + i) * n + m - 1], Complex.Zero);
            if (tau == Complex.Zero) continue;
            Lines.Clear(sums, rest);
            for (int i = 0; i < rest; i++) Lines.Add(sums, Complex.Conjugate(v[i]), h + (m + i) * n + m, rest);
            for (int i = 0; i < rest; i++) Lines.Add(h + (m + i) * n + m, -Complex.Conjugate(tau) * v[i], sums, rest);
            for (int i = 0; i < n; i++) Right(h + i * n + m, v, tau, rest);
            for (int i = 0; i < rows; i++) Right(q + i * n + m, v, tau, rest);
        }
    }

    /// <summary>A row times I − τ·v·vᴴ.</summary>
    static void Right(Complex* row, Complex* v, Complex tau, int n)
    {
        Complex factor = tau * Lines.Dot(row, v, n);
        for (int i = 0; i < n; i++) row[i] -= factor * Complex.Conjugate(v[i]);
    }

    /// <summary>The j-th eigenvector from that of the triangle: of length 1, and the largest of its elements is real.</summary>
    static void Column(Complex* q, Complex* x, double* scale, int n, int j, Complex* to)
    {
        Complex largest = Complex.Zero;
        double most = 0, square = 0;
        for (int i = 0; i < n; i++)
        {
            Complex y = scale[i] * Lines.Dot(q + i * n, x, j + 1);
            to[i * n] = y;
            if (Complex.Abs(y) is var size && size > most) (most, largest) = (size, y);
        }
        for (int i = 0; i < n; i++)
        {
            Complex y = to[i * n] /= largest;
            square += y.Real * y.Real + y.Imaginary * y.Imaginary;
        }
        for (int i = 0; i < n; i++) to[i * n] /= Math.Sqrt(square);
    }
}
