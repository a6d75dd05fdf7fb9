using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>Arrays of any rank as tensors.</summary>
internal static class Arrays
{
    /// <summary>A copy of the elements in the array's shape; floating-point numbers in the type that is wanted.</summary>
    /// <exception cref="ArgumentException">No tensor holds such elements.</exception>
    public static Tensor ToTensor(Array values, DType floats) => Type.GetTypeCode(values.GetType().GetElementType()) switch
    {
        TypeCode.Single => Copy<float>(values).To(floats),
        TypeCode.Double => Copy<double>(values).To(floats),
        TypeCode.Int64 => Copy<long>(values),
        TypeCode.Int32 => Copy<int>(values),
        TypeCode.Byte => Copy<byte>(values),
        TypeCode.Boolean => Copy<bool>(values),
        _ => throw new ArgumentException(
            $"{values.GetType().Name} cannot become a tensor: arrays of float, double, long, int, byte or bool can, of any rank, such as float[,]."),
    };

    /// <summary>The floating-point type that a model computes in.</summary>
    public static DType Floats(Module model) => model.Parameters().Select(p => p.DType).FirstOrDefault(t => t.IsFloatingPoint(), DType.Float32);

    static Tensor Copy<T>(Array values) where T : unmanaged
    {
        var elements = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
        return Tensor.From(elements, [.. Enumerable.Range(0, values.Rank).Select(values.GetLength)]);
    }
}
