using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Where numbers lie: what a kernel asks before it takes a short way that holds for ordinary numbers only.</summary>
internal static class Bounds
{
    /// <summary>Whether all numbers are at least the one and at most the other; not-a-number never is.</summary>
    public static bool Hold<T>(ReadOnlySpan<T> x, T least, T most) where T : unmanaged, INumber<T>
    {
        Vector<T> low = new(least), high = new(most), within = Vector<T>.AllBitsSet;
        int i = 0;
        for (; i <= x.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector<T> some = new(x[i..]);
            within &= Vector.GreaterThanOrEqual(some, low) & Vector.LessThanOrEqual(some, high);
        }
        for (; i < x.Length; i++) if (!(x[i] >= least && x[i] <= most)) return false;
        return Vector.EqualsAll(within.As<T, byte>(), Vector<byte>.AllBitsSet);
    }
}
