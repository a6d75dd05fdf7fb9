using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
