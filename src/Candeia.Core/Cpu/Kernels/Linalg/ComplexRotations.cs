using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Eigenvalues, rising, and eigenvectors of Hermitian matrices by Jacobi's rotations: each makes one pair of elements zero, until all are small
/// beside the diagonal. Input: A. Results: values (real), a mark, and vectors as columns, if there are so many.
/// </summary>
/// <param name="upper">Which triangle is read.</param>
internal readonly unsafe struct ComplexEighKernel(bool upper) : IComplexKernel
{
    const int Sweeps = 60;
    const double Least = 2.3e-308;                                           // below it numbers lose digits

    public void Run(ReadOnlySpan<Matrix> m)
    {
        int n = m[0].Rows;
        using var one = Scratch.Rent((nint)2 * n * n * sizeof(Complex));
        Complex* a = (Complex*)one.Pointer, v = a + n * n;
        m[0].CopyTo(a, n);
        for (int i = 0; i < n; i++)
        {
            a[i * n + i] = a[i * n + i].Real;
            for (int j = 0; j < i; j++)
                if (upper) a[i * n + j] = Complex.Conjugate(a[j * n + i]);
                else a[j * n + i] = Complex.Conjugate(a[i * n + j]);
            for (int j = 0; j < n; j++) v[i * n + j] = i == j ? Complex.One : Complex.Zero;
        }
        *m[2].At<int>() = Diagonalize(a, v, n) ? 0 : 1;
        var order = Enumerable.Range(0, n).ToArray();
        double[] values = new double[n];
        for (int i = 0; i < n; i++) values[i] = a[i * n + i].Real;
        Array.Sort(values, order);
        for (int j = 0; j < n; j++)
        {
            m[1].At<double>()[j] = values[j];
            for (int i = 0; i < n && m.Length > 3; i++) m[3].At<Complex>()[i * n + j] = v[i * n + order[j]];
        }
    }

    static bool Diagonalize(Complex* a, Complex* v, int n)
    {
        double small = 0;
        for (int i = 0; i < n * n; i++) small = double.Hypot(small, Complex.Abs(a[i]));
        small = Math.Max(small * 1e-16, Least);                   // beside the whole matrix
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool turned = false;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Complex x = a[p * n + q];
                    double size = Complex.Abs(x), first = a[p * n + p].Real, second = a[q * n + q].Real;
                    if (!double.IsFinite(size)) return false;
                    if (size <= small) continue;
                    turned = true;
                    var turn = Turn.Of(first, second, x, size);
                    for (int i = 0; i < n; i++) turn.Columns(a + i * n, p, q);
                    for (int i = 0; i < n; i++) turn.Rows(a + p * n + i, a + q * n + i);
                    a[p * n + q] = a[q * n + p] = Complex.Zero;
                    for (int i = 0; i < n; i++) turn.Columns(v + i * n, p, q);
                }
            }
            if (!turned) return true;
        }
        return false;
    }
}

/// <summary>A rotation of two columns that makes a Hermitian matrix of them diagonal: [c, s; −s̄, c].</summary>
/// <param name="Cosine">c.</param>
/// <param name="Sine">s, with the phase of the element that becomes zero.</param>
internal readonly unsafe record struct Turn(double Cosine, Complex Sine)
{
    /// <summary>For [first, x; x̄, second].</summary>
    public static Turn Of(double first, double second, Complex x, double size)
    {
        double ratio = (second - first) / (2 * size), tangent = Math.CopySign(1, ratio) / (Math.Abs(ratio) + double.Hypot(1, ratio));
        double cosine = 1 / double.Hypot(1, tangent);
        return new(cosine, x / size * (tangent * cosine));
    }

    /// <summary>Elements p and q of a row.</summary>
    public void Columns(Complex* row, int p, int q)
    {
        Complex a = row[p], b = row[q];
        row[p] = Cosine * a - Complex.Conjugate(Sine) * b;
        row[q] = Sine * a + Cosine * b;
    }

    /// <summary>The adjoint, for elements of two rows.</summary>
    public void Rows(Complex* p, Complex* q)
    {
        Complex a = *p, b = *q;
        *p = Cosine * a - Sine * b;
        *q = Complex.Conjugate(Sine) * a + Cosine * b;
    }
}

