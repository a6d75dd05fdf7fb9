using System.Numerics;

namespace Candeia.Kernels;

// One algorithm of many steps that share the same matrices: longer than a page, as in EISPACK (hqr2) and JAMA, from whose public text it is written anew.
/// <summary>Francis' double-shift QR iteration on a Hessenberg matrix, and the eigenvectors by substitution.</summary>
internal static unsafe class RealSchur
{
    const int Sweeps = 60;
    static readonly double s_eps = Math.Pow(2, -52);

    /// <summary>Eigenvalues d + i·e from h, eigenvectors in the columns of v, which holds what made h Hessenberg. Whether it came to an end.</summary>
    public static bool Run(double* h, double* v, double* d, double* e, int n)
    {
        double norm = 0, shift = 0;
        for (int i = 0; i < n; i++)
            for (int j = Math.Max(i - 1, 0); j < n; j++) norm += Math.Abs(h[i * n + j]);
        if (!double.IsFinite(norm)) return false;
        for (int last = n - 1, sweep = 0; last >= 0;)
        {
            int l = last;
            for (; l > 0; l--)
            {
                double size = Math.Abs(h[(l - 1) * n + l - 1]) + Math.Abs(h[l * n + l]);
                if (Math.Abs(h[l * n + l - 1]) < s_eps * (size == 0 ? norm : size) || h[l * n + l - 1] == 0) break;
            }
            if (l == last)
            {
                h[last * n + last] += shift;
                (d[last], e[last]) = (h[last * n + last], 0);
                last--;
                sweep = 0;
            }
            else if (l == last - 1)
            {
                Pair(h, v, d, e, n, last, shift);
                last -= 2;
                sweep = 0;
            }
            else if (sweep++ == Sweeps) return false;
            else Sweep(h, v, n, l, last, sweep - 1, ref shift);
        }
        if (norm != 0) Substitute(h, v, d, e, n, norm);
        return true;
    }

    /// <summary>A block of two: real eigenvalues are split off by a rotation.</summary>
    static void Pair(double* h, double* v, double* d, double* e, int n, int last, double shift)
    {
        double w = h[last * n + last - 1] * h[(last - 1) * n + last], p = (h[(last - 1) * n + last - 1] - h[last * n + last]) / 2, q = p * p + w, z = Math.Sqrt(Math.Abs(q));
        h[last * n + last] += shift;
        h[(last - 1) * n + last - 1] += shift;
        double x = h[last * n + last];
        if (q < 0)
        {
            (d[last - 1], d[last], e[last - 1], e[last]) = (x + p, x + p, z, -z);
            return;
        }
        z = p >= 0 ? p + z : p - z;
        (d[last - 1], d[last], e[last - 1], e[last]) = (x + z, z != 0 ? x - w / z : x + z, 0, 0);
        x = h[last * n + last - 1];
        double s = Math.Abs(x) + Math.Abs(z);
        p = x / s;
        q = z / s;
        double r = Math.Sqrt(p * p + q * q);
        p /= r;
        q /= r;
        Lines.Rotate(h + (last - 1) * n + last - 1, h + last * n + last - 1, q, p, n - last + 1);
        for (int i = 0; i <= last; i++) Turn(h + i * n + last - 1, p, q);
        for (int i = 0; i < n; i++) Turn(v + i * n + last - 1, p, q);

        static void Turn(double* x, double p, double q) => (x[0], x[1]) = (q * x[0] + p * x[1], q * x[1] - p * x[0]);
    }

    static void Sweep(double* h, double* v, int n, int l, int last, int sweep, ref double shift)
    {
        double x = h[last * n + last], y = h[(last - 1) * n + last - 1], w = h[last * n + last - 1] * h[(last - 1) * n + last];
        if (sweep is 10 or 30)                                               // shifts that are none of the usual, where those lead nowhere
        {
            shift += x;
            for (int i = 0; i <= last; i++) h[i * n + i] -= x;
            double s = Math.Abs(h[last * n + last - 1]) + Math.Abs(h[(last - 1) * n + last - 2]);
            (x, y, w) = (0.75 * s, 0.75 * s, -0.4375 * s * s);
        }
        int m = last - 2;
        double p = 0, q = 0, r = 0;
        for (; m >= l; m--)
        {
            double z = h[m * n + m], rr = x - z, ss = y - z;
            p = (rr * ss - w) / h[(m + 1) * n + m] + h[m * n + m + 1];
            q = h[(m + 1) * n + m + 1] - z - rr - ss;
            r = h[(m + 2) * n + m + 1];
            double s = Math.Abs(p) + Math.Abs(q) + Math.Abs(r);
            p /= s;
            q /= s;
            r /= s;
            if (m == l) break;
            if (Math.Abs(h[m * n + m - 1]) * (Math.Abs(q) + Math.Abs(r))
                < s_eps * (Math.Abs(p) * (Math.Abs(h[(m - 1) * n + m - 1]) + Math.Abs(z) + Math.Abs(h[(m + 1) * n + m + 1])))) break;
        }
        for (int i = m + 2; i <= last; i++)
        {
            h[i * n + i - 2] = 0;
            if (i > m + 2) h[i * n + i - 3] = 0;
        }
        for (int k = m; k < last; k++)
        {
            bool more = k != last - 1;
            if (k != m)
            {
                (p, q, r) = (h[k * n + k - 1], h[(k + 1) * n + k - 1], more ? h[(k + 2) * n + k - 1] : 0);
                x = Math.Abs(p) + Math.Abs(q) + Math.Abs(r);
                if (x == 0) continue;
                p /= x;
                q /= x;
                r /= x;
            }
            double s = Math.CopySign(Math.Sqrt(p * p + q * q + r * r), p);
            if (s == 0) continue;
            if (k != m) h[k * n + k - 1] = -s * x;
            else if (l != m) h[k * n + k - 1] = -h[k * n + k - 1];
            p += s;
            x = p / s;
            y = q / s;
            double z = r / s;
            q /= p;
            r /= p;
            Rows(h + k * n, n, k, n, more, q, r, x, y, z);
            int end = Math.Min(last, k + 3);
            for (int i = 0; i <= end; i++) Columns(h + i * n + k, more, q, r, x, y, z);
            for (int i = 0; i < n; i++) Columns(v + i * n + k, more, q, r, x, y, z);
        }
    }

