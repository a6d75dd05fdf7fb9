using System.Numerics;

namespace Candeia.Kernels;

/// <summary>The k smallest of some different keys, without putting the others in order.</summary>
internal static class Selecting
{
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

    /// <summary>Puts keys that are not larger than some middle one before those that are not smaller: neither part is empty.</summary>
    static int Divide<TKey>(Span<TKey> keys) where TKey : unmanaged, IBinaryInteger<TKey>
    {
        TKey a = keys[0], b = keys[keys.Length / 2], c = keys[^1];
        TKey middle = TKey.Max(TKey.Min(a, b), TKey.Min(TKey.Max(a, b), c));
        for (int i = 0, j = keys.Length - 1; ; i++, j--)
        {
            while (keys[i] < middle) i++;
            while (keys[j] > middle) j--;
            if (i >= j) return i;
            (keys[i], keys[j]) = (keys[j], keys[i]);
        }
    }
}
