namespace Candeia.Kernels;

/// <summary>How a transform's plan, that of complex numbers, is used: by itself, for the first half of a spectrum, for all of it, or back from the first half.</summary>
internal enum FftKind { Complex, Half, Whole, Back }

/// <summary>
/// The transforms of sequences of n numbers, eight sequences at a time, on all threads; a long one by itself (<see cref="FftLong"/>). Real ones cost half of
/// complex ones where n is even.
/// </summary>
internal readonly unsafe struct FftLines<T>(FftSide<T> x, FftSide<T> y, int n, nint lines, FftKind kind, bool inverse, double scale, double[] turns) : IRangeWork
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    const nint Lanes = 8, Grain = 1 << 14;

    /// <summary>Whether two real numbers go as one complex one.</summary>
    bool InHalves => kind != FftKind.Complex && n % 2 == 0;

    /// <summary>How many complex numbers are transformed, are read, and are written as they are.</summary>
    nint Length => InHalves ? n / 2 : n;

    nint Given => kind == FftKind.Back ? n / 2 + 1 : Length;

    nint Made => kind is FftKind.Half or FftKind.Whole ? n / 2 + 1 : Length;

    public void Run()
    {
        var plan = FftPlan.Of((int)Length);
        if (FftLong.Takes(plan, lines)) for (nint i = 0; i < lines; i++) Long(i, plan);
        else Workers.Split((lines + Lanes - 1) / Lanes, Math.Max(1, Grain / (Lanes * plan.Size)), this);
    }

    public void Run(nint from, nint to)
    {
        var plan = FftPlan.Of((int)Length);
        nint size = (plan.Size + 1) * Lanes;
        using var scratch = Scratch.Rent(4 * size * sizeof(double));
        for (nint group = from; group < to; group++)
        {
            double* re = (double*)scratch.Pointer, im = re + size, re2 = im + size, im2 = re2 + size;
            nint line = group * Lanes, s = Math.Min(Lanes, lines - line);
            x.Read(line, s, 0, Given, re, im);
            if (kind == FftKind.Back) Before(re, im, s, 0, Pairs);
            if (inverse) plan.Run(ref im, ref re, ref im2, ref re2, s);
            else plan.Run(ref re, ref im, ref re2, ref im2, s);
            if (InHalves && kind != FftKind.Back) Halves(re, im, s, 0, Pairs);
            Write(line, s, 0, Made, re, im);
        }
    }

    nint Pairs => InHalves ? FftHalves.Pairs(Length) : n / 2 + 1;

    /// <summary>What is transformed, of the first half of a spectrum.</summary>
    void Before(double* re, double* im, nint s, nint from, nint to)
    {
        if (InHalves) Halves(re, im, s, from, to);
        else
            for (nint k = from; k < to; k++)
                for (nint i = 0; i < s; i++)
                {
                    if (k == 0) im[i] = 0;
                    else (re[(n - k) * s + i], im[(n - k) * s + i]) = (re[k * s + i], -im[k * s + i]);
                }
    }

    void Halves(double* re, double* im, nint s, nint from, nint to)
    {
        fixed (double* t = turns) FftPlan.Widest(s, new FftHalves(re, im, Length, s, from, to, kind == FftKind.Back, t));
    }

    void Write(nint line, nint s, nint from, nint to, double* re, double* im)
    {
        y.Write(line, s, from, to, re, im, scale);
        if (kind == FftKind.Whole && Math.Min(to, (n + 1) / 2) is var end && Math.Max(1, from) is var first && first < end)
            y.Write(line, s, first, end, re, im, scale, mirrored: n);
    }

    void Long(nint line, FftPlan plan)
    {
        nint size = Length + 8;
        using var scratch = Scratch.Rent(4 * size * sizeof(double));
        double* re = (double*)scratch.Pointer, im = re + size, re2 = im + size, im2 = re2 + size;
        Workers.Split(Given, Grain, new Part(this, Step.Read, line, re, im));
        if (kind == FftKind.Back) Workers.Split(Pairs, Grain, new Part(this, Step.Before, line, re, im));
        if (inverse) FftLong.Run(plan, im, re, im2, re2);
        else FftLong.Run(plan, re, im, re2, im2);
        if (InHalves && kind != FftKind.Back) Workers.Split(Pairs, Grain, new Part(this, Step.After, line, re, im));
        Workers.Split(Made, Grain, new Part(this, Step.Write, line, re, im));
    }

    enum Step { Read, Before, After, Write }

    /// <summary>Some elements of a long sequence, or some pairs of them.</summary>
    readonly struct Part(FftLines<T> all, Step step, nint line, double* re, double* im) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            if (step == Step.Read) all.Read(line, from, to, re, im);
            else if (step == Step.Before) all.Before(re, im, 1, from, to);
            else if (step == Step.After) all.Halves(re, im, 1, from, to);
            else all.Write(line, 1, from, to, re, im);
        }
    }

    void Read(nint line, nint from, nint to, double* re, double* im) => x.Read(line, 1, from, to, re, im);
}
