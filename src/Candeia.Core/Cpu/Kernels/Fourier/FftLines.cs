using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Where the sequences of a tensor begin, from its first element, and how far apart their elements are, in numbers.</summary>
internal readonly struct FftPlaces(Layout layout, int dim)
{
    public readonly nint Step = layout.Shape.Rank == 0 ? 1 : (nint)layout.Strides[dim];

    public nint At(nint line)
    {
        long at = 0;
        for (int d = layout.Shape.Rank - 1; d >= 0; d--)
        {
            if (d == dim) continue;
            (line, nint index) = Math.DivRem(line, layout.Shape[d]);
            at += index * layout.Strides[d];
        }
        return (nint)at;
    }
}

/// <summary>How sequences come into the buffers of a plan, and how they leave: as complex numbers, or as real ones in half the work.</summary>
internal interface IFftEnds
{
    /// <summary>Fills element k of sequence i at k·s + i.</summary>
    unsafe void Read(nint line, double* re, double* im, nint s);

    unsafe void Write(nint line, double* re, double* im, nint s);
}

/// <summary>Complex sequences in and out.</summary>
internal readonly unsafe struct ComplexEnds(Complex* x, FftPlaces from, Complex* y, FftPlaces to, int n, double scale) : IFftEnds
{
    public void Read(nint line, double* re, double* im, nint s)
    {
        Complex* at = x + from.At(line);
        for (nint k = 0; k < n; k++, at += from.Step) (re[k * s], im[k * s]) = (at->Real, at->Imaginary);
    }

    public void Write(nint line, double* re, double* im, nint s)
    {
        Complex* at = y + to.At(line);
        for (nint k = 0; k < n; k++, at += to.Step) *at = new(re[k * s] * scale, im[k * s] * scale);
    }
}

/// <summary>Real sequences in, the first half of the spectrum out. An even number n of them is transformed as n / 2 complex ones.</summary>
internal readonly unsafe struct RealEnds<T>(T* x, FftPlaces from, Complex* y, FftPlaces to, int n, double scale, double[] turns) : IFftEnds where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Read(nint line, double* re, double* im, nint s)
    {
        T* at = x + from.At(line);
        bool even = n % 2 == 0;
        for (nint k = 0, half = even ? n / 2 : n; k < half; k++, at += even ? 2 * from.Step : from.Step)
            (re[k * s], im[k * s]) = (double.CreateTruncating(*at), even ? double.CreateTruncating(at[from.Step]) : 0);
    }

    public void Write(nint line, double* re, double* im, nint s)
    {
        Complex* at = y + to.At(line);
        int half = n / 2;
        for (nint k = 0; k <= half; k++, at += to.Step)
        {
            if (n % 2 != 0)
            {
                *at = new(re[k * s] * scale, im[k * s] * scale);
                continue;
            }
            nint p = k == half ? 0 : k, q = k == 0 ? 0 : half - k;           // Z[k] and the conjugate of Z[n/2 − k]
            double zr = re[p * s], zi = im[p * s], wr = re[q * s], wi = -im[q * s], er = (zr + wr) / 2, ei = (zi + wi) / 2, or = (zi - wi) / 2, oi = (wr - zr) / 2;
            double cos = turns[2 * k], sin = turns[2 * k + 1];
            *at = new((er + or * cos + oi * sin) * scale, (ei + oi * cos - or * sin) * scale);
        }
    }
}

/// <summary>The first half of a spectrum in, real sequences out; the parts of it that no real sequence has are not read.</summary>
internal readonly unsafe struct HalfEnds<T>(Complex* x, FftPlaces from, T* y, FftPlaces to, int n, double scale, double[] turns) : IFftEnds where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Read(nint line, double* re, double* im, nint s)
    {
        Complex* at = x + from.At(line);
        int half = n / 2;
        if (n % 2 != 0)
        {
            (re[0], im[0]) = (at->Real, 0);
            for (nint k = 1; k <= half; k++)
            {
                Complex z = at[k * from.Step];
                (re[k * s], im[k * s]) = (z.Real, z.Imaginary);
                (re[(n - k) * s], im[(n - k) * s]) = (z.Real, -z.Imaginary);
            }
            return;
        }
        for (nint k = 0; k < half; k++)
        {
            Complex z = at[k * from.Step], w = at[(half - k) * from.Step];
            if (k == 0) (z, w) = (z.Real, w.Real);
            double er = z.Real + w.Real, ei = z.Imaginary - w.Imaginary, dr = z.Real - w.Real, di = z.Imaginary + w.Imaginary;
            double cos = turns[2 * k], sin = turns[2 * k + 1];
            (re[k * s], im[k * s]) = (er - (dr * sin + di * cos), ei + (dr * cos - di * sin));
        }
    }

    public void Write(nint line, double* re, double* im, nint s)
    {
        T* at = y + to.At(line);
        if (n % 2 != 0) for (nint k = 0; k < n; k++) at[k * to.Step] = T.CreateTruncating(re[k * s] * scale);
        else for (nint k = 0; k < n / 2; k++) (at[2 * k * to.Step], at[(2 * k + 1) * to.Step]) = (T.CreateTruncating(re[k * s] * scale), T.CreateTruncating(im[k * s] * scale));
    }
}

