using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Registers of 128 bits taken alternately from two, which is what a transposition is made of.</summary>
internal static class Zip
{
    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<float> Low(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<float> High(Vector128<float> a, Vector128<float> b) => Sse.IsSupported ? Sse.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);

    /// <summary>a0 b0.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<double> Low(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0]);

    /// <summary>a1 b1.</summary>
    [MethodImpl(AggressiveInlining)]
    public static Vector128<double> High(Vector128<double> a, Vector128<double> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[1], b[1]);

    /// <summary>Four rows of four floats become columns: to[k][i] = from[i][k]; strides in bytes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static unsafe void Block(float* from, nint row, float* to, nint width)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load((float*)((byte*)from + row)), c = Vector128.Load((float*)((byte*)from + 2 * row)),
            d = Vector128.Load((float*)((byte*)from + 3 * row)), ac = Low(a, c), bd = Low(b, d), ac2 = High(a, c), bd2 = High(b, d);
        Low(ac, bd).Store(to);
        High(ac, bd).Store((float*)((byte*)to + width));
        Low(ac2, bd2).Store((float*)((byte*)to + 2 * width));
        High(ac2, bd2).Store((float*)((byte*)to + 3 * width));
    }

    /// <summary>Two rows of two doubles become columns.</summary>
    [MethodImpl(AggressiveInlining)]
    public static unsafe void Block(double* from, nint row, double* to, nint width)
    {
        Vector128<double> a = Vector128.Load(from), b = Vector128.Load((double*)((byte*)from + row));
        Low(a, b).Store(to);
        High(a, b).Store((double*)((byte*)to + width));
    }
}
