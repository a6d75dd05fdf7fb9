using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix: reflections make it tridiagonal, implicit QL iterations diagonal (EISPACK's tred2 and tql2). Input: A, of
/// which the lower triangle counts. Results: eigenvalues, rising; whether the iteration came to no end; eigenvectors as columns, if there are so many.
/// </summary>
internal readonly unsafe struct EighKernel(bool upper) : IRealKernel
{
    const int Sweeps = 60, Patient = 30;
    const nint Large = 1 << 15;                                // elements of a matrix that is worth all threads

    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint n = m[0].Rows;
        bool vectors = m.Length > 3;
        using var one = Scratch.Rent(n * n * sizeof(T));
        using var two = Scratch.Rent(5 * n * sizeof(T));
        using var three = Scratch.Rent(2 * (n + 1) * sizeof(double));
        T* a = (T*)one.Pointer, tau = (T*)two.Pointer;
        double* d = (double*)three.Pointer, e = d + n + 1;
        if (upper) m[0].TransposeTo(a, n);
        else m[0].CopyTo(a, n);
        for (nint i = 0; i < n; i++)
            for (nint j = i + 1; j < n; j++) a[i * n + j] = a[j * n + i];
        Tridiagonalize(a, n, tau, tau + n, tau + 2 * n, tau + 3 * n);
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
        using var rotations = Rotations<T>.Of(z, n, n);
        *m[2].At<int>() = Diagonalize(d, e, n, rotations) ? 0 : 1;
        Sort(d, n, z, a, m[1].At<T>());
    }

    /// <summary>
    /// Leaves the diagonal, what is beside it in the rows, and behind that the reflections. The symmetric matrix is kept whole, so that every loop runs along rows,
    /// and one pass over them subtracts what a reflection changes and multiplies by the vector of the next.
    /// </summary>
    static void Tridiagonalize<T>(T* a, nint n, T* tau, T* v, T* w, T* next) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T half = T.CreateTruncating(0.5);
        Lines.Clear(v, n);
        Lines.Clear(w, n);
        for (nint k = 0; k + 2 < n; k++)
        {
            nint rest = n - k - 1;
            T* x = a + k * n + k + 1, block = a + (k + 1) * (n + 1);
            if (k > 0)                                         // row k is the first of those that the last reflection changes
            {
                Lines.Add(x - 1, -v[0], w, rest + 1);
                Lines.Add(x - 1, -w[0], v, rest + 1);
                v++;
                w++;
            }
            T t = tau[k] = Reflectors.Make(x, rest, 1);
            next[0] = T.One;
            for (nint i = 1; i < rest; i++) next[i] = x[i];
            var pass = new Pass<T>(block, n, v, w, next, next + n, rest);
            if (rest * rest < Large) pass.Run(0, rest);
            else Workers.Split(rest, Math.Max(1, Large / 2 / rest), pass);
            for (nint i = 0; i < rest; i++) (v[i], w[i]) = (next[i], next[i + n] * t);
            Lines.Add(w, -half * t * Lines.Dot(w, v, rest), v, rest);
        }
        if (n < 2) return;
        tau[n - 2] = T.Zero;
        if (n == 2) return;
        for (nint i = 0; i < 2; i++)
        {
            T* last = a + (n - 2 + i) * n + n - 2;
            Lines.Add(last, -v[i], w, 2);
            Lines.Add(last, -w[i], v, 2);
        }
    }

    /// <summary>A −= v·wᵀ + w·vᵀ, and then y = A·x.</summary>
    readonly struct Pass<T>(T* a, nint row, T* v, T* w, T* x, T* y, nint n) : IRangeWork where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(nint from, nint to) => Simd.Run<T, RankTwo>(new(a, row, v, w, x, y, n, from, to));
    }

    static bool Diagonalize<T>(double* d, double* e, nint n, Rotations<T> z) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double eps = typeof(T) == typeof(float) ? 1e-9 : double.BitIncrement(1) - 1;
        double largest = 0;
        for (nint i = 0; i < n; i++) largest = Math.Max(largest, Math.Abs(d[i]) + Math.Abs(e[i]));
        for (nint l = 0; l < n; l++)
        {
            for (int sweep = 0; ; sweep++)
            {
                nint m = l;
                double near = sweep < Patient ? 0 : largest;   // what is small beside the whole matrix need not converge beside its neighbours
                while (m + 1 < n && !(Math.Abs(e[m]) <= eps * Math.Max(near, Math.Abs(d[m]) + Math.Abs(d[m + 1]))
                    || Math.Abs(e[m]) < double.Epsilon / eps)) m++;
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
        double g = (d[l + 1] - d[l]) / (2 * e[l]), r = Lines.Length(g, 1);
        g = d[m] - d[l] + e[l] / (g + Math.CopySign(r, g));
        double s = 1, c = 1, p = 0;
        for (nint i = m - 1; i >= l; i--)
        {
            double f = s * e[i], b = c * e[i];
            e[i + 1] = r = Lines.Length(f, g);
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
        using var scratch = Scratch.Rent(n * (sizeof(double) + sizeof(int)));
        double* keys = (double*)scratch.Pointer;
        int* order = (int*)(keys + n);
        for (int i = 0; i < n; i++) (keys[i], order[i]) = (d[i], i);
        MemoryExtensions.Sort(new Span<double>(keys, (int)n), new Span<int>(order, (int)n));
        for (nint i = 0; i < n; i++) values[i] = T.CreateTruncating(keys[i]);
        if (z == null) return;
        new ReadOnlySpan<T>(z, checked((int)(n * n))).CopyTo(new Span<T>(spare, (int)(n * n)));
        for (nint j = 0; j < n; j++) new ReadOnlySpan<T>(spare + order[j] * n, (int)n).CopyTo(new Span<T>(z + j * n, (int)n));
        Products.Transpose(z, n, n);
    }
}
