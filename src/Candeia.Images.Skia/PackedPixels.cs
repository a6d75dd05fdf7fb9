using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Candeia.Images;

/// <summary>Pixels of four bytes without the last one.</summary>
internal static class PackedPixels
{
    const int Four = 4, Three = 3;
    static readonly Vector128<byte> s_packed = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);

    /// <summary>The first bytes of each pixel, one after the other.</summary>
    public static void Copy(ReadOnlySpan<byte> pixels, int bytes, Span<byte> to, int kept)
    {
        if (bytes == kept)
        {
            pixels.CopyTo(to);
            return;
        }
        int done = (bytes, kept) == (Four, Three) ? Fours(pixels, to) : 0;
        for (int p = done * bytes, q = done * kept; p < pixels.Length; p += bytes, q += kept)
            for (int channel = 0; channel < kept; channel++) to[q + channel] = pixels[p + channel];
    }

    /// <summary>Four pixels at a time, as far as sixteen bytes can be written; how many pixels that were.</summary>
    static int Fours(ReadOnlySpan<byte> pixels, Span<byte> to)
    {
        ref byte from = ref MemoryMarshal.GetReference(pixels), at = ref MemoryMarshal.GetReference(to);
        int done = 0;
        for (; (done + Four) * Four <= pixels.Length && done * Three + Vector128<byte>.Count <= to.Length; done += Four)
            Vector128.Shuffle(Vector128.LoadUnsafe(ref from, (nuint)(done * Four)), s_packed).StoreUnsafe(ref at, (nuint)(done * Three));
        return done;
    }
}
