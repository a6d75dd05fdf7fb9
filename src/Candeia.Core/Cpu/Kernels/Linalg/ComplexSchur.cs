using System.Numerics;

namespace Candeia.Kernels;

/// <summary>The QR iteration with single shifts on a Hessenberg matrix of complex numbers about as large as 1, and the eigenvectors of the triangle that it leaves (after LAPACK's zlahqr and ztrevc).</summary>
internal static unsafe class ComplexSchur
{
    const int Sweeps = 60;
    const double Eps = 2.220446049250313e-16, Least = 1e-290, Much = 1e10;

    /// <summary>Makes h a triangle with the eigenvalues on its diagonal, and multiplies the rows of q by what did that. Whether it came to an end.</summary>
    public static bool Run(Complex* h, Complex* q, int n, int rows)
    {
        for (int last = n - 1, sweep = 0; last >= 0;)
        {
            int first = last;
            while (first > 0 && !Splits(h, n, first)) first--;
            if (first > 0) h[first * n + first - 1] = Complex.Zero;
            if (first == last) (last, sweep) = (last - 1, 0);
            else if (sweep++ == Sweeps) return false;
            else Step(h, q, n, rows, first, last, Shift(h, n, first, last, sweep));
        }
        return true;
    }

    static double Size(Complex x) => Math.Abs(x.Real) + Math.Abs(x.Imaginary);

    /// <summary>Whether what stands before the diagonal of row k can be taken for zero (Ahues and Tisseur, 1997).</summary>
    static bool Splits(Complex* h, int n, int k)
    {
        Complex above = h[(k - 1) * n + k - 1], here = h[k * n + k];
        double below = Size(h[k * n + k - 1]), beside = Size(h[(k - 1) * n + k]), around = Size(above) + Size(here);
        if (below <= Least) return true;
        if (around == 0) around = (k > 1 ? Math.Abs(h[(k - 1) * n + k - 2].Real) : 0) + (k + 1 < n ? Math.Abs(h[(k + 1) * n + k].Real) : 0);
        if (below > Eps * around) return false;
        double large = Math.Max(Size(here), Size(above - here)), small = Math.Min(Size(here), Size(above - here)), sum = large + Math.Max(below, beside);
        return Math.Min(below, beside) * (Math.Max(below, beside) / sum) <= Math.Max(Least, Eps * (small * (large / sum)));
    }

    /// <summary>Of the last block of two the eigenvalue that is nearer to the last element (Wilkinson); now and then another number, where that leads nowhere.</summary>
    static Complex Shift(Complex* h, int n, int first, int last, int sweep)
    {
        Complex t = h[last * n + last];
        if (sweep % 20 == 10) return h[first * n + first] + 0.75 * Size(h[(first + 1) * n + first]);
        if (sweep % 20 == 0) return t + 0.75 * Size(h[last * n + last - 1]);
        Complex u = Complex.Sqrt(h[(last - 1) * n + last]) * Complex.Sqrt(h[last * n + last - 1]);
        double s = Size(u);
        if (s == 0) return t;
        Complex x = (h[(last - 1) * n + last - 1] - t) / 2;
        s = Math.Max(s, Size(x));
        Complex y = s * Complex.Sqrt(x / s * (x / s) + u / s * (u / s));
        if (x.Real * y.Real + x.Imaginary * y.Imaginary < 0) y = -y;
        return t - u * (u / (x + y));
    }

    /// <summary>One QR step of the rows from first to last: rotations chase what the first of them makes below the second diagonal.</summary>
    static void Step(Complex* h, Complex* q, int n, int rows, int first, int last, Complex shift)
    {
        Complex x = h[first * n + first] - shift, y = h[(first + 1) * n + first];
        (int above, int behind) = rows > 0 ? (0, n) : (first, last + 1);                                      // values alone need no more than their block
        for (int k = first; k < last; k++)
        {
            Complex* top = h + k * n, next = top + n;
            if (k > first) (x, y) = (top[k - 1], next[k - 1]);
            double length = Lines.Length(x.Real, x.Imaginary), other = Lines.Length(y.Real, y.Imaginary), all = Lines.Length(length, other);
            if (other == 0) continue;
            double c = length / all;
            Complex s = (length == 0 ? Complex.One : x / length) * (Complex.Conjugate(y) / all), mirrored = Complex.Conjugate(s);
            for (int j = Math.Max(k - 1, first); j < behind; j++) (top[j], next[j]) = (c * top[j] + s * next[j], c * next[j] - mirrored * top[j]);
            if (k > first) next[k - 1] = Complex.Zero;
            int end = Math.Min(k + 2, last);
            for (int i = above; i <= end; i++) Turn(h + i * n + k, c, s, mirrored);
            for (int i = 0; i < rows; i++) Turn(q + i * n + k, c, s, mirrored);
        }

        static void Turn(Complex* a, double c, Complex s, Complex mirrored) => (a[0], a[1]) = (c * a[0] + mirrored * a[1], c * a[1] - s * a[0]);
    }

    /// <summary>The eigenvector of a triangle for its j-th value: numbers up to the j-th, by substitution. What would overflow makes all others smaller.</summary>
    public static void Vector(Complex* h, Complex* x, int n, int j)
    {
        Complex value = h[j * n + j];
        double small = Math.Max(Eps * Size(value), Least);
        x[j] = Complex.One;
        for (int i = j - 1; i >= 0; i--)
        {
            Complex gap = h[i * n + i] - value;
            x[i] = -Lines.Dot(h + i * n + i + 1, x + i + 1, j - i) / (Size(gap) < small ? small : gap);
            if (Size(x[i]) is var size && size > Much) Lines.Scale(x + i, 1 / size, j - i + 1);
        }
    }
}
