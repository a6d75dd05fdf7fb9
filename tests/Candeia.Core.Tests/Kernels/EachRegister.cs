using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Candeia.Kernels;

namespace Candeia.Tests;

/// <summary>Runs a kernel with every register that this machine has, not only with the widest.</summary>
static class EachRegister
{
    /// <summary>Whether the machine multiplies and adds in one instruction.</summary>
    public static bool Fuses => Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    public static void Run<TCall>(TCall call) where TCall : struct, ISimdCall
    {
        Run<float, TCall>(call);
        Run<double, TCall>(call);
    }

    public static void Run<T, TCall>(TCall call) where TCall : struct, ISimdCall
    {
        if (typeof(T) == typeof(float))
        {
            if (Vector512.IsHardwareAccelerated) call.Run<V512<float>>();
            if (Vector256.IsHardwareAccelerated) call.Run<V256<float>>();
            if (Vector128.IsHardwareAccelerated && Fuses) call.Run<V128<float>>();
            call.Run<V1<float>>();
        }
        else
        {
            if (Vector512.IsHardwareAccelerated) call.Run<V512<double>>();
            if (Vector256.IsHardwareAccelerated) call.Run<V256<double>>();
            if (Vector128.IsHardwareAccelerated && Fuses) call.Run<V128<double>>();
            call.Run<V1<double>>();
        }
    }
}
