using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Candeia.Kernels;

/// <summary>One of two elements, as a byte says, of neighbouring ones: the first where it is not 0.</summary>
internal static unsafe class Choices
{
    public static void Run<T>(ReadOnlySpan<byte> condition, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged
    {
        int done = 0;
        if (Avx2.IsSupported && sizeof(T) <= 8)
            fixed (byte* choice = condition)
            fixed (T* first = a, second = b, to = y)
                for (int lanes = 32 / sizeof(T); done <= y.Length - lanes; done += lanes)
                    Vector256.ConditionalSelect(None<T>(choice + done), Bytes(second + done), Bytes(first + done)).Store((byte*)(to + done));
        for (; done < y.Length; done++) y[done] = condition[done] != 0 ? a[done] : b[done];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<byte> Bytes<T>(T* p) where T : unmanaged => Vector256.Load((byte*)p);

    // All bits of an element whose byte is 0, none of the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<byte> None<T>(byte* condition) where T : unmanaged => sizeof(T) switch
    {
        1 => Vector256.Equals(Vector256.Load(condition), Vector256<byte>.Zero),
        2 => Vector256.Equals(Avx2.ConvertToVector256Int16(condition), Vector256<short>.Zero).AsByte(),
        4 => Vector256.Equals(Avx2.ConvertToVector256Int32(condition), Vector256<int>.Zero).AsByte(),
        _ => Vector256.Equals(Avx2.ConvertToVector256Int64(condition), Vector256<long>.Zero).AsByte(),
    };
}
