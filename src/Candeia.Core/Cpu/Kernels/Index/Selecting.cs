using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Candeia.Kernels;

/// <summary>The k smallest of some different keys, or where the one after k smaller ones stands, without putting the others in order.</summary>
internal static class Selecting
{
    /// <summary>Up to how many elements more than a line has are read: these must be <c>MaxValue</c>.</summary>
    public const int Beyond = 64;

    /// <summary>The position of the element that k others come before; among equal ones the earlier comes first.</summary>
    /// <remarks>Halves what is possible by counting, a register at a time, and moves nothing.</remarks>
    /// <param name="first">The elements as numbers in the same order, and <see cref="Beyond"/> more that are <c>MaxValue</c>.</param>
    /// <param name="n">How many elements.</param>
    /// <param name="k">How many come before.</param>
    public static unsafe int Place<TOrder>(TOrder* first, int n, int k) where TOrder : unmanaged, IBinaryInteger<TOrder>, IMinMaxValue<TOrder>
    {
        TOrder low = TOrder.MinValue, high = TOrder.MaxValue;                // the one looked for is neither below low nor above high
        int below = 0, within = n;
        while (within > 1 && low < high)
        {
            TOrder middle = low + ((high - low) >> 1) + TOrder.One;
            int smaller = Smaller(first, n, middle);
            if (k < smaller) (high, within) = (middle - TOrder.One, smaller - below);
            else (low, within, below) = (middle, within - (smaller - below), smaller);
        }
        var orders = new ReadOnlySpan<TOrder>(first, n);
        int at = orders.IndexOfAnyInRange(low, high);
        for (int more = k - below; more > 0; more--) at += 1 + orders[(at + 1)..].IndexOf(low);    // one of several equal ones
        return at;
    }

    // How many are smaller than a limit.
    static unsafe int Smaller<TOrder>(TOrder* x, int n, TOrder limit) where TOrder : unmanaged, IBinaryInteger<TOrder>
    {
        int count = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var limits = Vector512.Create(limit);
            for (TOrder* end = x + n; x < end; x += Vector512<TOrder>.Count)
                count += BitOperations.PopCount(Vector512.LessThan(Vector512.Load(x), limits).ExtractMostSignificantBits());
        }
        else
        {
            var limits = Vector256.Create(limit);
            for (TOrder* end = x + n; x < end; x += Vector256<TOrder>.Count)
                count += BitOperations.PopCount(Vector256.LessThan(Vector256.Load(x), limits).ExtractMostSignificantBits());
        }
        return count;
    }

    /// <summary>Moves the k smallest keys to the front, in no order.</summary>
    public static void Front<TKey>(Span<TKey> keys, int k) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        for (int rounds = 2 * BitOperations.Log2((uint)keys.Length + 1); k > 0 && k < keys.Length; rounds--)
        {
            if (keys.Length <= 16 || rounds <= 0)                            // few, or an order made to be slow
            {
                keys.Sort();
                return;
            }
            int smaller = Divide(keys);
            if (k <= smaller) keys = keys[..smaller];
            else
            {
                keys = keys[smaller..];
                k -= smaller;
            }
        }
    }

    /// <summary>Puts keys that are smaller than some middle one before the others, without branches that nobody could foretell: neither part is empty.</summary>
    static int Divide<TKey>(Span<TKey> keys) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        TKey a = keys[0], b = keys[keys.Length / 2], c = keys[^1];
        TKey middle = TKey.Max(TKey.Min(a, b), TKey.Min(TKey.Max(a, b), c));
        ref TKey first = ref MemoryMarshal.GetReference(keys);
        nint smaller = 0;
        for (nint i = 0; i < keys.Length; i++)
        {
            ref TKey here = ref Unsafe.Add(ref first, i), there = ref Unsafe.Add(ref first, smaller);
            TKey key = here;
            here = there;
            there = key;
            bool isSmaller = key < middle;
            smaller += Unsafe.BitCast<bool, byte>(isSmaller);
        }
        return (int)smaller;
    }
}
