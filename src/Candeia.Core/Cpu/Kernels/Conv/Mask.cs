using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// The bits that a pooled convolution leaves for its gradient: for each pooled pixel and block of 32 channels (a group begins a block of its own)
/// four words of 32 bits, one per pixel of the 2×2, bit j for channel j of the block. They are the same with every register: a panel writes its part
/// of each word, which is 4, 2 or 1 bytes, or with narrow registers a part of a byte.
/// </summary>
internal static class Mask
{
    public const int Block = 32, Bytes = 4 * sizeof(uint);

    /// <summary>Blocks of a pixel.</summary>
    public static int Blocks(in ConvShape shape) =>
        shape.IsDepthwise || shape.Groups == 1 ? Blocks(shape.OutChannels) : shape.Groups * Blocks(shape.GroupOut);

    public static int Blocks(int channels) => (channels + Block - 1) / Block;
}

/// <summary>A panel's part of the bits.</summary>
internal static unsafe class Mask<V> where V : unmanaged, ISimd<V>
{
    static int Lanes { [MethodImpl(AggressiveInlining)] get => 2 * V.Size / V.Element; }

    /// <summary>Whether a panel has less than a byte of each word.</summary>
    public static bool IsNarrow { [MethodImpl(AggressiveInlining)] get => Lanes < 8; }

    /// <summary>Bytes of a pixel.</summary>
    public static nint Pixel(in Panels panels) => panels.Count / panels.PerGroup * Mask.Blocks(panels.Group) * Mask.Bytes;

    /// <summary>Where the bits of a panel begin among those of a pixel, in bytes.</summary>
    public static nint At(in Panels panels, int panel) =>
        panels.GroupOf(panel) * Mask.Blocks(panels.Group) * Mask.Bytes + At(panel % panels.PerGroup);

    /// <summary>The same where there is one group.</summary>
    [MethodImpl(AggressiveInlining)] public static nint At(int panel) =>
        panel / (Mask.Block / Lanes) * Mask.Bytes + panel % (Mask.Block / Lanes) * Lanes / 8;

    /// <summary>At which bit of its first byte a panel begins.</summary>
    public static int Shift(in Panels panels, int panel) => panel % panels.PerGroup * Lanes % 8;

    [MethodImpl(AggressiveInlining)] public static void Write(byte* mask, uint p, uint q, uint r, uint s)
    {
        if (Lanes == 32) { ((uint*)mask)[0] = p; ((uint*)mask)[1] = q; ((uint*)mask)[2] = r; ((uint*)mask)[3] = s; }
        else if (Lanes == 16)
        {
            ushort* words = (ushort*)mask;
            words[0] = (ushort)p; words[2] = (ushort)q; words[4] = (ushort)r; words[6] = (ushort)s;
        }
        else { mask[0] = (byte)p; mask[4] = (byte)q; mask[8] = (byte)r; mask[12] = (byte)s; }
    }

    [MethodImpl(AggressiveInlining)] public static uint Read(byte* mask, int pixel) =>
        Lanes == 32 ? ((uint*)mask)[pixel] : Lanes == 16 ? ((ushort*)mask)[2 * pixel] : mask[4 * pixel];

    /// <summary>Joins the bits of a narrow panel, which were written apart, to those of the panels before it.</summary>
    public static void Join(byte* apart, byte* mask, nint pixel, int shift, int columns)
    {
        for (; columns > 0; columns--, apart += Mask.Bytes, mask += pixel)
            for (int k = 0; k < Mask.Bytes; k += sizeof(uint)) mask[k] = (byte)(apart[k] << shift | (shift == 0 ? 0 : mask[k]));
    }
}
