using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Candeia.Kernels;

/// <summary>
/// Elements as whole numbers in the same order, with their positions below: then the order of these numbers is the stable one, and nothing is compared but
/// integers. Not-a-number is larger than all else, and −0 equals 0. Types of up to 4 bytes fit into 64 bits, others into 128.
/// </summary>
internal static class OrderKeys
{
    /// <summary>Whether the keys of a type fit into 64 bits.</summary>
    public static bool AreShort<T>() => Unsafe.SizeOf<T>() <= 4;

    /// <summary>The key of an element; descending, larger elements have smaller keys.</summary>
    public static TKey Of<T, TKey>(T value, uint position, bool descending) where T : unmanaged, INumber<T> where TKey : unmanaged, IBinaryInteger<TKey>
    {
        ulong order = Order(value);
        if (descending) order = ~order;
        if (typeof(TKey) == typeof(ulong)) return (TKey)(object)(order << 32 | position);
        return (TKey)(object)new UInt128(order, position);
    }

    /// <summary>The upper parts of the keys of a line of elements: what comes before what, but for where they stand.</summary>
    public static unsafe void Orders<T, TOrder>(T* x, long stride, TOrder* orders, int n, bool descending)
        where T : unmanaged, INumber<T> where TOrder : unmanaged, IBinaryInteger<TOrder>
    {
        int i = 0;
        if (typeof(T) == typeof(float) && stride == 1 && Vector256.IsHardwareAccelerated)
        {
            var flip = Vector256.Create(descending ? uint.MaxValue : 0);
            for (; i <= n - Vector256<uint>.Count; i += Vector256<uint>.Count)
                (Order(Vector256.Load((float*)x + i)) ^ flip).Store((uint*)orders + i);
        }
        for (; i < n; i++)
        {
            var order = TOrder.CreateTruncating(Order(x[i * stride]));
            orders[i] = descending ? ~order : order;
        }
    }

    static Vector256<uint> Order(Vector256<float> x)
    {
        var bits = (x + Vector256<float>.Zero).AsInt32();
        var order = (bits ^ (Vector256.ShiftRightArithmetic(bits, 31) | Vector256.Create(int.MinValue))).AsUInt32();
        return Vector256.ConditionalSelect(Vector256.Equals(x, x).AsUInt32(), order, Vector256<uint>.AllBitsSet);
    }

    /// <summary>Where the element of a key stood.</summary>
    public static uint Position<TKey>(TKey key) where TKey : unmanaged, IBinaryInteger<TKey> => uint.CreateTruncating(key);

    static ulong Order<T>(T value) where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            float x = (float)(object)value;
            if (float.IsNaN(x)) return uint.MaxValue;
            uint bits = BitConverter.SingleToUInt32Bits(x + 0f);
            return (bits & 1u << 31) != 0 ? ~bits : bits | 1u << 31;
        }
        if (typeof(T) == typeof(double))
        {
            double x = (double)(object)value;
            if (double.IsNaN(x)) return ulong.MaxValue;
            ulong bits = BitConverter.DoubleToUInt64Bits(x + 0d);
            return (bits & 1ul << 63) != 0 ? ~bits : bits | 1ul << 63;
        }
        long whole = long.CreateTruncating(value);
        return Unsafe.SizeOf<T>() <= 4 ? (uint)((int)whole ^ int.MinValue) : (ulong)(whole ^ long.MinValue);
    }
}
