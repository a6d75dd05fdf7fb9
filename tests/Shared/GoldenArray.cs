using System.Runtime.InteropServices;

namespace Candeia.Tests;

/// <summary>An array that PyTorch computed or was given.</summary>
sealed class GoldenArray(SafetensorsEntry entry, byte[] bytes)
{
    public SafetensorsType Type => entry.Type;

    public int[] Shape => [.. entry.Shape.Select(n => (int)n)];

    /// <summary>The values in row-major order, whatever their type; true is 1.</summary>
    public double[] Doubles => Type switch
    {
        SafetensorsType.F64 => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
        SafetensorsType.F32 => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), x => (double)x),
        _ => Array.ConvertAll(Longs, x => (double)x),
    };

    /// <summary>The values of whole numbers and truth values.</summary>
    public long[] Longs => Type switch
    {
        SafetensorsType.I64 => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
        SafetensorsType.I32 => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), x => (long)x),
        SafetensorsType.I16 => Array.ConvertAll(MemoryMarshal.Cast<byte, short>(bytes).ToArray(), x => (long)x),
        SafetensorsType.I8 => Array.ConvertAll(MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray(), x => (long)x),
        SafetensorsType.U8 or SafetensorsType.Bool => Array.ConvertAll(bytes, x => (long)x),
        _ => throw new InvalidOperationException($"{entry} does not hold whole numbers."),
    };

    /// <summary>A tensor of the recorded type.</summary>
    public Tensor Tensor => Type switch
    {
        SafetensorsType.F64 => Of<double>(),
        SafetensorsType.F32 => Of<float>(),
        SafetensorsType.I64 => Of<long>(),
        SafetensorsType.I32 => Of<int>(),
        SafetensorsType.I16 => Of<short>(),
        SafetensorsType.I8 => Of<sbyte>(),
        SafetensorsType.U8 => Of<byte>(),
        SafetensorsType.Bool => Of<bool>(),
        _ => throw new NotSupportedException($"Tensors have no {entry}."),
    };

    /// <summary>Fails unless a tensor has this shape and these values, each within <paramref name="tolerance"/> · (1 + |expected|); NaN equals NaN.</summary>
    public void AssertNear(Tensor actual, double tolerance)
    {
        Assert.Equal(Shape, actual.Shape);
        double[] expected = Doubles, values = actual.ToArray<double>();
        for (int i = 0; i < expected.Length; i++)
            Assert.True(expected[i].Equals(values[i]) || Math.Abs(expected[i] - values[i]) <= tolerance * (1 + Math.Abs(expected[i])) && double.IsFinite(values[i]),
                $"{entry.Name}: element {i} of {actual.Shape} is {values[i]:r}, not {expected[i]:r}.");
    }

    Tensor Of<T>() where T : unmanaged => Candeia.Tensor.From(MemoryMarshal.Cast<byte, T>(bytes), Candeia.Shape.Create(Shape));
}
