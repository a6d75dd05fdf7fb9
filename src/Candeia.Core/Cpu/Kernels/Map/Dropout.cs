using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>y = x · scale where a byte per element is not zero, and 0 elsewhere: dropout forward, and with gradients for x backward.</summary>
internal static unsafe class Dropout
{
    public static void Run<T>(T* x, byte* keep, T* y, nint count, double scale) where T : unmanaged => Simd.Run<T, Call>(new(x, keep, y, count, scale));

    internal readonly struct Call(void* x, byte* keep, void* y, nint count, double scale) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            nint lanes = V.Size / V.Element, whole = count / lanes * lanes, rest = count - whole;
            byte* from = (byte*)x, to = (byte*)y;
            Loop<V>(from, keep, to, whole, scale);
            if (rest == 0) return;
            V last = default;
            Vector128<byte> bytes = default;                    // as many as a register has numbers, at most
            Unsafe.CopyBlockUnaligned(&last, from + whole * V.Element, (uint)(rest * V.Element));
            Unsafe.CopyBlockUnaligned(&bytes, keep + whole, (uint)rest);
            Loop<V>((byte*)&last, (byte*)&bytes, (byte*)&last, lanes, scale);
            Unsafe.CopyBlockUnaligned(to + whole * V.Element, &last, (uint)(rest * V.Element));
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Loop<V>(byte* x, byte* keep, byte* y, nint count, double scale) where V : unmanaged, ISimd<V>
        {
            nint lanes = V.Size / V.Element;
            V factor = V.Const(scale), zero = V.Const(0);
            for (; count > 0; count -= lanes, x += V.Size, y += V.Size, keep += lanes)
                V.Select(Kept(keep, lanes), V.Load(x) * factor, zero).Store(y);
        }

        [MethodImpl(AggressiveInlining)]
        static uint Kept(byte* keep, nint lanes)
        {
            Vector128<byte> bytes = lanes == 16 ? Vector128.Load(keep)
                : lanes == 8 ? Vector128.CreateScalar(*(ulong*)keep).AsByte()
                : lanes == 4 ? Vector128.CreateScalar(*(uint*)keep).AsByte()
                : lanes == 2 ? Vector128.CreateScalar((uint)*(ushort*)keep).AsByte() : Vector128.CreateScalar((uint)*keep).AsByte();
            return ~Vector128.Equals(bytes, Vector128<byte>.Zero).ExtractMostSignificantBits();
        }
    }
}
