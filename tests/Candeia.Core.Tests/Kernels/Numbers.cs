using System.Runtime.InteropServices;

namespace Candeia.Tests;

/// <summary>Aligned memory of floats or doubles behind one face, with a guard behind it that must not change.</summary>
sealed unsafe class Numbers : IDisposable
{
    const int Guard = 64;
    const double Sentinel = 12345.5;

    readonly int _element;

    public Numbers(int element, int length, Func<int, double>? value = null)
    {
        (_element, Length) = (element, length);
        At = (byte*)NativeMemory.AlignedAlloc((nuint)((length + Guard) * element), 64);
        for (int i = 0; i < length; i++) this[i] = value?.Invoke(i) ?? double.NaN;
        for (int i = length; i < length + Guard; i++) this[i] = Sentinel;
    }

    public static Numbers Random(int element, int length, int seed, double scale = 1)
    {
        var random = new Random(seed);
        return new(element, length, _ => scale * (2 * random.NextDouble() - 1));
    }

    public byte* At { get; }

    public int Length { get; }

    public double this[nint i]
    {
        get => _element == 4 ? ((float*)At)[i] : ((double*)At)[i];
        set { if (_element == 4) ((float*)At)[i] = (float)value; else ((double*)At)[i] = value; }
    }

    public double[] ToArray() => [.. Enumerable.Range(0, Length).Select(i => this[i])];

    public long[] Bits() => [.. ToArray().Select(BitConverter.DoubleToInt64Bits)];

    public void CheckGuard()
    {
        for (int i = Length; i < Length + Guard; i++) Assert.Equal(Sentinel, this[i]);
    }

    public void Dispose() => NativeMemory.AlignedFree(At);
}
