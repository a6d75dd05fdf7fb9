using System.Numerics;

namespace Candeia;

/// <summary>A tensor as a device sees it: memory, layout and type. A plain number is no memory of the device but a value, which travels with the call.</summary>
/// <param name="Storage">The memory; that of a plain number is the host's.</param>
/// <param name="Layout">Which element lies where in it.</param>
/// <param name="DType">The type of the elements.</param>
/// <param name="IsNumber">Whether this is a plain number: read it with <see cref="Number"/>.</param>
public readonly record struct Operand(Storage Storage, Layout Layout, DType DType, bool IsNumber)
{
    internal static Operand Of(Tensor tensor)
    {
        var storage = tensor.Storage;
        storage.Check();
        return new(storage, tensor.Layout, tensor.DType, tensor.IsNumber);
    }

    /// <summary>The plain number as a <typeparamref name="T"/>: exact where it fits, rounded where it does not, without its fraction as an integer.</summary>
    /// <exception cref="InvalidOperationException">The operand is a tensor.</exception>
    public T Number<T>() where T : INumberBase<T> => IsNumber
        ? new Tensor(Storage, Layout, DType).GetNumber<T>(Layout.Offset)
        : throw new InvalidOperationException($"The operand is a tensor {Layout.Shape} on {Storage.Device}, not a plain number; ask IsNumber first.");
}
