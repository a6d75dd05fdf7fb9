using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Candeia.Images;

/// <summary>Pixels of coefficients: the inverse cosine transform of 8×8 in whole numbers, as libjpeg's slow one computes it, to the bit.</summary>
internal static class InverseCosine
{
    const int Side = 8, Shift = 13, Kept = 2, Middle = 128;

    // What is darker or brighter by more than that no picture has, and libjpeg does not cut it to black or white.
    const int Lowest = -512 + Middle, Bits = 10;
    const int FirstShift = Shift - Kept, SecondShift = Shift + Kept + 3;

    /// <summary>Writes a block of pixels.</summary>
    /// <param name="block">Its coefficients.</param>
    /// <param name="isFlat">Whether all but the first are 0.</param>
    /// <param name="to">Gets the first row, and the others a line apart.</param>
    /// <param name="line">Bytes from row to row.</param>
    /// <returns>Whether these are coefficients that a picture can have.</returns>
    public static bool Write(ReadOnlySpan<short> block, bool isFlat, Span<byte> to, int line)
    {
        if (isFlat)
        {
            int level = ((block[0] + 4) >> 3) + Middle;
            for (int y = 0; y < Side; y++) to.Slice(y * line, Side).Fill((byte)Math.Clamp(level, 0, 255));
            return (level - Lowest) >> Bits == 0;
        }
        Span<Vector256<int>> x = stackalloc Vector256<int>[Side];
        for (int y = 0; y < Side; y++) x[y] = Vector256.WidenLower(Vector128.Create(block.Slice(y * Side, Side)).ToVector256Unsafe());
        Transform(x, FirstShift, 0);
        Turn(x);
        Transform(x, SecondShift, Middle);
        return Cut(x, to, line);
    }

    /// <summary>The transform of eight numbers, of many columns at once. Rounded are the bits by which it shifts at the end.</summary>
    static void Transform(Span<Vector256<int>> x, int shift, int middle)
    {
        Vector256<int> x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5], x6 = x[6], x7 = x[7];
        Vector256<int> half = (x2 + x6) * 4433, t2 = half - x6 * 15137, t3 = half + x2 * 6270;
        var round = Vector256.Create((1 << (shift - 1)) + (middle << shift));
        Vector256<int> t0 = ((x0 + x4) << Shift) + round, t1 = ((x0 - x4) << Shift) + round;
        Vector256<int> e0 = t0 + t3, e3 = t0 - t3, e1 = t1 + t2, e2 = t1 - t2;
        Vector256<int> z3 = x7 + x3, z4 = x5 + x1, z5 = (z3 + z4) * 9633, z1 = (x7 + x1) * 7373, z2 = (x5 + x3) * 20995;
        z3 = z5 - z3 * 16069;
        z4 = z5 - z4 * 3196;
        Vector256<int> o0 = x7 * 2446 - z1 + z3, o1 = x5 * 16819 - z2 + z4, o2 = x3 * 25172 - z2 + z3, o3 = x1 * 12299 - z1 + z4;
        x[0] = (e0 + o3) >> shift;
        x[7] = (e0 - o3) >> shift;
        x[1] = (e1 + o2) >> shift;
        x[6] = (e1 - o2) >> shift;
        x[2] = (e2 + o1) >> shift;
        x[5] = (e2 - o1) >> shift;
        x[3] = (e3 + o0) >> shift;
        x[4] = (e3 - o0) >> shift;
    }

    /// <summary>Rows become columns.</summary>
    static void Turn(Span<Vector256<int>> x)
    {
        if (!Avx2.IsSupported)
        {
            var all = MemoryMarshal.Cast<Vector256<int>, int>(x);
            for (int i = 0; i < Side; i++)
                for (int k = 0; k < i; k++) (all[i * Side + k], all[k * Side + i]) = (all[k * Side + i], all[i * Side + k]);
            return;
        }
        Vector256<int> a0 = Avx2.UnpackLow(x[0], x[1]), a1 = Avx2.UnpackHigh(x[0], x[1]), a2 = Avx2.UnpackLow(x[2], x[3]), a3 = Avx2.UnpackHigh(x[2], x[3]);
        Vector256<int> a4 = Avx2.UnpackLow(x[4], x[5]), a5 = Avx2.UnpackHigh(x[4], x[5]), a6 = Avx2.UnpackLow(x[6], x[7]), a7 = Avx2.UnpackHigh(x[6], x[7]);
        Join(x, 0, a0, a2, a4, a6);
        Join(x, 2, a1, a3, a5, a7);

        static void Join(Span<Vector256<int>> x, int at, Vector256<int> a, Vector256<int> b, Vector256<int> c, Vector256<int> d)
        {
            Vector256<long> low = Avx2.UnpackLow(a.AsInt64(), b.AsInt64()), high = Avx2.UnpackHigh(a.AsInt64(), b.AsInt64());
            Vector256<long> low2 = Avx2.UnpackLow(c.AsInt64(), d.AsInt64()), high2 = Avx2.UnpackHigh(c.AsInt64(), d.AsInt64());
            x[at] = Avx2.Permute2x128(low, low2, 0x20).AsInt32();
            x[at + 1] = Avx2.Permute2x128(high, high2, 0x20).AsInt32();
            x[at + 4] = Avx2.Permute2x128(low, low2, 0x31).AsInt32();
            x[at + 5] = Avx2.Permute2x128(high, high2, 0x31).AsInt32();
        }
    }

    /// <summary>Columns, cut to bytes, as rows.</summary>
    static bool Cut(Span<Vector256<int>> x, Span<byte> to, int line)
    {
        if (!Avx2.IsSupported)
        {
            Turn(x);
            bool isInside = true;
            for (int y = 0; y < Side; y++)
                for (int k = 0; k < Side; k++)
                {
                    to[y * line + k] = (byte)Math.Clamp(x[y][k], 0, 255);
                    isInside &= (x[y][k] - Lowest) >> Bits == 0;
                }
            return isInside;
        }
        Vector256<short> a = Avx2.PackSignedSaturate(x[0], x[1]), b = Avx2.PackSignedSaturate(x[2], x[3]), c = Avx2.PackSignedSaturate(x[4], x[5]), d = Avx2.PackSignedSaturate(x[6], x[7]);
        var lowest = Vector256.Create((short)-Lowest);
        var above = (a + lowest) | (b + lowest) | (c + lowest) | (d + lowest);
        Vector256<int> left = Four(a, b), right = Four(c, d);
        Vector256<ulong> first = Avx2.UnpackLow(left, right).AsUInt64(), second = Avx2.UnpackHigh(left, right).AsUInt64();
        Put(to, 0, line, first[0]);
        Put(to, 1, line, first[1]);
        Put(to, 2, line, second[0]);
        Put(to, 3, line, second[1]);
        Put(to, 4, line, first[2]);
        Put(to, 5, line, first[3]);
        Put(to, 6, line, second[2]);
        Put(to, 7, line, second[3]);
        return (above & Vector256.Create((short)(-1 << Bits))) == Vector256<short>.Zero;

        // Of four columns each number is a row.
        static Vector256<int> Four(Vector256<short> a, Vector256<short> b)
        {
            return Avx2.Shuffle(Avx2.PackUnsignedSaturate(a, b), Vector256.Create((byte)0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15)).AsInt32();
        }

        static void Put(Span<byte> to, int y, int line, ulong row) => BinaryPrimitives.WriteUInt64LittleEndian(to.Slice(y * line, Side), row);
    }
}
