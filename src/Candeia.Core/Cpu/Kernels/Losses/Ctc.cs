using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// Forward and backward recursions over the states blank, label, blank, label … blank of one sequence, in double precision. An item is a sequence. Where
/// <c>dx</c> is null the losses are written, otherwise they are read as gradients.
/// </summary>
internal readonly unsafe struct Ctc<T>(
    int blank, bool zeroInfinity, int time, int batch, int classes, int most, T* x, long* labels, long* steps, long* counts, T* losses, T* dx) : IWork
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public void Run(int item)
    {
        long length = steps[item], count = counts[item];
        if (length < 0 || length > time) throw new ArgumentOutOfRangeException(null, $"Sequence {item} has {length} steps, but there are {time}.");
        if (count < 0 || count > most) throw new ArgumentOutOfRangeException(null, $"Sequence {item} has {count} labels, but there is room for {most}.");
        long* own = labels + (nint)item * most;
        for (long i = 0; i < count; i++)
            if ((ulong)own[i] >= (ulong)classes || own[i] == blank)
                throw new ArgumentOutOfRangeException(null, $"Sequence {item} has the label {own[i]}, but labels are 0 … {classes - 1} without the blank {blank}.");
        int states = (int)(2 * count + 1);
        using var scratch = Scratch.Rent(checked(((nint)Math.Max(1, length) * states + 2 * states + classes) * sizeof(double)));
        double* alpha = (double*)scratch.Pointer;
        double likelihood = Forward(item, own, (int)length, states, alpha);
        bool skips = zeroInfinity && double.IsNegativeInfinity(likelihood);
        if (dx == null) losses[item] = T.CreateTruncating(skips ? 0 : -likelihood);
        else Backward(item, own, (int)length, states, alpha, likelihood, skips ? 0 : double.CreateTruncating(losses[item]), skips);
    }

    int Class(long* own, int state) => (state & 1) == 0 ? blank : (int)own[state >> 1];

    static bool Skips(long* own, int state) => (state & 1) == 1 && state > 1 && own[state >> 1] != own[(state >> 1) - 1];

    T* At(int item, int t) => x + ((nint)t * batch + item) * classes;

    double Forward(int item, long* own, int length, int states, double* alpha)
    {
        if (length == 0) return states == 1 ? 0 : double.NegativeInfinity;
        T* first = At(item, 0);
        for (int s = 0; s < states; s++) alpha[s] = s < 2 ? double.CreateTruncating(first[Class(own, s)]) : double.NegativeInfinity;
        for (int t = 1; t < length; t++)
        {
            T* now = At(item, t);
            double* before = alpha + (nint)(t - 1) * states, here = before + states;
            for (int s = 0; s < states; s++)
                here[s] = Join(before[s], s > 0 ? before[s - 1] : double.NegativeInfinity, Skips(own, s) ? before[s - 2] : double.NegativeInfinity)
                    + double.CreateTruncating(now[Class(own, s)]);
        }
        double* last = alpha + (nint)(length - 1) * states;
        return Join(last[states - 1], states > 1 ? last[states - 2] : double.NegativeInfinity, double.NegativeInfinity);
    }

    void Backward(int item, long* own, int length, int states, double* alpha, double likelihood, double grad, bool skips)
    {
        double* beta = alpha + (nint)Math.Max(1, length) * states, other = beta + states, sums = other + states;
        for (int t = time - 1; t >= 0; t--)
        {
            T* to = dx + ((nint)t * batch + item) * classes;
            if (t >= length || skips)
            {
                new Span<T>(to, classes).Clear();
                continue;
            }
            T* now = At(item, t);
            for (int c = 0; c < classes; c++) sums[c] = double.NegativeInfinity;
            for (int s = 0; s < states; s++)
            {
                int c = Class(own, s);
                double rest = t == length - 1 ? s >= states - 2 ? 0 : double.NegativeInfinity
                    : Join(beta[s], s + 1 < states ? beta[s + 1] : double.NegativeInfinity, s + 2 < states && Skips(own, s + 2) ? beta[s + 2] : double.NegativeInfinity);
                other[s] = rest + double.CreateTruncating(now[c]);           // the way from here to the end, this step included
                sums[c] = Join(sums[c], alpha[(nint)t * states + s] + rest, double.NegativeInfinity);
            }
            for (int c = 0; c < classes; c++) to[c] = T.CreateTruncating(-OneNumber.Exp(sums[c] - likelihood) * grad);
            double* swap = beta;
            beta = other;
            other = swap;
        }
    }

    /// <summary>log(eᵃ + eᵇ + eᶜ).</summary>
    static double Join(double a, double b, double c)
    {
        double most = Math.Max(a, Math.Max(b, c));
        return double.IsNegativeInfinity(most) ? most : most + OneNumber.Log(OneNumber.Exp(a - most) + OneNumber.Exp(b - most) + OneNumber.Exp(c - most));
    }
}
