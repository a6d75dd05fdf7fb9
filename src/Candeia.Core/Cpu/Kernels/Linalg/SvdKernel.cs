using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Singular values and vectors: reflections from both sides make the matrix bidiagonal, implicit QR iterations diagonal (Golub and Reinsch, 1970, in LINPACK's
/// form). Input: A. Results: singular values, falling; whether the iteration came to no end; U and Vᵀ, if there are so many.
/// </summary>
internal readonly unsafe struct SvdKernel : IRealKernel
{
    public void Run<T>(ReadOnlySpan<Matrix> m) where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool wide = m[0].Rows < m[0].Columns, vectors = m.Length > 3;
        nint rows = Math.Max(m[0].Rows, m[0].Columns), n = Math.Min(m[0].Rows, m[0].Columns);
        nint tall = !vectors ? 0 : wide ? m[4].Rows : m[3].Columns;          // how many of the longer vectors are wanted
        using var one = Scratch.Rent(rows * n * sizeof(T));
        using var two = Scratch.Rent((2 * n + rows) * sizeof(T));
        using var three = Scratch.Rent(2 * (n + 2) * sizeof(double));
        using var four = Scratch.Rent((rows * tall * 2 + n * n) * sizeof(T));
        T* a = (T*)one.Pointer, left = (T*)two.Pointer, right = left + n, line = right + n;
        double* s = (double*)three.Pointer, e = s + n + 2;
        if (wide) m[0].TransposeTo(a, n);
        else m[0].CopyTo(a, n);
        Bidiagonalize(a, rows, n, left, right, line);
        for (nint i = 0; i < n; i++)
        {
            s[i] = double.CreateTruncating(a[i * (n + 1)]);
            e[i] = i + 1 < n ? double.CreateTruncating(a[i * (n + 1) + 1]) : 0;
        }
        T* u = null, v = null;
        if (vectors)
        {
            T* columns = (T*)four.Pointer;
            u = columns + rows * tall;
            v = u + rows * tall;
            Reflectors.Form(a, n, 1, 0, left, n, rows, columns, tall, tall);
            new Matrix(columns, (int)rows, (int)tall, tall, 1).TransposeTo(u, rows);
            Reflectors.Form(a, 1, n, 1, right, Math.Max(0, n - 1), n, v, n, n);
            Products.Transpose(v, n, n);
        }
        using Rotations<T> turnU = Rotations<T>.Of(u, rows, rows), turnV = Rotations<T>.Of(v, n, n);
        *m[2].At<int>() = BidiagonalQr.Diagonalize(s, e, n, typeof(T) == typeof(float) ? 1e-9 : double.BitIncrement(1) - 1, turnU, turnV) ? 0 : 1;
        turnU.Finish();
        turnV.Finish();
        Finish(m, s, n, rows, tall, wide, u, v);
    }

    /// <summary>Leaves the diagonal and what is beside it; below and behind them the reflections from the left and from the right.</summary>
    static void Bidiagonalize<T>(T* a, nint m, nint n, T* left, T* right, T* line) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (nint k = 0; k < n; k++)
        {
            nint rest = n - k - 1;
            T* top = a + k * n + k;
            T tau = left[k] = Reflectors.Make(top, m - k, n);
            right[k] = T.Zero;
            if (rest == 0) continue;
            if (tau != T.Zero)
            {
                new ReadOnlySpan<T>(top + 1, (int)rest).CopyTo(new Span<T>(line, (int)rest));
                for (nint i = k + 1; i < m; i++) Lines.Add(line, a[i * n + k], a + i * n + k + 1, rest);
                Lines.Add(top + 1, -tau, line, rest);
            }
            T other = right[k] = rest > 1 ? Reflectors.Make(top + 1, rest, 1) : T.Zero;
            T beside = top[1];
            top[1] = T.One;
            for (nint i = k + 1; i < m; i++)                                 // both reflections in one pass over the rows
            {
                T* x = a + i * n + k + 1;
                if (tau != T.Zero) Lines.Add(x, -tau * a[i * n + k], line, rest);
                if (other != T.Zero) Lines.Add(x, -other * Lines.Dot(x, top + 1, rest), top + 1, rest);
            }
            top[1] = beside;
        }
    }

    static void Finish<T>(ReadOnlySpan<Matrix> m, double* s, nint n, nint rows, nint tall, bool wide, T* u, T* v) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var scratch = Scratch.Rent(n * (sizeof(double) + sizeof(int)));
        double* keys = (double*)scratch.Pointer;
        int* order = (int*)(keys + n);
        for (int i = 0; i < n; i++) (keys[i], order[i]) = (-Math.Abs(s[i]), i);
        MemoryExtensions.Sort(new Span<double>(keys, (int)n), new Span<int>(order, (int)n));
        T* values = m[1].At<T>();
        for (nint i = 0; i < n; i++) values[i] = T.CreateTruncating(-keys[i]);
        if (u == null) return;
        for (nint i = 0; i < n; i++) if (s[i] < 0) Lines.Scale(v + i * n, -T.One, n);
        T* outU = m[3].At<T>(), outV = m[4].At<T>();
        T* longer = wide ? outV : outU, shorter = wide ? outU : outV;
        for (nint i = 0; i < tall; i++)
        {
            T* from = u + (i < n ? order[i] : i) * rows;
            for (nint j = 0; j < rows; j++) longer[wide ? i * rows + j : j * tall + i] = from[j];
        }
        for (nint i = 0; i < n; i++)
            for (nint j = 0; j < n; j++) shorter[wide ? j * n + i : i * n + j] = v[order[i] * n + j];
    }
}

