namespace Candeia.Kernels;

/// <summary>A register of numbers. Kernels are written against this and see only bytes: the register knows its element.</summary>
internal unsafe interface ISimd<V> where V : unmanaged, ISimd<V>
{
    static abstract int Size { get; }       // bytes per register
    static abstract int Element { get; }    // bytes per number
    static abstract int Registers { get; }  // how many the machine has

    static abstract V Load(byte* p);
    static abstract V LoadPart(byte* p, int count);     // the first numbers, 0 ≤ count ≤ all; reads nothing behind them, zeros instead
    static abstract V Splat(byte* p);
    static abstract V Const(double x);
    void Store(byte* p);
    void StorePart(byte* p, int count);
    static abstract void Prefetch(byte* p);             // a hint; any address will do

    static abstract V Fma(V a, V b, V c);   // a·b + c, rounded once where the machine can
    static abstract V Max(V a, V b);        // b when one of the two is not a number
    static abstract V Min(V a, V b);        // likewise
    static abstract V Abs(V a);
    static abstract V Sqrt(V a);
    static abstract V Round(V a);           // to nearest, ties to even
    static abstract V Scale(V a, V n);      // a·2ⁿ, rounded once, for a whole n up to twice the largest exponent
    static abstract V Exponent(V a);        // ⌊log₂ a⌋ of a positive normal number
    static abstract V operator +(V a, V b); static abstract V operator -(V a, V b); static abstract V operator -(V a);
    static abstract V operator *(V a, V b); static abstract V operator /(V a, V b);

    // A mask is a register whose numbers have all bits set (yes) or none (no). Comparisons with not-a-number say no.
    static abstract V Less(V a, V b);
    static abstract V LessOrEqual(V a, V b);
    static abstract V Equal(V a, V b);
    static abstract V Select(V mask, V yes, V no);
    static abstract V operator &(V a, V b); static abstract V operator |(V a, V b); static abstract V operator ^(V a, V b); static abstract V operator ~(V a);
    // The same in bits of an ordinary number: bit i for number i.
    static abstract uint Greater(V a, V b);
    static abstract uint NaN(V a);
    static abstract V Select(uint bits, V yes, V no);
    static abstract uint Signs(V a);        // bit i is the sign bit of number i, or whether mask i says yes
    static abstract V Mask(uint signs);     // the way back: number i says what bit i says

    static abstract double Sum(V a);        // by halves: (lower half + upper half), and so on
    static abstract void Sums(byte* p, V a, V b, V c, V d);     // the sums of four, side by side; the same bits as Sum
    static abstract double Greatest(V a);   // not a number if one is
    static abstract double Least(V a);
}