/// <summary>Sequences, eight at a time, on all threads; a long one by itself is cut into two dimensions, which all threads share (Bailey, "FFTs in external or hierarchical memory", 1990).</summary>
internal readonly unsafe struct FftLines<TEnds>(TEnds ends, FftPlan plan, nint lines, bool inverse) : IRangeWork where TEnds : struct, IFftEnds
{
    const nint Lanes = 8, Long = 1 << 13, Grain = 1 << 14;

    public void Run()
    {
        if (plan.Length == 0) return;
        if (lines < Lanes && plan.IsPlain && plan.Length >= Long && Divide() is > 8 and var first)
            for (nint i = 0; i < lines; i++) LongOne(i, first);
        else Workers.Split((lines + Lanes - 1) / Lanes, Math.Max(1, Grain / (Lanes * plan.Size)), this);
    }

    public void Run(nint from, nint to)
    {
        nint size = plan.Size * Lanes;
        using var scratch = Scratch.Rent(4 * size * sizeof(double));
        for (nint group = from; group < to; group++)
        {
            double* re = (double*)scratch.Pointer, im = re + size, re2 = im + size, im2 = re2 + size;
            nint first = group * Lanes, s = lines - first >= Lanes ? Lanes : lines - first;
            for (nint i = 0; i < s; i++) ends.Read(first + i, re + i, im + i, s);
            if (inverse) plan.Run(ref im, ref re, ref im2, ref re2, s);
            else plan.Run(ref re, ref im, ref re2, ref im2, s);
            for (nint i = 0; i < s; i++) ends.Write(first + i, re + i, im + i, s);
        }
    }

    /// <summary>The product of radices that is nearest to the root of the length.</summary>
    int Divide()
    {
        int first = 1;
        foreach (int radix in plan.Radices) if ((long)first * first * radix <= plan.Length) first *= radix;
        return first;
    }

    void LongOne(nint line, int first)
    {
        nint n = plan.Length;
        using var scratch = Scratch.Rent(4 * n * sizeof(double));
        double* re = (double*)scratch.Pointer, im = re + n, re2 = im + n, im2 = re2 + n;
        ends.Read(line, re, im, 1);
        if (inverse)
        {
            FftPlan.Exchange(ref re, ref im);
            FftPlan.Exchange(ref re2, ref im2);
        }
        int second = (int)(n / first);
        Workers.Split(second, Lanes, new Columns(FftPlan.Of(first), re, im, re2, im2, first, second));
        Workers.Split(first, Lanes, new Rows(FftPlan.Of(second), re2, im2, re, im, first, second));
        if (inverse) FftPlan.Exchange(ref re, ref im);
        ends.Write(line, re, im, 1);
    }

    /// <summary>Transforms of the columns of a matrix, times e^(−2πijk/n).</summary>
    readonly struct Columns(FftPlan plan, double* re, double* im, double* toRe, double* toIm, int first, int second) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            nint s = to - from, size = plan.Size * s;
            using var scratch = Scratch.Rent((4 * size + 4 * Lanes) * sizeof(double));
            double* a = (double*)scratch.Pointer, b = a + size, a2 = b + size, b2 = a2 + size, turn = b2 + size;
            for (nint k = 0; k < first; k++)
                for (nint i = 0; i < s; i++) (a[k * s + i], b[k * s + i]) = (re[k * second + from + i], im[k * second + from + i]);
            plan.Run(ref a, ref b, ref a2, ref b2, s);
            long n = (long)first * second;
            for (nint i = 0; i < s; i++) (turn[i], turn[i + Lanes]) = FftPlan.SinCos(from + i, n);
            for (nint k = 0; k < first; k++)
            {
                bool exact = k % 16 == 0;                                    // in between, by the angle of the step
                for (nint i = 0; i < s; i++)
                {
                    double* sin = turn + 2 * Lanes + i, cos = turn + 3 * Lanes + i;
                    if (exact) (*sin, *cos) = FftPlan.SinCos(k * (from + i), n);
                    else (*sin, *cos) = (*sin * turn[i + Lanes] + *cos * turn[i], *cos * turn[i + Lanes] - *sin * turn[i]);
                    double x = a[k * s + i], y = b[k * s + i];
                    toRe[k * second + from + i] = x * *cos + y * *sin;
                    toIm[k * second + from + i] = y * *cos - x * *sin;
                }
            }
        }
    }

    /// <summary>Transforms of its rows, which become columns.</summary>
    readonly struct Rows(FftPlan plan, double* re, double* im, double* toRe, double* toIm, int first, int second) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            nint s = to - from, size = plan.Size * s;
            using var scratch = Scratch.Rent(4 * size * sizeof(double));
            double* a = (double*)scratch.Pointer, b = a + size, a2 = b + size, b2 = a2 + size;
            for (nint i = 0; i < s; i++)
                for (nint k = 0; k < second; k++) (a[k * s + i], b[k * s + i]) = (re[(from + i) * second + k], im[(from + i) * second + k]);
            plan.Run(ref a, ref b, ref a2, ref b2, s);
            for (nint k = 0; k < second; k++)
                for (nint i = 0; i < s; i++) (toRe[k * first + from + i], toIm[k * first + from + i]) = (a[k * s + i], b[k * s + i]);
        }
    }
}
