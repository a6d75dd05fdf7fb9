using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>
/// A copy of some rows of an image with zeros where it ends: what lies outside needs no case of its own in any loop. All lengths in bytes or pixels.
/// </summary>
internal static unsafe class PaddedRows
{
    /// <summary>
    /// Writes rows <paramref name="top"/> … of the image, each with columns <paramref name="left"/> …, both of which may begin before it and end
    /// behind it.
    /// A pixel is <paramref name="channels"/> bytes, and <paramref name="pitch"/> bytes in the copy.
    /// </summary>
    public static void Copy(byte* image, int height, int width, nint channels, byte* to, int top, int rows, int left, int columns, nint pitch)
    {
        int before = Math.Clamp(-left, 0, columns), behind = Math.Clamp(left + columns - width, 0, columns),
            inside = Math.Max(0, columns - before - behind);
        for (int row = top; row < top + rows; row++, to += columns * pitch)
        {
            if (row < 0 || row >= height || inside == 0) { Clear(to, columns * pitch); continue; }
            byte* from = image + ((nint)row * width + left + before) * channels, inner = to + before * pitch;
            Clear(to, before * pitch);
            if (pitch == channels) Buffer.MemoryCopy(from, inner, inside * pitch, inside * pitch);
            else
                for (int i = 0; i < inside; i++, from += channels)
                {
                    Buffer.MemoryCopy(from, inner + i * pitch, channels, channels);
                    Clear(inner + i * pitch + channels, pitch - channels);
                }
            Clear(inner + inside * pitch, behind * pitch);
        }
    }

    static void Clear(byte* p, nint bytes) => Unsafe.InitBlockUnaligned(p, 0, checked((uint)bytes));
}
