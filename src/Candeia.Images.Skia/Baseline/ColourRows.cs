using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Candeia.Images;

/// <summary>Rows of colours: those stored with fewer pixels in between of their neighbours, as libjpeg does it, and then red, green and blue.</summary>
internal static class ColourRows
{
    const int Eight = 8;
    static readonly Vector128<byte> s_packed = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 255, 255, 255, 255);

    /// <summary>Three times a row and once the one that is next to it.</summary>
    public static void Mix(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> to)
    {
        int i = 0;
        for (; i + Eight <= near.Length; i += Eight) (Wide(near, i) * 3 + Wide(far, i)).CopyTo(to[i..]);
        for (; i < near.Length; i++) to[i] = (ushort)(near[i] * 3 + far[i]);
    }

    /// <summary>A row as it is.</summary>
    public static void Copy(ReadOnlySpan<byte> near, Span<ushort> to)
    {
        int i = 0;
        for (; i + Eight <= near.Length; i += Eight) Wide(near, i).CopyTo(to[i..]);
        for (; i < near.Length; i++) to[i] = near[i];
    }

    /// <summary>Two of each but the outermost: three parts of it, and one of its neighbour on that side.</summary>
    /// <param name="sums">What each is, with one more at both ends.</param>
    /// <param name="isMixed">Whether these are of four parts already.</param>
    /// <param name="to">Gets twice as many bytes.</param>
    public static void Spread(ReadOnlySpan<ushort> sums, bool isMixed, Span<byte> to)
    {
        int count = sums.Length - 2, i = 0;
        int before = isMixed ? 8 : 1, after = isMixed ? 7 : 2, shift = isMixed ? 4 : 2;
        Vector128<ushort> first = Vector128.Create((ushort)before), second = Vector128.Create((ushort)after);
        for (; i + Eight <= count; i += Eight)
        {
            var own = Vector128.Create(sums[(i + 1)..]) * 3;
            var even = (own + Vector128.Create(sums[i..]) + first) >> shift;
            var odd = (own + Vector128.Create(sums[(i + 2)..]) + second) >> shift;
            (even | (odd << 8)).AsByte().CopyTo(to[(2 * i)..]);
        }
        for (; i < count; i++)
        {
            int own = 3 * sums[i + 1];
            to[2 * i] = (byte)((own + sums[i] + before) >> shift);
            to[2 * i + 1] = (byte)((own + sums[i + 2] + after) >> shift);
        }
    }

    /// <summary>Red, green and blue, side by side.</summary>
    /// <param name="light">Brightness.</param>
    /// <param name="blue">Blue against it.</param>
    /// <param name="red">Red against it.</param>
    /// <param name="to">The row, and what follows it: some of that may be written too.</param>
    public static void Write(ReadOnlySpan<byte> light, ReadOnlySpan<byte> blue, ReadOnlySpan<byte> red, Span<byte> to)
    {
        int x = 0;
        Vector256<int> half = Vector256.Create(1 << 15), middle = Vector256.Create(128), most = Vector256.Create(255);
        ref byte at = ref MemoryMarshal.GetReference(to);
        for (; x + Eight <= light.Length && 3 * x + 28 <= to.Length; x += Eight)
        {
            Vector256<int> y = Wider(light, x), u = Wider(blue, x) - middle, v = Wider(red, x) - middle;
            var r = Vector256.Clamp(y + ((v * 91881 + half) >> 16), Vector256<int>.Zero, most);
            var g = Vector256.Clamp(y + ((half - u * 22554 - v * 46802) >> 16), Vector256<int>.Zero, most);
            var b = Vector256.Clamp(y + ((u * 116130 + half) >> 16), Vector256<int>.Zero, most);
            var pixels = (r | (g << 8) | (b << 16)).AsByte();
            Vector128.Shuffle(pixels.GetLower(), s_packed).StoreUnsafe(ref at, (nuint)(3 * x));
            Vector128.Shuffle(pixels.GetUpper(), s_packed).StoreUnsafe(ref at, (nuint)(3 * x + 12));
        }
        for (; x < light.Length; x++)
        {
            int y = light[x], u = blue[x] - 128, v = red[x] - 128;
            to[3 * x] = (byte)Math.Clamp(y + ((v * 91881 + (1 << 15)) >> 16), 0, 255);
            to[3 * x + 1] = (byte)Math.Clamp(y + (((1 << 15) - u * 22554 - v * 46802) >> 16), 0, 255);
            to[3 * x + 2] = (byte)Math.Clamp(y + ((u * 116130 + (1 << 15)) >> 16), 0, 255);
        }
    }

    static Vector128<ushort> Wide(ReadOnlySpan<byte> bytes, int at) => Vector128.WidenLower(Vector128.CreateScalar(BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..])).AsByte());

    static Vector256<int> Wider(ReadOnlySpan<byte> bytes, int at) => Vector256.WidenLower(Wide(bytes, at).ToVector256Unsafe()).AsInt32();
}