    static void Rows(double* top, int n, int from, int to, bool more, double q, double r, double x, double y, double z)
    {
        for (int j = from; j < to; j++)
        {
            double p = top[j] + q * top[n + j];
            if (more)
            {
                p += r * top[2 * n + j];
                top[2 * n + j] -= p * z;
            }
            top[j] -= p * x;
            top[n + j] -= p * y;
        }
    }

    static void Columns(double* a, bool more, double q, double r, double x, double y, double z)
    {
        double p = x * a[0] + y * a[1];
        if (more)
        {
            p += z * a[2];
            a[2] -= p * r;
        }
        a[0] -= p;
        a[1] -= p * q;
    }

    static void Substitute(double* h, double* v, double* d, double* e, int n, double norm)
    {
        for (int last = n - 1; last >= 0; last--)
            if (e[last] == 0) RealVector(h, d, e, n, last, norm);
            else if (e[last] < 0) ComplexVector(h, d, e, n, last, norm);
        using var scratch = Scratch.Rent(n * sizeof(double));
        double* line = (double*)scratch.Pointer;
        for (int i = 0; i < n; i++)
        {
            Lines.Clear(line, n);
            for (int k = 0; k < n; k++) Lines.Add(line + k, v[i * n + k], h + k * n + k, n - k);
            new ReadOnlySpan<double>(line, n).CopyTo(new Span<double>(v + i * n, n));
        }
    }

    static void RealVector(double* h, double* d, double* e, int n, int last, double norm)
    {
        int l = last;
        double z = 0, s = 0, p = d[last];
        h[last * n + last] = 1;
        for (int i = last - 1; i >= 0; i--)
        {
            double w = h[i * n + i] - p, r = 0;
            for (int j = l; j <= last; j++) r += h[i * n + j] * h[j * n + last];
            if (e[i] < 0)
            {
                (z, s) = (w, r);
                continue;
            }
            l = i;
            if (e[i] == 0) h[i * n + last] = w != 0 ? -r / w : -r / (s_eps * norm);
            else
            {
                double x = h[i * n + i + 1], y = h[(i + 1) * n + i], q = (d[i] - p) * (d[i] - p) + e[i] * e[i], t = (x * s - z * r) / q;
                h[i * n + last] = t;
                h[(i + 1) * n + last] = Math.Abs(x) > Math.Abs(z) ? (-r - w * t) / x : (-s - y * t) / z;
            }
            double size = Math.Abs(h[i * n + last]);
            if (s_eps * size * size > 1) for (int j = i; j <= last; j++) h[j * n + last] /= size;
        }
    }

    static void ComplexVector(double* h, double* d, double* e, int n, int last, double norm)
    {
        int l = last - 1;
        double p = d[last], q = e[last], z = 0, r = 0, s = 0;
        Complex first = Math.Abs(h[last * n + last - 1]) > Math.Abs(h[(last - 1) * n + last])
            ? new(q / h[last * n + last - 1], -(h[last * n + last] - p) / h[last * n + last - 1])
            : new Complex(0, -h[(last - 1) * n + last]) / new Complex(h[(last - 1) * n + last - 1] - p, q);
        Set(last - 1, first);
        Set(last, new(0, 1));
        for (int i = last - 2; i >= 0; i--)
        {
            double ra = 0, sa = 0;
            for (int j = l; j <= last; j++)
            {
                ra += h[i * n + j] * h[j * n + last - 1];
                sa += h[i * n + j] * h[j * n + last];
            }
            double w = h[i * n + i] - p;
            if (e[i] < 0)
            {
                (z, r, s) = (w, ra, sa);
                continue;
            }
            l = i;
            if (e[i] == 0) Set(i, new Complex(-ra, -sa) / new Complex(w, q));
            else
            {
                double x = h[i * n + i + 1], y = h[(i + 1) * n + i], vr = (d[i] - p) * (d[i] - p) + e[i] * e[i] - q * q, vi = (d[i] - p) * 2 * q;
                if (vr == 0 && vi == 0) vr = s_eps * norm * (Math.Abs(w) + Math.Abs(q) + Math.Abs(x) + Math.Abs(y) + Math.Abs(z));
                Complex c = new Complex(x * r - z * ra + q * sa, x * s - z * sa - q * ra) / new Complex(vr, vi);
                Set(i, c);
                Set(i + 1, Math.Abs(x) > Math.Abs(z) + Math.Abs(q)
                    ? new((-ra - w * c.Real + q * c.Imaginary) / x, (-sa - w * c.Imaginary - q * c.Real) / x)
                    : new Complex(-r - y * c.Real, -s - y * c.Imaginary) / new Complex(z, q));
            }
            double size = Math.Max(Math.Abs(h[i * n + last - 1]), Math.Abs(h[i * n + last]));
            if (s_eps * size * size <= 1) continue;
            for (int j = i; j <= last; j++)
            {
                h[j * n + last - 1] /= size;
                h[j * n + last] /= size;
            }
        }

        void Set(int i, Complex x) => (h[i * n + last - 1], h[i * n + last]) = (x.Real, x.Imaginary);
    }
}
