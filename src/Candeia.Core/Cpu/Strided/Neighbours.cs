using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia;

/// <summary>
/// Neighbouring bytes copied or filled by the widest registers. The C library copies some thousand bytes by an instruction that is many times slower on some
/// processors where both places lie alike in their pages; and what is filled in narrow parts cannot be read in wide ones right after.
/// </summary>
internal static unsafe class Neighbours
{
    const int Short = 512;                                                   // bytes that the runtime moves as fast

    /// <summary>Copies bytes, also where both places overlap.</summary>
    public static void Copy(byte* from, byte* to, nint bytes)
    {
        if (bytes < Short || (nuint)(to - from) < (nuint)bytes || (nuint)(from - to) < (nuint)bytes) Buffer.MemoryCopy(from, to, bytes, bytes);
        else if (Vector512.IsHardwareAccelerated) Wide(from, to, bytes);
        else if (Vector256.IsHardwareAccelerated) Narrow(from, to, bytes);
        else Buffer.MemoryCopy(from, to, bytes, bytes);
    }

    /// <summary>Writes a number everywhere.</summary>
    public static void Fill<T>(T value, T* to, int count) where T : unmanaged
    {
        int done = 0;
        if (Vector512.IsHardwareAccelerated && Vector512<T>.IsSupported)
            for (var all = Vector512.Create(value); done <= count - Vector512<T>.Count; done += Vector512<T>.Count) all.Store(to + done);
        new Span<T>(to + done, count - done).Fill(value);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Wide(byte* from, byte* to, nint bytes)
    {
        nint i = 0;
        for (; i <= bytes - 256; i += 256)
        {
            var (a, b) = (Vector512.Load(from + i), Vector512.Load(from + i + 64));
            var (c, d) = (Vector512.Load(from + i + 128), Vector512.Load(from + i + 192));
            a.Store(to + i);
            b.Store(to + i + 64);
            c.Store(to + i + 128);
            d.Store(to + i + 192);
        }
        for (; i <= bytes - 64; i += 64) Vector512.Load(from + i).Store(to + i);
        if (i < bytes) Vector512.Load(from + bytes - 64).Store(to + bytes - 64);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Narrow(byte* from, byte* to, nint bytes)
    {
        nint i = 0;
        for (; i <= bytes - 128; i += 128)
        {
            var (a, b) = (Vector256.Load(from + i), Vector256.Load(from + i + 32));
            var (c, d) = (Vector256.Load(from + i + 64), Vector256.Load(from + i + 96));
            a.Store(to + i);
            b.Store(to + i + 32);
            c.Store(to + i + 64);
            d.Store(to + i + 96);
        }
        for (; i <= bytes - 32; i += 32) Vector256.Load(from + i).Store(to + i);
        if (i < bytes) Vector256.Load(from + bytes - 32).Store(to + bytes - 32);
    }
}
