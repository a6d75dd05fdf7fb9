using System.Numerics;

namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>A tensor whose values are arbitrary until they are written; of <see cref="DefaultDType"/>, if no type is named, as below.</summary>
    /// <param name="shape">The sizes of the dimensions, as in <c>[2, 3]</c>; <c>[]</c> is a single number.</param>
    /// <param name="dtype">The type of the elements; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <example><code>
    /// var x = Tensor.Empty([2, 3]);
    /// x[..] = 7;                                                               // until then it could hold anything
    /// Console.WriteLine(x);
    /// // →  7  7  7
    /// // →  7  7  7
    /// // → [ float32 [2, 3] ]
    /// </code></example>
    public static Tensor Empty(Shape shape, DType? dtype = null, Device? device = null) => (device ?? Device.Cpu).Empty(Layout.Of(shape), dtype ?? DefaultDType);

    /// <summary>All zeros.</summary>
    /// <param name="shape">The sizes of the dimensions, as in <c>[2, 3]</c>; <c>[]</c> is a single number.</param>
    /// <param name="dtype">The type of the elements; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <example><code>
    /// Console.WriteLine(Tensor.Zeros([2, 3]));
    /// // →  0  0  0
    /// // →  0  0  0
    /// // → [ float32 [2, 3] ]
    /// </code></example>
    public static Tensor Zeros(Shape shape, DType? dtype = null, Device? device = null) => Full(shape, 0, dtype, device);

    /// <summary>All ones.</summary>
    /// <param name="shape">The sizes of the dimensions, as in <c>[2, 3]</c>; <c>[]</c> is a single number.</param>
    /// <param name="dtype">The type of the elements; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <example><code>
    /// Console.WriteLine(Tensor.Ones([2, 3], DType.Int64));
    /// // →  1  1  1
    /// // →  1  1  1
    /// // → [ int64 [2, 3] ]
    /// </code></example>
    public static Tensor Ones(Shape shape, DType? dtype = null, Device? device = null) => Full(shape, 1, dtype, device);

    /// <summary>The same value everywhere, exactly where the type holds it.</summary>
    /// <param name="shape">The sizes of the dimensions, as in <c>[2, 3]</c>; <c>[]</c> is a single number.</param>
    /// <param name="value">A single number, which every element becomes.</param>
    /// <param name="dtype">The type of the elements; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <example><code>
    /// Console.WriteLine(Tensor.Full([1, 3], 2.5));
    /// // →  2.5000  2.5000  2.5000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Full(Shape shape, Tensor value, DType? dtype = null, Device? device = null) => Filled(Layout.Of(shape), value, dtype ?? DefaultDType, device ?? Device.Cpu);

    /// <summary>Zeros in the shape, type, layout and device of another tensor.</summary>
    /// <param name="other">The tensor that is imitated; its values do not matter.</param>
    /// <example><code>
    /// Tensor x = [[1, 2, 3]];
    /// Console.WriteLine(Tensor.ZerosLike(x));
    /// // →  0  0  0
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor ZerosLike(Tensor other) => FullLike(other, 0);

    /// <summary>Ones in the shape, type, layout and device of another tensor.</summary>
    /// <param name="other">The tensor that is imitated; its values do not matter.</param>
    /// <example><code>
    /// Tensor x = [[1, 2, 3]];
    /// Console.WriteLine(Tensor.OnesLike(x));
    /// // →  1  1  1
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor OnesLike(Tensor other) => FullLike(other, 1);

    /// <summary>One value in the shape, type, layout and device of another tensor.</summary>
    /// <param name="other">The tensor that is imitated; its values do not matter.</param>
    /// <param name="value">A single number, which every element becomes.</param>
    /// <example><code>
    /// Tensor x = [[1, 2, 3]];
    /// Console.WriteLine(Tensor.FullLike(x, 8));
    /// // →  8  8  8
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor FullLike(Tensor other, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Filled(other.Layout.Dense(), value, other.DType, other.Device);
    }

    /// <summary>A tensor with a copy of these values; the shape defaults to one dimension.</summary>
    /// <param name="values">The numbers, in row-major order, row after row. They are copied.</param>
    /// <param name="shape">The sizes of the dimensions; one dimension, if nothing is given.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    /// <example><code>
    /// float[] values = [1, 2, 3, 4, 5, 6];
    /// Console.WriteLine(Tensor.From(values, [2, 3]));
    /// // →  1  2  3
    /// // →  4  5  6
    /// // → [ float32 [2, 3] ]
    /// </code></example>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape? shape = null, Device? device = null) where T : unmanaged
    {
        var s = shape ?? [values.Length];
        if (s.Numel != values.Length) throw new ShapeException($"{values.Length} values do not fill the shape {s}, which has {s.Numel} elements.");
        var t = Empty(s, DTypes.Of<T>());
        using (var p = Pins.Of(t)) values.CopyTo(p.Span<T>(0));
        return t.To(device ?? Device.Cpu);
    }

    /// <summary>A tensor with a copy of these values; the shape defaults to one dimension.</summary>
    /// <param name="values">The numbers, in row-major order, row after row. They are copied.</param>
    /// <param name="shape">The sizes of the dimensions; one dimension, if nothing is given.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Tensor From<T>(T[] values, Shape? shape = null, Device? device = null) where T : unmanaged => From((ReadOnlySpan<T>)values, shape, device);

    /// <summary>A matrix with a copy of these values.</summary>
    /// <param name="values">The rows of the matrix. They are copied.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <returns>[rows, columns].</returns>
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
    /// <param name="value">A single number.</param>
    /// <param name="dtype">The type of the result; <see cref="DefaultDType"/>, if none is named.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <returns>A tensor without dimensions, [].</returns>
    /// <example><code>
    /// Console.WriteLine(Tensor.Scalar(3));
    /// // → 3
    /// // → [ float32 [] ]
    /// </code></example>
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
