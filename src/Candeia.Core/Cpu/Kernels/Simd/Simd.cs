using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Candeia.Kernels;

/// <summary>A kernel with its arguments, before the register is chosen.</summary>
internal interface ISimdCall
{
    void Run<V>() where V : unmanaged, ISimd<V>;
}

/// <summary>The one place where the register is chosen: the widest that this machine computes with.</summary>
internal static class Simd
{
    /// <summary>Bits per register: 512, 256, 128, or 0 where numbers go one by one.</summary>
    public static int Bits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : AdvSimd.Arm64.IsSupported ? 128 : 0;

    /// <summary>Runs a kernel over numbers of type <typeparamref name="T"/>: float or double.</summary>
    public static void Run<T, TCall>(in TCall call) where TCall : struct, ISimdCall
    {
        if (typeof(T) == typeof(float))
        {
            if (Bits == 512) call.Run<V512<float>>();
            else if (Bits == 256) call.Run<V256<float>>();
            else if (Bits == 128) call.Run<V128<float>>();
            else call.Run<V1<float>>();
        }
        else if (typeof(T) == typeof(double))
        {
            if (Bits == 512) call.Run<V512<double>>();
            else if (Bits == 256) call.Run<V256<double>>();
            else if (Bits == 128) call.Run<V128<double>>();
            else call.Run<V1<double>>();
        }
        else throw new NotSupportedException($"There are kernels for float and double, not for {typeof(T).Name}.");
    }
}
