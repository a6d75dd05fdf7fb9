using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// The bits that a pooled convolution leaves for its gradient: for each pooled pixel and panel four words, one per pixel of the 2×2, bit j for
/// channel j of the panel.
/// A word is 8, 16 or 32 bits, enough for two registers.
/// </summary>
internal static unsafe class Mask<V> where V : unmanaged, ISimd<V>
{
    /// <summary>Bytes of the four words.</summary>
    public static int Bytes { [MethodImpl(AggressiveInlining)] get => V.Size / V.Element == 16 ? 16 : V.Size / V.Element == 8 ? 8 : 4; }

    [MethodImpl(AggressiveInlining)] public static void Write(byte* mask, uint p, uint q, uint r, uint s)
    {
        if (V.Size / V.Element == 16) { ((uint*)mask)[0] = p; ((uint*)mask)[1] = q; ((uint*)mask)[2] = r; ((uint*)mask)[3] = s; }
        else if (V.Size / V.Element == 8) *(ulong*)mask = p | (ulong)q << 16 | (ulong)r << 32 | (ulong)s << 48;
        else *(uint*)mask = p | q << 8 | r << 16 | s << 24;
    }

    [MethodImpl(AggressiveInlining)] public static uint Read(byte* mask, int pixel) =>
        V.Size / V.Element == 16 ? ((uint*)mask)[pixel] : V.Size / V.Element == 8 ? ((ushort*)mask)[pixel] : mask[pixel];
}
