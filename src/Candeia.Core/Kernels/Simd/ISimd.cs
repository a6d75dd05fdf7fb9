using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>A register of numbers. Kernels are written against this and see only bytes: the register knows its element.</summary>
internal unsafe interface ISimd<V> where V : unmanaged, ISimd<V>
{
    static abstract int Size { get; }       // bytes per register
    static abstract int Element { get; }    // bytes per number
    static abstract int Registers { get; }  // how many the machine has
    static abstract V Load(byte* p);
    static abstract V Splat(byte* p);
    static abstract V Const(double x);
    static abstract V Fma(V a, V b, V c);   // a·b + c, rounded once
    static abstract V Max(V a, V b);        // b when b is not a number
    static abstract V operator +(V a, V b); static abstract V operator *(V a, V b);
    static abstract uint Greater(V a, V b); // bit i: a > b in place i
    static abstract uint NaN(V a);          // bit i: not a number
    static abstract V Select(uint bits, V a, V b); // a where the bit is set, b elsewhere
    void Store(byte* p);
}