/// <summary>
/// A = U·diag(S)·Vᴴ of complex matrices by one-sided rotations (Hestenes 1958): columns are turned until all are orthogonal; their lengths are S.
/// Input: A.
/// Results: S (real), a mark, and U and Vᴴ, if there are so many.
/// </summary>
internal readonly unsafe struct ComplexSvdKernel : IComplexKernel
{
    const int Sweeps = 60;
    const double Least = 2.3e-308;                                           // below it numbers lose digits

    public void Run(ReadOnlySpan<Matrix> m)
    {
        bool wide = m[0].Columns > m[0].Rows;                                // then of the adjoint, whose U is V
        int rows = Math.Max(m[0].Rows, m[0].Columns), n = Math.Min(m[0].Rows, m[0].Columns);
        using var one = Scratch.Rent(((nint)rows * n + (nint)n * n) * sizeof(Complex));
        Complex* a = (Complex*)one.Pointer, v = a + rows * n;
        if (wide)
        {
            m[0].TransposeTo(a, n);
            for (int i = 0; i < rows * n; i++) a[i] = Complex.Conjugate(a[i]);
        }
        else m[0].CopyTo(a, n);
        for (int i = 0; i < n * n; i++) v[i] = i % (n + 1) == 0 ? Complex.One : Complex.Zero;
        *m[2].At<int>() = Orthogonalize(a, v, rows, n) ? 0 : 1;
        double[] values = new double[n];
        for (int j = 0; j < n; j++) values[j] = -Length(a, rows, n, j);
        int[] order = [.. Enumerable.Range(0, n)];
        Array.Sort(values, order);
        for (int j = 0; j < n; j++) m[1].At<double>()[j] = values[j] = -values[j];
        if (m.Length < 5) return;
        Matrix left = wide ? m[4] : m[3], right = wide ? m[3] : m[4];
        int columns = wide ? left.Rows : left.Columns;
        using var two = Scratch.Rent((nint)rows * columns * sizeof(Complex));
        Complex* u = (Complex*)two.Pointer;
        Complete(a, values, order, rows, n, u, columns);
        Write(u, rows, columns, left, adjoint: wide);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if (wide) right.At<Complex>()[i * right.Row + j] = v[i * n + order[j]];
                else right.At<Complex>()[j * right.Row + i] = Complex.Conjugate(v[i * n + order[j]]);
    }

    static bool Orthogonalize(Complex* a, Complex* v, int rows, int n)
    {
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool turned = false;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    double first = 0, second = 0;
                    Complex x = Complex.Zero;
                    for (int i = 0; i < rows; i++)
                    {
                        Complex b = a[i * n + p], c = a[i * n + q];
                        first += b.Real * b.Real + b.Imaginary * b.Imaginary;
                        second += c.Real * c.Real + c.Imaginary * c.Imaginary;
                        x += Complex.Conjugate(b) * c;
                    }
                    double size = Complex.Abs(x);
                    if (!double.IsFinite(size)) return false;
                    if (size <= 2.2e-16 * Math.Sqrt(rows) * Math.Sqrt(first) * Math.Sqrt(second) || size < Least) continue;
                    turned = true;
                    var turn = Turn.Of(first, second, x, size);
                    for (int i = 0; i < rows; i++) turn.Columns(a + i * n, p, q);
                    for (int i = 0; i < n; i++) turn.Columns(v + i * n, p, q);
                }
            }
            if (!turned) return true;
        }
        return false;
    }

    static double Length(Complex* a, int rows, int n, int column)
    {
        double length = 0;
        for (int i = 0; i < rows; i++) length = double.Hypot(length, Complex.Abs(a[i * n + column]));
        return length;
    }

    /// <summary>Columns of length 1 in their order, and behind them, as in place of those that are zero, others that are orthogonal to all.</summary>
    static void Complete(Complex* a, double[] values, int[] order, int rows, int n, Complex* u, int columns)
    {
        int rank = Array.FindIndex(values, s => !(s > values[0] * 1e-15 * rows));
        if (rank < 0) rank = n;
        using var one = Scratch.Rent((nint)rows * Math.Max(1, rank) * sizeof(Complex));
        using var two = Scratch.Rent(Math.Max(1, rank) * sizeof(Complex));
        Complex* unit = (Complex*)one.Pointer;
        for (int j = 0; j < rank; j++)
            for (int i = 0; i < rows; i++) unit[i * rank + j] = a[i * n + order[j]] / values[j];
        using var three = Scratch.Rent((nint)rows * Math.Max(1, rank) * sizeof(Complex));
        Complex* factors = (Complex*)three.Pointer, tau = (Complex*)two.Pointer;
        new ReadOnlySpan<Complex>(unit, rows * rank).CopyTo(new Span<Complex>(factors, rows * rank));
        ComplexQrKernel.Factor(factors, rows, rank, tau);
        ComplexQrKernel.Form(factors, rows, rank, tau, rank, u, columns);
        for (int j = 0; j < rank; j++)
            for (int i = 0; i < rows; i++) u[i * columns + j] = unit[i * rank + j];
    }

    static void Write(Complex* u, int rows, int columns, Matrix to, bool adjoint)
    {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                if (adjoint) to.At<Complex>()[j * to.Row + i] = Complex.Conjugate(u[i * columns + j]);
                else to.At<Complex>()[i * to.Row + j] = u[i * columns + j];
    }
}
