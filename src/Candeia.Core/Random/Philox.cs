using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Candeia;

/// <summary>
/// Philox4x32-10 (Salmon et al., <i>Parallel Random Numbers: As Easy as 1, 2, 3</i>, 2011): ten rounds that turn a counter of four words and a key of
/// two into four random words. A block is a pure function of (key, stream, index); the vector forms compute several at once and give the same bits.
/// </summary>
public static class Philox
{
    const uint M0 = 0xD2511F53, M1 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85;
    const int Rounds = 10;

    /// <summary>One block: words 0 and 1 in the low half of the result, 2 and 3 in the high half.</summary>
    public static UInt128 Block(ulong key, ulong stream, ulong index)
    {
        uint c0 = (uint)index, c1 = (uint)(index >> 32), c2 = (uint)stream, c3 = (uint)(stream >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++, k0 += W0, k1 += W1)
        {
            ulong p0 = (ulong)M0 * c0, p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
        }
        return new UInt128((ulong)c3 << 32 | c2, (ulong)c1 << 32 | c0);
    }

    /// <summary>Word <paramref name="position"/> of a stream and those that follow, as many as fit.</summary>
    internal static void Words(ulong key, ulong stream, ulong position, Span<uint> words)
    {
        ulong index = position / 4;
        int skip = (int)(position % 4);
        if (skip > 0 && !words.IsEmpty)
        {
            int taken = Part(key, stream, index++, skip, words);
            words = words[taken..];
        }
        int blocks = words.Length / 4, done = Blocks(key, stream, index, words[..(4 * blocks)]);
        for (; done < blocks; done++) Part(key, stream, index + (ulong)done, 0, words[(4 * done)..]);
        if (words.Length % 4 > 0) Part(key, stream, index + (ulong)blocks, 0, words[(4 * blocks)..]);
    }

    /// <summary>Words of one block from <paramref name="skip"/> on; returns how many there were.</summary>
    static int Part(ulong key, ulong stream, ulong index, int skip, Span<uint> words)
    {
        UInt128 block = Block(key, stream, index);
        int count = Math.Min(4 - skip, words.Length);
        for (int i = 0; i < count; i++) words[i] = (uint)(block >> (32 * (skip + i)));
        return count;
    }

    /// <summary>As many whole vectors of blocks as fit; returns the number of blocks written.</summary>
    static int Blocks(ulong key, ulong stream, ulong index, Span<uint> words) =>
        Avx512F.IsSupported ? Blocks512(key, stream, index, words) : Avx2.IsSupported ? Blocks256(key, stream, index, words) : 0;

    // A vector holds one word of each block in the low half of a 64-bit lane, where the multiplication reads it; what gathers in the high halves is
    // never read. The lanes start in the order that unpacking undoes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Blocks512(ulong key, ulong stream, ulong index, Span<uint> words)
    {
        var order = Vector512.Create(0ul, 4, 1, 5, 2, 6, 3, 7);
        var m0 = Vector512.Create((ulong)M0).AsUInt32();
        var m1 = Vector512.Create((ulong)M1).AsUInt32();
        var low = Vector512.Create((ulong)uint.MaxValue);
        ref ulong target = ref Unsafe.As<uint, ulong>(ref MemoryMarshal.GetReference(words));
        int done = 0;
        for (; 4 * (done + 8) <= words.Length; done += 8)
        {
            Vector512<ulong> c0 = Vector512.Create(index + (ulong)done) + order, c1 = c0 >>> 32;
            Vector512<ulong> c2 = Vector512.Create(stream), c3 = Vector512.Create(stream >> 32);
            uint k0 = (uint)key, k1 = (uint)(key >> 32);
            for (int round = 0; round < Rounds; round++, k0 += W0, k1 += W1)
            {
                Vector512<ulong> p0 = Avx512F.Multiply(m0, c0.AsUInt32()), p1 = Avx512F.Multiply(m1, c2.AsUInt32());
                (c0, c1, c2, c3) = ((p1 >>> 32) ^ c1 ^ Vector512.Create((ulong)k0), p1, (p0 >>> 32) ^ c3 ^ Vector512.Create((ulong)k1), p0);
            }
            Vector512<ulong> first = c0 & low | c1 << 32, second = c2 & low | c3 << 32;
            Avx512F.UnpackLow(first, second).StoreUnsafe(ref target, (nuint)(2 * done));
            Avx512F.UnpackHigh(first, second).StoreUnsafe(ref target, (nuint)(2 * done + 8));
        }
        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Blocks256(ulong key, ulong stream, ulong index, Span<uint> words)
    {
        var order = Vector256.Create(0ul, 2, 1, 3);
        var m0 = Vector256.Create((ulong)M0).AsUInt32();
        var m1 = Vector256.Create((ulong)M1).AsUInt32();
        var low = Vector256.Create((ulong)uint.MaxValue);
        ref ulong target = ref Unsafe.As<uint, ulong>(ref MemoryMarshal.GetReference(words));
        int done = 0;
        for (; 4 * (done + 4) <= words.Length; done += 4)
        {
            Vector256<ulong> c0 = Vector256.Create(index + (ulong)done) + order, c1 = c0 >>> 32;
            Vector256<ulong> c2 = Vector256.Create(stream), c3 = Vector256.Create(stream >> 32);
            uint k0 = (uint)key, k1 = (uint)(key >> 32);
            for (int round = 0; round < Rounds; round++, k0 += W0, k1 += W1)
            {
                Vector256<ulong> p0 = Avx2.Multiply(m0, c0.AsUInt32()), p1 = Avx2.Multiply(m1, c2.AsUInt32());
                (c0, c1, c2, c3) = ((p1 >>> 32) ^ c1 ^ Vector256.Create((ulong)k0), p1, (p0 >>> 32) ^ c3 ^ Vector256.Create((ulong)k1), p0);
            }
            Vector256<ulong> first = c0 & low | c1 << 32, second = c2 & low | c3 << 32;
            Avx2.UnpackLow(first, second).StoreUnsafe(ref target, (nuint)(2 * done));
            Avx2.UnpackHigh(first, second).StoreUnsafe(ref target, (nuint)(2 * done + 4));
        }
        return done;
    }
}
