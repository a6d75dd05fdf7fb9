using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Candeia.Kernels;
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
        bool overlap = (nuint)(to - from) < (nuint)bytes || (nuint)(from - to) < (nuint)bytes;
        if (bytes < Short || overlap || Simd.Bits < 256) Buffer.MemoryCopy(from, to, bytes, bytes);
        else Simd.Run<float, CopyCall>(new(from, to, bytes));
    }

    /// <summary>Writes a number everywhere.</summary>
    public static void Fill<T>(T value, T* to, int count) where T : unmanaged
    {
        int done = 0;
        if (Vector512.IsHardwareAccelerated && Vector512<T>.IsSupported)
            for (var all = Vector512.Create(value); done <= count - Vector512<T>.Count; done += Vector512<T>.Count) all.Store(to + done);
        new Span<T>(to + done, count - done).Fill(value);
    }

    internal readonly struct CopyCall(byte* from, byte* to, nint bytes) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => Loop<V>(from, to, bytes);

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Loop<V>(byte* from, byte* to, nint bytes) where V : unmanaged, ISimd<V>
        {
            nint i = 0;
            for (; i <= bytes - 4 * V.Size; i += 4 * V.Size)
            {
                V a = V.Load(from + i), b = V.Load(from + i + V.Size), c = V.Load(from + i + 2 * V.Size), d = V.Load(from + i + 3 * V.Size);
                a.Store(to + i);
                b.Store(to + i + V.Size);
                c.Store(to + i + 2 * V.Size);
                d.Store(to + i + 3 * V.Size);
            }
            for (; i <= bytes - V.Size; i += V.Size) V.Load(from + i).Store(to + i);
            if (i < bytes) V.Load(from + bytes - V.Size).Store(to + bytes - V.Size);
        }
    }
}
