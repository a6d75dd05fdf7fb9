using System.Runtime.InteropServices;

namespace Candeia.Images;

/// <summary>From 16 bits to 8, to the nearest: 65 535 becomes 255.</summary>
internal static class Depth
{
    public static void To8(ReadOnlySpan<byte> wide, Span<byte> narrow)
    {
        var samples = MemoryMarshal.Cast<byte, ushort>(wide);
        for (int i = 0; i < samples.Length; i++) narrow[i] = (byte)((samples[i] * 255u + 32895) >> 16);
    }
}