/// <summary>The singular values of a bidiagonal matrix.</summary>
internal static unsafe class BidiagonalQr
{
    const double Tiny = 1e-290;

    /// <summary>Makes e zero; the rotations that do it are applied to the vectors. Whether it came to an end.</summary>
    public static bool Diagonalize<T>(double* s, double* e, nint n, double eps, Rotations<T> u, Rotations<T> v) where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint p = n;
        for (nint steps = 0; p > 0;)
        {
            if (steps++ > 100 * n + 100) return false;
            nint k = p - 2;
            for (; k >= 0; k--)
            {
                if (!(Math.Abs(e[k]) <= Tiny + eps * (Math.Abs(s[k]) + Math.Abs(s[k + 1])))) continue;
                e[k] = 0;
                break;
            }
            if (k == p - 2)
            {
                p--;
                continue;
            }
            nint zero = p - 1;
            for (; zero > k; zero--)
            {
                double near = (zero != p - 1 ? Math.Abs(e[zero]) : 0) + (zero != k + 1 ? Math.Abs(e[zero - 1]) : 0);
                if (!(Math.Abs(s[zero]) <= Tiny + eps * near)) continue;
                s[zero] = 0;
                break;
            }
            if (zero == k) Step(s, e, k + 1, p, u, v);
            else if (zero == p - 1) Deflate(s, e, k + 1, p, v);
            else Split(s, e, zero + 1, p, u);
        }
        return true;
    }

    static (double C, double S, double R) Rotation(double f, double g)
    {
        double r = Lines.Length(f, g);
        return r == 0 ? (1, 0, 0) : (f / r, g / r, r);
    }

    /// <summary>The last value is zero: so becomes what is beside it.</summary>
    static void Deflate<T>(double* s, double* e, nint k, nint p, Rotations<T> v) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double f = e[p - 2];
        e[p - 2] = 0;
        for (nint j = p - 2; j >= k; j--)
        {
            var (c, t, r) = Rotation(s[j], f);
            s[j] = r;
            if (j != k)
            {
                f = -t * e[j - 1];
                e[j - 1] *= c;
            }
            v.Add(j, p - 1, c, t);
        }
    }

    /// <summary>A value in between is zero: there the matrix falls into two.</summary>
    static void Split<T>(double* s, double* e, nint k, nint p, Rotations<T> u) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double f = e[k - 1];
        e[k - 1] = 0;
        for (nint j = k; j < p; j++)
        {
            var (c, t, r) = Rotation(s[j], f);
            s[j] = r;
            f = -t * e[j];
            e[j] *= c;
            u.Add(j, k - 1, c, t);
        }
    }

    /// <summary>One QR step, shifted by an eigenvalue of the last corner.</summary>
    static void Step<T>(double* s, double* e, nint k, nint p, Rotations<T> u, Rotations<T> v) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double scale = Math.Max(Math.Max(Math.Max(Math.Abs(s[p - 1]), Math.Abs(s[p - 2])), Math.Max(Math.Abs(e[p - 2]), Math.Abs(s[k]))), Math.Abs(e[k]));
        double sp = s[p - 1] / scale, before = s[p - 2] / scale, beside = e[p - 2] / scale, sk = s[k] / scale, ek = e[k] / scale;
        double b = ((before + sp) * (before - sp) + beside * beside) / 2, c = sp * beside * (sp * beside), shift = 0;
        if (b != 0 || c != 0) shift = c / (b + Math.CopySign(Math.Sqrt(b * b + c), b));
        double f = (sk + sp) * (sk - sp) + shift, g = sk * ek;
        for (nint j = k; j < p - 1; j++)
        {
            var (cs, sn, r) = Rotation(f, g);
            if (j != k) e[j - 1] = r;
            f = cs * s[j] + sn * e[j];
            e[j] = cs * e[j] - sn * s[j];
            g = sn * s[j + 1];
            s[j + 1] *= cs;
            v.Add(j, j + 1, cs, sn);
            (cs, sn, r) = Rotation(f, g);
            s[j] = r;
            f = cs * e[j] + sn * s[j + 1];
            s[j + 1] = cs * s[j + 1] - sn * e[j];
            g = sn * e[j + 1];
            e[j + 1] *= cs;
            u.Add(j, j + 1, cs, sn);
        }
        e[p - 2] = f;
    }
}
