using System.Numerics;

namespace Candeia;

/// <content>Single elements of a tensor of this process.</content>
public sealed unsafe partial class Tensor
{
    /// <summary>The element at a position in the memory.</summary>
    internal double GetNumber(long position) => GetNumber<double>(position);

    /// <summary>The element at a position in the memory.</summary>
    internal T GetNumber<T>(long position) where T : INumberBase<T>
    {
        using var p = Pins.Of(this);
        return Element.Read<T>(p.Element(0, position), DType);
    }

    /// <summary>Sets the element at a position in the memory.</summary>
    internal void SetNumber<T>(long position, T value) where T : INumberBase<T>
    {
        using var p = Pins.Of(this);
        Element.Write(p.Element(0, position), DType, value);
    }

    /// <summary>Sets the element at a position in the memory to the only one of another tensor.</summary>
    internal void SetNumber(long position, Tensor number)
    {
        if (number.DType.IsComplex()) SetNumber(position, number.Item<Complex>());
        else if (number.DType.HasGradients()) SetNumber(position, number.Item<double>());
        else SetNumber(position, number.Item<long>());
    }
}
