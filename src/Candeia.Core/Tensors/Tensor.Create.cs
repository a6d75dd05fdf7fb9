using System.Numerics;

namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>A tensor whose values are arbitrary until they are written; of <see cref="DefaultDType"/>, if no type is named, as below.</summary>
    public static Tensor Empty(Shape shape, DType? dtype = null, Device? device = null) => (device ?? Device.Cpu).Empty(Layout.Of(shape), dtype ?? DefaultDType);

    /// <summary>All zeros.</summary>
    public static Tensor Zeros(Shape shape, DType? dtype = null, Device? device = null) => Full(shape, 0, dtype, device);

    /// <summary>All ones.</summary>
    public static Tensor Ones(Shape shape, DType? dtype = null, Device? device = null) => Full(shape, 1, dtype, device);

    /// <summary>The same value everywhere, exactly where the type holds it.</summary>
    public static Tensor Full(Shape shape, Tensor value, DType? dtype = null, Device? device = null) => Filled(Layout.Of(shape), value, dtype ?? DefaultDType, device ?? Device.Cpu);

    /// <summary>Zeros in the shape, type, layout and device of another tensor.</summary>
    public static Tensor ZerosLike(Tensor other) => FullLike(other, 0);

    /// <summary>Ones in the shape, type, layout and device of another tensor.</summary>
    public static Tensor OnesLike(Tensor other) => FullLike(other, 1);

    /// <summary>One value in the shape, type, layout and device of another tensor.</summary>
    public static Tensor FullLike(Tensor other, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Filled(other.Layout.Dense(), value, other.DType, other.Device);
    }

    /// <summary>A tensor with a copy of these values; the shape defaults to one dimension.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape? shape = null, Device? device = null) where T : unmanaged
    {
        var s = shape ?? [values.Length];
        if (s.Numel != values.Length) throw new ShapeException($"{values.Length} values do not fill the shape {s}, which has {s.Numel} elements.");
        var t = Empty(s, DTypes.Of<T>());
        using (var p = Pins.Of(t)) values.CopyTo(p.Span<T>(0));
        return t.To(device ?? Device.Cpu);
    }

    /// <summary>A tensor with a copy of these values; the shape defaults to one dimension.</summary>
    public static Tensor From<T>(T[] values, Shape? shape = null, Device? device = null) where T : unmanaged => From((ReadOnlySpan<T>)values, shape, device);

    /// <summary>A matrix with a copy of these values.</summary>
    public static Tensor From<T>(T[,] values, Device? device = null) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        var t = Empty([values.GetLength(0), values.GetLength(1)], DTypes.Of<T>());
        using (var p = Pins.Of(t))
        {
            var span = p.Span<T>(0);
            int i = 0;
            foreach (var value in values) span[i++] = value;
        }
        return t.To(device ?? Device.Cpu);
    }

    /// <summary>A single number of the given type.</summary>
    public static Tensor Scalar(Tensor value, DType? dtype = null, Device? device = null) => Full([], value, dtype, device);

    /// <summary>A plain number on its way into an operation: it adapts its type to the tensors that it meets.</summary>
    static Tensor Number<T>(T value) where T : unmanaged
    {
        var t = Unset(DTypes.Of<T>());
        using var p = Pins.Of(t);
        p.Span<T>(0)[0] = value;
        return t;
    }

    /// <summary>A plain number that has met its type.</summary>
    internal static Tensor Number<T>(T value, DType dtype) where T : INumberBase<T>
    {
        var t = Unset(dtype);
        t.SetNumber(0, value);
        return t;
    }

    /// <summary>A plain number as another type.</summary>
    internal static Tensor Number(Tensor number, DType dtype)
    {
        var t = Unset(dtype);
        t.SetNumber(0, number);
        return t;
    }

    static Tensor Unset(DType dtype) => new(Device.Cpu.Reserve(dtype.Size()), s_scalar, dtype) { IsNumber = true };

    static readonly Layout s_scalar = Layout.Of([]);

    /// <summary>A plain number travels to the device by value; the only element of another tensor is copied.</summary>
    static Tensor Filled(Layout layout, Tensor value, DType dtype, Device device)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.IsNumber && !value.RequiresGrad ? new CopyIntoOp().Make(device, layout, dtype, value.To(dtype)) : device.Empty(layout, dtype).Fill(value);
    }
}
