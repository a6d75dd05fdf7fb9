using System.Collections.Concurrent;

namespace Candeia.Kernels;

/// <summary>
/// The discrete Fourier transform of one length: Stockham's steps of radix 4, 2 and small primes, or Bluestein's convolution where a prime factor is large. Real
/// and imaginary parts lie apart, several transforms side by side: element k of transform i at k·s + i. So all loops run over neighbours, by registers.
/// </summary>
internal sealed unsafe class FftPlan
{
    const int LargestPrime = 31, MostKept = 1 << 22;
    static readonly ConcurrentDictionary<int, FftPlan> s_kept = new();
    static readonly ConcurrentDictionary<int, double[]> s_turns = new();
    static long s_keptLength;

    readonly int[] _radices;
    double[]? _table;                                          // cosines and then sines of 2πk / n, when they are needed first; pinned
    readonly FftPlan? _inner;                                  // of Bluestein's convolution
    readonly double[]? _chirpCos, _chirpSin, _filterRe, _filterIm;

    FftPlan(int n)
    {
        Length = n;
        _radices = Factors(n);
        bool plain = _radices.Length == 0 || _radices.Max() <= LargestPrime;
        Size = plain ? n : 1 << System.Numerics.BitOperations.Log2((uint)(2 * n - 1)) + 1;
        if (plain) return;
        _inner = Of(Size);
        (_chirpCos, _chirpSin, _filterRe, _filterIm) = (Pinned(n), Pinned(n), Pinned(Size), Pinned(Size));
        for (long k = 0; k < n; k++) (_chirpSin[k], _chirpCos[k]) = SinCos(k * k % (2L * n), 2L * n);
        for (int k = 0; k < n; k++)
        {
            _filterRe[k] = _filterRe[(Size - k) % Size] = _chirpCos[k] / Size;
            _filterIm[k] = _filterIm[(Size - k) % Size] = _chirpSin[k] / Size;
        }
        double[] re2 = Pinned(Size), im2 = Pinned(Size);
        fixed (double* a = _filterRe, b = _filterIm, c = re2, d = im2)
        {
            double* re = a, im = b, otherRe = c, otherIm = d;
            _inner.Run(ref re, ref im, ref otherRe, ref otherIm, 1);
            if (re != a) (_filterRe, _filterIm) = (re2, im2);
        }
    }

    public int Length { get; }

    /// <summary>How many elements of each buffer a transform needs.</summary>
    public int Size { get; }

    /// <summary>Whether the steps are those of a composite number, which can be divided further.</summary>
    public bool IsPlain => _inner is null;

    public ReadOnlySpan<int> Radices => _radices;

    /// <summary>The plan of a length, made once; when those that are kept grow too large they are forgotten.</summary>
    public static FftPlan Of(int n)
    {
        if (s_kept.TryGetValue(n, out var plan)) return plan;
        plan = new FftPlan(n);
        if (Interlocked.Add(ref s_keptLength, plan.Size) > MostKept)
        {
            s_kept.Clear();
            Interlocked.Exchange(ref s_keptLength, plan.Size);
        }
        return s_kept[n] = plan;
    }

    /// <summary>Cosines and sines of 2πk / n for k up to n / 4, two numbers each, made once.</summary>
    public static double[] Turns(int n)
    {
        if (s_turns.TryGetValue(n, out double[]? known)) return known;
        var turns = new double[2 * (n / 4 + 1)];
        for (int k = 0; k <= n / 4; k++) (turns[2 * k + 1], turns[2 * k]) = SinCos(k, n);
        if (s_turns.Count >= 16) s_turns.Clear();
        return s_turns[n] = turns;
    }

    static double[] Table(int n)
    {
        double[] table = Pinned(2 * n);
        for (int k = 0; k < n; k++) (table[n + k], table[k]) = SinCos(k, n);
        return table;
    }

    static double[] Pinned(int n) => GC.AllocateArray<double>(n, pinned: true);

    /// <summary>Sine and cosine of 2πk / n, by eighths of the circle, so that all are exact to the last place.</summary>
    public static (double Sin, double Cos) SinCos(long k, long n)
    {
        long eighth = 8 * k / n;
        double angle = 2 * Math.PI * (k - (double)((eighth + 1) / 2 * n) / 4) / n;          // from the nearest quarter
        var (s, c) = Math.SinCos(angle);
        return ((eighth + 1) / 2 % 4) switch { 0 => (s, c), 1 => (c, -s), 2 => (-s, -c), _ => (-c, s) };
    }

    static int[] Factors(int n)
    {
        List<int> found = [];
        for (; n % 4 == 0; n /= 4) found.Add(4);
        for (int p = 2; n > 1; p++)
        {
            if ((long)p * p > n) p = n;
            for (; n % p == 0; n /= p) found.Add(p);
        }
        return [.. found];
    }

    /// <summary>Transforms s sequences; the result is in the first two buffers, which may have changed places with the others. The inverse exchanges re and im.</summary>
    public void Run(ref double* re, ref double* im, ref double* re2, ref double* im2, nint s)
    {
        if (_inner is not null)
        {
            Convolve(_inner, ref re, ref im, ref re2, ref im2, s);
            return;
        }
        int rest = Length;
        nint stride = s;
        double* table = Pointer(_table ??= Table(Length));
        foreach (int radix in _radices)
        {
            var step = new FftStep(re, im, re2, im2, radix, rest, stride, Length, table, table + Length);
            Widest(stride, step);
            Exchange(ref re, ref re2);
            Exchange(ref im, ref im2);
            rest /= radix;
            stride *= radix;
        }
        GC.KeepAlive(this);                                    // its table
    }

    /// <summary>Runs a call with the widest registers that a row of s numbers fills.</summary>
    internal static void Widest<TCall>(nint s, in TCall call) where TCall : struct, ISimdCall
    {
        if (s >= 8 && s % 8 == 0) Simd.Run<double, TCall>(call);
        else if (s >= 4 && s % 4 == 0 && Simd.Bits >= 256) call.Run<V256<double>>();
        else call.Run<V1<double>>();
    }

    internal static void Exchange(ref double* a, ref double* b)
    {
        double* c = a;
        a = b;
        b = c;
    }

    static double* Pointer(double[] pinned) => (double*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(pinned));

    void Convolve(FftPlan inner, ref double* re, ref double* im, ref double* re2, ref double* im2, nint s)
    {
        Multiply(re, im, _chirpCos!, _chirpSin!, -1, Length, s);
        Lines.Clear(re + Length * s, (Size - Length) * s);
        Lines.Clear(im + Length * s, (Size - Length) * s);
        inner.Run(ref re, ref im, ref re2, ref im2, s);
        Multiply(re, im, _filterRe!, _filterIm!, 1, Size, s);
        inner.Run(ref im, ref re, ref im2, ref re2, s);
        Multiply(re, im, _chirpCos!, _chirpSin!, -1, Length, s);
    }

    static void Multiply(double* re, double* im, double[] c, double[] d, int sign, int n, nint s)
    {
        for (int k = 0; k < n; k++)
        {
            double cos = c[k], sin = sign * d[k];
            for (nint i = k * s; i < (k + 1) * s; i++) (re[i], im[i]) = (re[i] * cos - im[i] * sin, re[i] * sin + im[i] * cos);
        }
    }
}
