using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix: reflections make it tridiagonal, implicit QL iterations diagonal (EISPACK's tred2 and tql2). Input: A, of
/// which the lower triangle counts. Results: eigenvalues, rising; whether the iteration came to no end; eigenvectors as columns, if there are so many.
/// </summary>
internal readonly unsafe struct EighKernel(bool upper) : IRealKernel
{
    const int Sweeps = 60;
    const nint Large = 1 << 15;                                // elements of a matrix that is worth all threads

    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint n = m[0].Rows;
        bool vectors = m.Length > 3;
        using var one = Scratch.Rent(n * n * sizeof(T));
        using var two = Scratch.Rent(3 * n * sizeof(T));
        using var three = Scratch.Rent(2 * (n + 1) * sizeof(double));
        T* a = (T*)one.Pointer, tau = (T*)two.Pointer;
        double* d = (double*)three.Pointer, e = d + n + 1;
        if (upper) m[0].TransposeTo(a, n);
        else m[0].CopyTo(a, n);
        for (nint i = 0; i < n; i++)
            for (nint j = i + 1; j < n; j++) a[i * n + j] = a[j * n + i];
        Tridiagonalize(a, n, tau, tau + n, tau + 2 * n);
        for (nint i = 0; i < n; i++)
        {
            d[i] = double.CreateTruncating(a[i * n + i]);
            e[i] = i + 1 < n ? double.CreateTruncating(a[i * n + i + 1]) : 0;
        }
        T* z = vectors ? m[3].At<T>() : null;
        if (vectors)
        {
            Reflectors.Form(a, 1, n, 1, tau, n - 1, n, z, n, n);
            Products.Transpose(z, n, n);
        }
        *m[2].At<int>() = Diagonalize(d, e, n, new Rotations<T>(z, n, n)) ? 0 : 1;
        Sort(d, n, z, a, m[1].At<T>());
    }

    /// <summary>Leaves the diagonal, what is beside it in the rows, and behind that the reflections. The symmetric matrix is kept whole, so that every loop runs along rows.</summary>
    static void Tridiagonalize<T>(T* a, nint n, T* tau, T* v, T* w) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        for (nint k = 0; k + 2 < n; k++)
        {
            nint rest = n - k - 1;
            T* x = a + k * n + k + 1;
            T t = tau[k] = Reflectors.Make(x, rest, 1);
            if (t == T.Zero) continue;
            v[0] = T.One;
            for (nint i = 1; i < rest; i++) v[i] = x[i];
            T* block = a + (k + 1) * (n + 1);
            Rows(new Products<T>(block, n, v, w, rest, t));
            Lines.Add(w, -half * t * Lines.Dot(w, v, rest), v, rest);
            Rows(new Updates<T>(block, n, v, w, rest));
        }
        if (n >= 2) tau[n - 2] = T.Zero;

        void Rows<TWork>(TWork work) where TWork : struct, IRowWork
        {
            if (work.Count * work.Count < Large) work.Run(0, work.Count);
            else Workers.Split(work.Count, Math.Max(1, Large / 2 / work.Count), work);
        }
    }

    interface IRowWork : IRangeWork
    {
        nint Count { get; }
    }

    /// <summary>w = τ·A·v.</summary>
    readonly struct Products<T>(T* a, nint row, T* v, T* w, nint n, T tau) : IRowWork where T : unmanaged, IFloatingPointIeee754<T>
    {
        public nint Count => n;

        public void Run(nint from, nint to)
        {
            for (nint i = from; i < to; i++) w[i] = tau * Lines.Dot(a + i * row, v, n);
        }
    }

    /// <summary>A −= v·wᵀ + w·vᵀ.</summary>
    readonly struct Updates<T>(T* a, nint row, T* v, T* w, nint n) : IRowWork where T : unmanaged, IFloatingPointIeee754<T>
    {
        public nint Count => n;

        public void Run(nint from, nint to)
        {
            for (nint i = from; i < to; i++)
            {
                Lines.Add(a + i * row, -v[i], w, n);
                Lines.Add(a + i * row, -w[i], v, n);
            }
        }
    }

    static bool Diagonalize<T>(double* d, double* e, nint n, Rotations<T> z) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double eps = typeof(T) == typeof(float) ? 1e-9 : double.BitIncrement(1) - 1;
        for (nint l = 0; l < n; l++)
        {
            for (int sweep = 0; ; sweep++)
            {
                nint m = l;
                while (m + 1 < n && !(Math.Abs(e[m]) <= eps * (Math.Abs(d[m]) + Math.Abs(d[m + 1])) || Math.Abs(e[m]) < double.Epsilon / eps)) m++;
                if (m == l) break;
                if (sweep == Sweeps) return false;
                Sweep(d, e, l, m, z);
            }
        }
        z.Finish();
        return true;
    }

    static void Sweep<T>(double* d, double* e, nint l, nint m, Rotations<T> z) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double g = (d[l + 1] - d[l]) / (2 * e[l]), r = double.Hypot(g, 1);
        g = d[m] - d[l] + e[l] / (g + Math.CopySign(r, g));
        double s = 1, c = 1, p = 0;
        for (nint i = m - 1; i >= l; i--)
        {
            double f = s * e[i], b = c * e[i];
            e[i + 1] = r = double.Hypot(f, g);
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }
            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            d[i + 1] = g + (p = s * r);
            g = c * r - b;
            z.Add(i + 1, i, c, s);
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    static void Sort<T>(double* d, nint n, T* z, T* spare, T* values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var keys = new double[n];
        var order = new int[n];
        for (int i = 0; i < n; i++) (keys[i], order[i]) = (d[i], i);
        Array.Sort(keys, order);
        for (nint i = 0; i < n; i++) values[i] = T.CreateTruncating(keys[i]);
        if (z == null) return;
        new ReadOnlySpan<T>(z, checked((int)(n * n))).CopyTo(new Span<T>(spare, (int)(n * n)));
        for (nint i = 0; i < n; i++)
            for (nint j = 0; j < n; j++) z[i * n + j] = spare[order[j] * n + i];
    }
}
