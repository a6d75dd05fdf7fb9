using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// Functions of floats or doubles, applied to neighbouring elements on the calling thread; the output may be an input. The last elements go through
/// the same loop as the others, by way of a register's worth of memory: each number meets the same instructions wherever it stands.
/// </summary>
internal static unsafe class Map
{
    public static void Run<T, TMap>(TMap map, T* x, T* y, nint count) where T : unmanaged where TMap : struct, IMap =>
        Simd.Run<T, Call<TMap>>(new(map, x, y, count));

    public static void Run<T, TMap>(TMap map, T* a, T* b, T* y, nint count) where T : unmanaged where TMap : struct, IMap2 =>
        Simd.Run<T, Call2<TMap>>(new(map, a, b, y, count));

    public static void Run<T, TMap>(TMap map, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged where TMap : struct, IMap
    {
        fixed (T* from = x, to = y) Run(map, from, to, y.Length);
    }

    public static void Run<T, TMap>(TMap map, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged where TMap : struct, IMap2
    {
        fixed (T* first = a, second = b, to = y) Run(map, first, second, to, y.Length);
    }

    public static void Run<T, TMap>(TMap map, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y) where T : unmanaged where TMap : struct, IMap3
    {
        fixed (T* first = a, second = b, third = c, to = y) Simd.Run<T, Call3<TMap>>(new(map, first, second, third, to, y.Length));
    }

    internal readonly struct Call<TMap>(TMap map, void* x, void* y, nint count) : ISimdCall where TMap : struct, IMap
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint lanes = V.Size / V.Element, whole = count / lanes;
            byte* from = (byte*)x, to = (byte*)y;
            Loop<V>(map, from, to, whole);
            uint rest = (uint)((count - whole * lanes) * V.Element);
            if (rest == 0) return;
            V last = default;
            Unsafe.CopyBlockUnaligned(&last, from + whole * V.Size, rest);
            Loop<V>(map, (byte*)&last, (byte*)&last, 1);
            Unsafe.CopyBlockUnaligned(to + whole * V.Size, &last, rest);
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Loop<V>(TMap map, byte* x, byte* y, nint count) where V : unmanaged, ISimd<V>
        {
            for (; count > 0; count--, x += V.Size, y += V.Size) map.Apply(V.Load(x)).Store(y);
        }
    }

    internal readonly struct Call2<TMap>(TMap map, void* a, void* b, void* y, nint count) : ISimdCall where TMap : struct, IMap2
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint lanes = V.Size / V.Element, whole = count / lanes;
            byte* first = (byte*)a, second = (byte*)b, to = (byte*)y;
            Loop<V>(map, first, second, to, whole);
            uint rest = (uint)((count - whole * lanes) * V.Element);
            if (rest == 0) return;
            V lastA = default, lastB = default;
            Unsafe.CopyBlockUnaligned(&lastA, first + whole * V.Size, rest);
            Unsafe.CopyBlockUnaligned(&lastB, second + whole * V.Size, rest);
            Loop<V>(map, (byte*)&lastA, (byte*)&lastB, (byte*)&lastA, 1);
            Unsafe.CopyBlockUnaligned(to + whole * V.Size, &lastA, rest);
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Loop<V>(TMap map, byte* a, byte* b, byte* y, nint count) where V : unmanaged, ISimd<V>
        {
            for (; count > 0; count--, a += V.Size, b += V.Size, y += V.Size) map.Apply(V.Load(a), V.Load(b)).Store(y);
        }
    }

    internal readonly struct Call3<TMap>(TMap map, void* a, void* b, void* c, void* y, nint count) : ISimdCall where TMap : struct, IMap3
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint lanes = V.Size / V.Element, whole = count / lanes, at = whole * V.Size;
            byte* first = (byte*)a, second = (byte*)b, third = (byte*)c, to = (byte*)y;
            Loop<V>(map, first, second, third, to, whole);
            uint rest = (uint)((count - whole * lanes) * V.Element);
            if (rest == 0) return;
            V lastA = default, lastB = default, lastC = default;
            Unsafe.CopyBlockUnaligned(&lastA, first + at, rest);
            Unsafe.CopyBlockUnaligned(&lastB, second + at, rest);
            Unsafe.CopyBlockUnaligned(&lastC, third + at, rest);
            Loop<V>(map, (byte*)&lastA, (byte*)&lastB, (byte*)&lastC, (byte*)&lastA, 1);
            Unsafe.CopyBlockUnaligned(to + at, &lastA, rest);
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Loop<V>(TMap map, byte* a, byte* b, byte* c, byte* y, nint count) where V : unmanaged, ISimd<V>
        {
            for (; count > 0; count--, a += V.Size, b += V.Size, c += V.Size, y += V.Size) map.Apply(V.Load(a), V.Load(b), V.Load(c)).Store(y);
        }
    }
}
