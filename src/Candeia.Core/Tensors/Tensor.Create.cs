using System.Runtime.CompilerServices;

namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>A tensor whose values are arbitrary until they are written.</summary>
    public static Tensor Empty(Shape shape, DType dtype = DType.Float32, Device? device = null) => (device ?? Device.Cpu).Empty(Layout.Of(shape), dtype);

    /// <summary>All zeros.</summary>
    public static Tensor Zeros(Shape shape, DType dtype = DType.Float32, Device? device = null) => Full(shape, 0, dtype, device);

    /// <summary>All ones.</summary>
    public static Tensor Ones(Shape shape, DType dtype = DType.Float32, Device? device = null) => Full(shape, 1, dtype, device);

    /// <summary>The same value everywhere.</summary>
    public static Tensor Full(Shape shape, double value, DType dtype = DType.Float32, Device? device = null) =>
        Empty(shape, dtype).Fill(value).To(device ?? Device.Cpu);

    /// <summary>Zeros in the shape, type, layout and device of another tensor.</summary>
    public static Tensor ZerosLike(Tensor other) => FullLike(other, 0);

    /// <summary>Ones in the shape, type, layout and device of another tensor.</summary>
    public static Tensor OnesLike(Tensor other) => FullLike(other, 1);

    /// <summary>One value in the shape, type, layout and device of another tensor.</summary>
    public static Tensor FullLike(Tensor other, double value)
    {
        ArgumentNullException.ThrowIfNull(other);
        var t = Device.Cpu.Empty(other.Layout.Dense(), other.DType);
        t.Fill(value);
        return t.To(other.Device);
    }

    /// <summary>The numbers start, start + step, … below end. Whole numbers give int64 unless a type is named.</summary>
    public static Tensor Arange(double start, double end, double step = 1, DType? dtype = null, Device? device = null)
    {
        if (step == 0 || !double.IsFinite(step)) throw new ArgumentOutOfRangeException(nameof(step), "The step must not be 0.");
        int count = checked((int)Math.Max(0, Math.Ceiling((end - start) / step)));
        var type = dtype ?? (double.IsInteger(start) && double.IsInteger(step) && double.IsInteger(end) ? DType.Int64 : DType.Float32);
        return FromFunction(count, type, device, i => start + i * step);
    }

    /// <summary>The numbers 0, 1, … below end, as int64.</summary>
    public static Tensor Arange(int end) => Arange(0, end);

    /// <summary>Equally spaced numbers, both ends included.</summary>
    public static Tensor Linspace(double start, double end, int steps, DType dtype = DType.Float32, Device? device = null) =>
        FromFunction(steps, dtype, device, i => i < steps / 2 ? start + i * (end - start) / (steps - 1) : end - (steps - 1 - i) * (end - start) / Math.Max(1, steps - 1));

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor Eye(int rows, int? columns = null, DType dtype = DType.Float32, Device? device = null)
    {
        int width = columns ?? rows;
        return OnHost([rows, width], dtype, device, t =>
        {
            t.Fill(0);
            for (int i = 0; i < Math.Min(rows, width); i++) t.SetNumber(i * (width + 1L), 1);
        });
    }

    /// <summary>A tensor with a copy of these values; the shape defaults to one dimension.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape? shape = null, Device? device = null) where T : unmanaged
    {
        var s = shape ?? [values.Length];
        if (s.Numel != values.Length) throw new ShapeException($"{values.Length} values do not fill the shape {s}, which has {s.Numel} elements.");
        var t = Empty(s, DTypes.Of<T>());
        values.CopyTo(t.Span<T>());
        return t.To(device ?? Device.Cpu);
    }

    /// <summary>A tensor with a copy of these values; the shape defaults to one dimension.</summary>
    public static Tensor From<T>(T[] values, Shape? shape = null, Device? device = null) where T : unmanaged => From((ReadOnlySpan<T>)values, shape, device);

    /// <summary>A matrix with a copy of these values.</summary>
    public static Tensor From<T>(T[,] values, Device? device = null) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        var t = Empty([values.GetLength(0), values.GetLength(1)], DTypes.Of<T>());
        var span = t.Span<T>();
        int i = 0;
        foreach (var value in values) span[i++] = value;
        return t.To(device ?? Device.Cpu);
    }

    /// <summary>A single number of the given type.</summary>
    public static Tensor Scalar(double value, DType dtype = DType.Float32, Device? device = null) => Full([], value, dtype, device);

    /// <summary>A plain number on its way into an operation: it adapts its type to the tensors that it meets.</summary>
    static Tensor Number<T>(T value) where T : unmanaged
    {
        var storage = Device.Cpu.Allocate(Unsafe.SizeOf<T>());
        storage.MoveTo(Scope.Current);
        var t = new Tensor(storage, s_scalar, DTypes.Of<T>()) { IsNumber = true };
        t.Span<T>()[0] = value;
        return t;
    }

    /// <summary>A plain number that has met its type.</summary>
    internal static Tensor Number(double value, DType dtype)
    {
        var storage = Device.Cpu.Allocate(dtype.Size());
        storage.MoveTo(Scope.Current);
        var t = new Tensor(storage, s_scalar, dtype) { IsNumber = true };
        t.SetNumber(0, value);
        return t;
    }

    static readonly Layout s_scalar = Layout.Of([]);

    static Tensor FromFunction(int count, DType dtype, Device? device, Func<int, double> value) => OnHost([count], dtype, device, t =>
    {
        for (int i = 0; i < count; i++) t.SetNumber(i, value(i));
    });

    static Tensor OnHost(Shape shape, DType dtype, Device? device, Action<Tensor> fill)
    {
        var t = Empty(shape, dtype);
        fill(t);
        return t.To(device ?? Device.Cpu);
    }
}
