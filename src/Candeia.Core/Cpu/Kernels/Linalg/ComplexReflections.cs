using System.Numerics;

namespace Candeia.Kernels;

/// <summary>A = L·Lᴴ of complex matrices. Reads the lower triangle. Input: A. Results: L, and which minor is not positive, counted from 1.</summary>
internal readonly unsafe struct ComplexCholeskyKernel : IComplexKernel
{
    public void Run(ReadOnlySpan<Matrix> m)
    {
        Complex* a = m[1].At<Complex>();
        nint n = m[0].Rows;
        m[0].CopyTo(a, n);
        *m[2].At<int>() = Factor(a, n);
        for (nint i = 0; i < n; i++) new Span<Complex>(a + i * n + i + 1, (int)(n - i - 1)).Clear();
    }

    static int Factor(Complex* a, nint n)
    {
        for (nint i = 0; i < n; i++)
        {
            Complex* line = a + i * n;
            double square = line[i].Real;
            for (nint k = 0; k < i; k++)
            {
                Complex* above = a + k * n;
                Complex sum = line[k];
                for (nint p = 0; p < k; p++) sum -= line[p] * Complex.Conjugate(above[p]);
                line[k] = sum / above[k].Real;
                square -= line[k].Real * line[k].Real + line[k].Imaginary * line[k].Imaginary;
            }
            if (!(square > 0)) return (int)i + 1;
            line[i] = Math.Sqrt(square);
        }
        return 0;
    }
}

/// <summary>
/// A = Q·R of complex matrices by reflections (LAPACK's geqr2), so that the diagonal of R is real. Input: A. Results: R, and Q, if there are so
/// many.
/// </summary>
internal readonly unsafe struct ComplexQrKernel : IComplexKernel
{
    public void Run(ReadOnlySpan<Matrix> m)
    {
        nint rows = m[0].Rows, n = m[0].Columns, k = Math.Min(rows, n);
        using var one = Scratch.Rent(rows * n * sizeof(Complex));
        using var two = Scratch.Rent(k * sizeof(Complex));
        Complex* a = (Complex*)one.Pointer, tau = (Complex*)two.Pointer, r = m[1].At<Complex>();
        m[0].CopyTo(a, n);
        Factor(a, rows, n, tau);
        for (nint i = 0; i < m[1].Rows; i++)
            for (nint j = 0; j < n; j++) r[i * n + j] = j < i ? Complex.Zero : a[i * n + j];
        if (m.Length > 2) Form(a, rows, n, tau, k, m[2].At<Complex>(), m[2].Columns);
    }

    /// <summary>R above the diagonal, and below it the vectors v of reflections I − τ·v·vᴴ, of which the adjoints have been applied.</summary>
    public static void Factor(Complex* a, nint m, nint n, Complex* tau)
    {
        for (nint j = 0; j < Math.Min(m, n); j++)
        {
            tau[j] = Make(a + j * n + j, m - j, n);
            for (nint c = j + 1; c < n; c++) Reflect(a + j * n + j, n, m - j, Complex.Conjugate(tau[j]), a + j * n + c, n);
        }
    }

    /// <summary>The first columns of the product of the reflections.</summary>
    public static void Form(Complex* v, nint m, nint row, Complex* tau, nint count, Complex* q, nint columns)
    {
        for (nint i = 0; i < m; i++)
            for (nint j = 0; j < columns; j++) q[i * columns + j] = i == j ? Complex.One : Complex.Zero;
        for (nint j = count - 1; j >= 0; j--)
            for (nint c = 0; c < columns; c++) Reflect(v + j * row + j, row, m - j, tau[j], q + j * columns + c, columns);
    }

    /// <summary>Makes v in place of x, whose first element becomes real and the length of x, and gives τ.</summary>
    public static Complex Make(Complex* x, nint n, nint step)
    {
        double rest = 0;
        for (nint i = 1; i < n; i++) rest = double.Hypot(rest, Complex.Abs(x[i * step]));
        Complex alpha = *x;
        if (rest == 0 && alpha.Imaginary == 0) return Complex.Zero;
        double beta = -Math.CopySign(double.Hypot(Complex.Abs(alpha), rest), alpha.Real);
        Complex scale = Complex.One / (alpha - beta);
        for (nint i = 1; i < n; i++) x[i * step] *= scale;
        *x = beta;
        return new((beta - alpha.Real) / beta, -alpha.Imaginary / beta);
    }

    /// <summary>y −= factor·v·vᴴ·y, where the first element of v is 1, whatever stands there.</summary>
    static void Reflect(Complex* v, nint step, nint n, Complex factor, Complex* y, nint yStep)
    {
        Complex sum = y[0];
        for (nint i = 1; i < n; i++) sum += Complex.Conjugate(v[i * step]) * y[i * yStep];
        sum *= factor;
        y[0] -= sum;
        for (nint i = 1; i < n; i++) y[i * yStep] -= v[i * step] * sum;
    }
}
