using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Eigenvalues and eigenvectors of any square matrix of real numbers, computed in double precision: balanced, made Hessenberg by reflections, then triangular but for blocks of two by shifted QR steps
/// (EISPACK's orthes and hqr2, see <see cref="RealSchur"/>). Input: A. Results: eigenvalues; whether the iteration came to no end; eigenvectors of length 1 as columns, if there are so many.
/// </summary>
internal readonly unsafe struct EigKernel : IRealKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int n = m[0].Rows;
        using var one = Scratch.Rent(2 * (nint)n * n * sizeof(double));
        using var two = Scratch.Rent(4 * (n + 1) * sizeof(double));
        double* h = (double*)one.Pointer, v = h + n * n, d = (double*)two.Pointer, e = d + n, spare = e + n, scale = spare + n;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) h[i * n + j] = double.CreateTruncating(m[0].At<T>()[i * m[0].Row + j * m[0].Column]);
        Balancing.Run(h, n, scale);
        Hessenberg(h, v, spare, n);
        *m[2].At<int>() = RealSchur.Run(h, v, d, e, n) ? 0 : 1;
        Complex* values = m[1].At<Complex>();
        for (int i = 0; i < n; i++) values[i] = new(d[i], e[i]);
        if (m.Length > 3) Vectors(v, e, scale, n, m[3].At<Complex>());
    }

    static void Hessenberg(double* h, double* v, double* ort, int n)
    {
        for (int m = 1; m < n - 1; m++)
        {
            double scale = 0;
            for (int i = m; i < n; i++) scale += Math.Abs(h[i * n + m - 1]);
            ort[m] = 0;
            if (scale == 0) continue;
            double square = 0;
            for (int i = n - 1; i >= m; i--)
            {
                ort[i] = h[i * n + m - 1] / scale;
                square += ort[i] * ort[i];
            }
            double g = ort[m] > 0 ? -Math.Sqrt(square) : Math.Sqrt(square);
            square -= ort[m] * g;
            ort[m] -= g;
            for (int j = m; j < n; j++)
            {
                double f = 0;
                for (int i = n - 1; i >= m; i--) f += ort[i] * h[i * n + j];
                f /= square;
                for (int i = m; i < n; i++) h[i * n + j] -= f * ort[i];
            }
            for (int i = 0; i < n; i++)
            {
                double f = Lines.Dot(ort + m, h + i * n + m, n - m) / square;
                Lines.Add(h + i * n + m, -f, ort + m, n - m);
            }
            ort[m] = scale * ort[m];
            h[m * n + m - 1] = scale * g;
        }
        Products.Identity(v, n, n, n);
        for (int m = n - 2; m >= 1; m--)
        {
            if (h[m * n + m - 1] == 0 || ort[m] == 0) continue;
            for (int i = m + 1; i < n; i++) ort[i] = h[i * n + m - 1];
            for (int j = m; j < n; j++)
            {
                double g = 0;
                for (int i = m; i < n; i++) g += ort[i] * v[i * n + j];
                g = g / ort[m] / h[m * n + m - 1];
                for (int i = m; i < n; i++) v[i * n + j] += g * ort[i];
            }
        }
    }

    /// <summary>Columns of length 1; of two that are conjugate, the real and imaginary parts stand side by side. The largest element of a complex one is real.</summary>
    static void Vectors(double* v, double* e, double* scale, int n, Complex* to)
    {
        for (int j = 0; j < n; j++)
        {
            bool pair = e[j] != 0 && j + 1 < n;
            double square = 0;
            Complex largest = 0;
            for (int i = 0; i < n; i++)
            {
                Complex x = scale[i] * new Complex(v[i * n + j], pair ? v[i * n + j + 1] : 0);
                to[i * n + j] = x;
                double size = x.Real * x.Real + x.Imaginary * x.Imaginary;
                square += size;
                if (size > largest.Real * largest.Real + largest.Imaginary * largest.Imaginary) largest = x;
            }
            Complex turn = pair ? Complex.Conjugate(largest) / Complex.Abs(largest) / Math.Sqrt(square) : 1 / Math.Sqrt(square);
            for (int i = 0; i < n; i++)
            {
                to[i * n + j] *= turn;
                if (pair) to[i * n + j + 1] = Complex.Conjugate(to[i * n + j]);
            }
            if (pair) j++;
        }
    }
}
