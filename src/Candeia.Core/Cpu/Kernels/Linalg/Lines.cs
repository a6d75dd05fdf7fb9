using System.Numerics;

namespace Candeia.Kernels;

/// <summary>What matrix factorizations do with rows: loops over neighbouring numbers, by registers where the type has some.</summary>
internal static unsafe class Lines
{
    const int Short = 8;                                       // below this many numbers a register does not pay

    /// <summary>Σ a·b.</summary>
    public static T Dot<T>(T* a, T* b, nint n) where T : unmanaged, INumberBase<T>
    {
        T sum = T.Zero;
        if (n >= Short && typeof(T) != typeof(Complex)) Simd.Run<T, DotCall>(new(a, b, &sum, n));
        else for (nint i = 0; i < n; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>y += factor·x.</summary>
    public static void Add<T>(T* y, T factor, T* x, nint n) where T : unmanaged, INumberBase<T>
    {
        if (n >= Short && typeof(T) != typeof(Complex)) Simd.Run<T, AddCall>(new(y, &factor, x, n));
        else for (nint i = 0; i < n; i++) y[i] += factor * x[i];
    }

    /// <summary>(x, y) = (c·x + s·y, c·y − s·x).</summary>
    public static void Rotate<T>(T* x, T* y, T c, T s, nint n) where T : unmanaged, INumberBase<T>
    {
        if (n >= Short && typeof(T) != typeof(Complex)) Simd.Run<T, RotateCall>(new(x, y, &c, &s, n));
        else for (nint i = 0; i < n; i++) (x[i], y[i]) = (c * x[i] + s * y[i], c * y[i] - s * x[i]);
    }

    public static void Scale<T>(T* y, T factor, nint n) where T : unmanaged, INumberBase<T>
    {
        for (nint i = 0; i < n; i++) y[i] *= factor;
    }

    public static void Swap<T>(T* x, T* y, nint n) where T : unmanaged
    {
        for (nint i = 0; i < n; i++) (x[i], y[i]) = (y[i], x[i]);
    }

    public static void Clear<T>(T* y, nint n) where T : unmanaged => new Span<T>(y, checked((int)n)).Clear();

    /// <summary>√(x² + y²).</summary>
    public static double Length(double x, double y)
    {
        double square = x * x + y * y;
        return square is > 1e-280 and < 1e300 ? Math.Sqrt(square) : double.Hypot(x, y);
    }

    /// <summary>The Euclidean length, which neither overflows nor vanishes in between.</summary>
    public static T Length<T>(T* x, nint n, nint step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T small = T.CreateTruncating(typeof(T) == typeof(float) ? 1e-25 : 1e-250);
        if (step == 1 && n >= Short && Dot(x, x, n) is var plain && plain > small && plain < T.One / small) return T.Sqrt(plain);
        T largest = T.Zero, sum = T.Zero;
        for (nint i = 0; i < n; i++) largest = T.Max(largest, T.Abs(x[i * step]));
        if (largest == T.Zero || !T.IsFinite(largest)) return largest;
        for (nint i = 0; i < n; i++)
        {
            T part = x[i * step] / largest;
            sum += part * part;
        }
        return largest * T.Sqrt(sum);
    }

    readonly struct DotCall(void* a, void* b, void* sum, nint n) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint lanes = V.Size / V.Element, i = 0;
            byte* x = (byte*)a, y = (byte*)b;
            V s0 = V.Const(0), s1 = s0, s2 = s0, s3 = s0;
            for (; i + 4 * lanes <= n; i += 4 * lanes, x += 4 * V.Size, y += 4 * V.Size)
            {
                s0 = V.Fma(V.Load(x), V.Load(y), s0);
                s1 = V.Fma(V.Load(x + V.Size), V.Load(y + V.Size), s1);
                s2 = V.Fma(V.Load(x + 2 * V.Size), V.Load(y + 2 * V.Size), s2);
                s3 = V.Fma(V.Load(x + 3 * V.Size), V.Load(y + 3 * V.Size), s3);
            }
            for (; i + lanes <= n; i += lanes, x += V.Size, y += V.Size) s0 = V.Fma(V.Load(x), V.Load(y), s0);
            if (i < n) s1 = V.Fma(V.LoadPart(x, (int)(n - i)), V.LoadPart(y, (int)(n - i)), s1);
            double total = V.Sum(s0 + s1 + (s2 + s3));
            if (V.Element == 4) *(float*)sum = (float)total;
            else *(double*)sum = total;
        }
    }

    readonly struct AddCall(void* y, void* factor, void* x, nint n) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint lanes = V.Size / V.Element, i = 0;
            byte* from = (byte*)x, to = (byte*)y;
            V f = V.Splat((byte*)factor);
            for (; i + lanes <= n; i += lanes, from += V.Size, to += V.Size) V.Fma(f, V.Load(from), V.Load(to)).Store(to);
            if (i == n) return;
            int rest = (int)(n - i);
            V.Fma(f, V.LoadPart(from, rest), V.LoadPart(to, rest)).StorePart(to, rest);
        }
    }

    readonly struct RotateCall(void* x, void* y, void* c, void* s, nint n) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint lanes = V.Size / V.Element, i = 0;
            byte* p = (byte*)x, q = (byte*)y;
            V cosine = V.Splat((byte*)c), sine = V.Splat((byte*)s);
            for (; i + lanes <= n; i += lanes, p += V.Size, q += V.Size)
            {
                V a = V.Load(p), b = V.Load(q);
                V.Fma(cosine, a, sine * b).Store(p);
                (cosine * b - sine * a).Store(q);
            }
            if (i == n) return;
            int rest = (int)(n - i);
            V last = V.LoadPart(p, rest), other = V.LoadPart(q, rest);
            V.Fma(cosine, last, sine * other).StorePart(p, rest);
            (cosine * other - sine * last).StorePart(q, rest);
        }
    }
}
