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
    public static Tensor Full(Shape shape, Tensor value, DType? dtype = null, Device? device = null) =>
        Empty(shape, dtype).Fill(value).To(device ?? Device.Cpu);

    /// <summary>Zeros in the shape, type, layout and device of another tensor.</summary>
    public static Tensor ZerosLike(Tensor other) => FullLike(other, 0);

    /// <summary>Ones in the shape, type, layout and device of another tensor.</summary>
    public static Tensor OnesLike(Tensor other) => FullLike(other, 1);

    /// <summary>One value in the shape, type, layout and device of another tensor.</summary>
    public static Tensor FullLike(Tensor other, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(other);
        var t = Device.Cpu.Empty(other.Layout.Dense(), other.DType);
        t.Fill(value);
        return t.To(other.Device);
    }

    /// <summary>The numbers start, start + step, … below end. Whole numbers give int64 unless a type is named, others <see cref="DefaultDType"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0 or leads away from the end, or there would be 2³¹ numbers or more.</exception>
    public static Tensor Arange(double start, double end, double step = 1, DType? dtype = null, Device? device = null)
    {
        if (new[] { start, end, step }.All(double.IsInteger) && Math.Abs(start) < 1L << 53 && Math.Abs(end) < 1L << 53 && Math.Abs(step) < 1L << 53)
            return Arange((long)start, (long)end, (long)step, dtype, device);
        double[] values = new double[Count(start, end, step, Math.Ceiling((end - start) / step))];
        for (int i = 0; i < values.Length; i++) values[i] = start + i * step;
        return Made(values, dtype ?? DefaultDType, device);
    }

    /// <summary>The whole numbers start, start + step, … below end, as int64 unless a type is named.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0 or leads away from the end, or there would be 2³¹ numbers or more.</exception>
    public static Tensor Arange(long start, long end, long step = 1, DType? dtype = null, Device? device = null)
    {
        long[] values = new long[Count(start, end, step, step == 0 ? 0 : (double)(((Int128)end - start + step - Math.Sign(step)) / step))];
        for (int i = 0; i < values.Length; i++) values[i] = start + i * step;
        return Made(values, dtype ?? DType.Int64, device);
    }

    /// <summary>The numbers 0, 1, … below end, as int64.</summary>
    public static Tensor Arange(int end) => Arange(0L, end);

    /// <summary>Equally spaced numbers, both ends included; a single one is the start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There would be fewer than no numbers.</exception>
    public static Tensor Linspace(double start, double end, int steps, DType? dtype = null, Device? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        double[] values = new double[steps];
        for (int i = 0; i < steps; i++)
            values[i] = i < (steps + 1) / 2 ? start + i * (end - start) / Math.Max(1, steps - 1) : end - (steps - 1 - i) * (end - start) / (steps - 1);
        return Made(values, dtype ?? DefaultDType, device);
    }

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor Eye(int rows, int? columns = null, DType? dtype = null, Device? device = null)
    {
        int width = columns ?? rows;
        return OnHost([rows, width], dtype ?? DefaultDType, device, t =>
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
    public static Tensor Scalar(Tensor value, DType? dtype = null, Device? device = null) => Full([], value, dtype, device);

    /// <summary>A plain number on its way into an operation: it adapts its type to the tensors that it meets.</summary>
    static Tensor Number<T>(T value) where T : unmanaged
    {
        var t = Unset(DTypes.Of<T>());
        t.Span<T>()[0] = value;
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
    internal static Tensor Number(Tensor number, DType dtype) =>
        number.DType.IsComplex() ? Number(number.Item<Complex>(), dtype) : number.DType.HasGradients() ? Number(number.Item<double>(), dtype) : Number(number.Item<long>(), dtype);

    static Tensor Unset(DType dtype)
    {
        var storage = Device.Cpu.Allocate(dtype.Size());
        storage.MoveTo(Scope.Current);
        return new(storage, s_scalar, dtype) { IsNumber = true };
    }

    static readonly Layout s_scalar = Layout.Of([]);

    /// <summary>How many numbers a range has, if it is one.</summary>
    static int Count(double start, double end, double step, double count)
    {
        if (step == 0 || !double.IsFinite(step)) throw new ArgumentOutOfRangeException(nameof(step), $"The step of a range must not be {step}.");
        if ((end - start) / step < 0) throw new ArgumentOutOfRangeException(nameof(step), $"Steps of {step} lead from {start} away from {end}.");
        if (!(count <= int.MaxValue)) throw new ArgumentOutOfRangeException(nameof(end), $"A range from {start} to {end} in steps of {step} has {count} numbers; a dimension has at most {int.MaxValue}.");
        return (int)count;
    }

    static Tensor Made<T>(T[] values, DType dtype, Device? device) where T : unmanaged => From(values).To(dtype).To(device ?? Device.Cpu);

    static Tensor OnHost(Shape shape, DType dtype, Device? device, Action<Tensor> fill)
    {
        var t = Empty(shape, dtype);
        fill(t);
        return t.To(device ?? Device.Cpu);
    }
}
