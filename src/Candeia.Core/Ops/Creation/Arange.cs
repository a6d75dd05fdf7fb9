namespace Candeia;

/// <summary>The numbers start, start + step, …, as many as there is room for. Inputs: start and step, two plain numbers, both int64 or both float64.</summary>
public sealed record ArangeOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>A vector of so many numbers.</summary>
    public Tensor Apply(int count, Tensor start, Tensor step, DType dtype, Device device)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(step);
        if (!start.IsNumber || !step.IsNumber || start.DType != step.DType) throw new ArgumentException("A range has two plain numbers of one type, a start and a step.");
        return RunOn(device, Layout.Of([count]), dtype, start, step);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (x[0].DType == DType.Int64)
        {
            long start = x[0].Item<long>(), step = x[1].Item<long>();
            for (int i = 0; i < y.Numel; i++) y.SetNumber(i, start + i * step);
        }
        else
        {
            double start = x[0].Item(), step = x[1].Item();
            for (int i = 0; i < y.Numel; i++) y.SetNumber(i, start + i * step);
        }
    }
}

public sealed partial class Tensor
{
    /// <summary>
    /// The numbers start, start + step, … below end. Whole numbers give int64 unless a type is named, others <see cref="DefaultDType"/>.
    /// </summary>
    /// <param name="start">The first number.</param>
    /// <param name="end">Where the numbers end; it is not among them.</param>
    /// <param name="step">How far it is from each number to the next; negative counts down.</param>
    /// <param name="dtype">The type of the result, if it shall be another.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <returns>A vector [count].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0 or leads away from the end, or there would be 2³¹ numbers or more.</exception>
    public static Tensor Arange(double start, double end, double step = 1, DType? dtype = null, Device? device = null)
    {
        if (IsWhole(start) && IsWhole(end) && IsWhole(step)) return Arange((long)start, (long)end, (long)step, dtype, device);
        return new ArangeOp().Apply(Count(start, end, step, Math.Ceiling((end - start) / step)), start, step, dtype ?? DefaultDType, device ?? Device.Cpu);
    }

    /// <summary>The whole numbers start, start + step, … below end, as int64 unless a type is named.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="end">Where the numbers end; it is not among them.</param>
    /// <param name="step">How far it is from each number to the next; negative counts down.</param>
    /// <param name="dtype">The type of the result, if it shall be another.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <returns>A vector [count].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is 0 or leads away from the end, or there would be 2³¹ numbers or more.</exception>
    public static Tensor Arange(long start, long end, long step = 1, DType? dtype = null, Device? device = null)
    {
        int count = Count(start, end, step, step == 0 ? 0 : (double)(((Int128)end - start + step - Math.Sign(step)) / step));
        return new ArangeOp().Apply(count, start, step, dtype ?? DType.Int64, device ?? Device.Cpu);
    }

    /// <summary>The numbers 0, 1, … below end, as int64.</summary>
    /// <param name="end">How many numbers.</param>
    /// <param name="device">Where the tensor is made; the CPU, if nothing is named.</param>
    /// <returns>A vector [end].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The end is negative.</exception>
    /// <example><code>
    /// Console.WriteLine(string.Join(' ', Tensor.Arange(4).ToArray&lt;long>()));      // → 0 1 2 3
    /// Console.WriteLine(string.Join(' ', Tensor.Arange(0, 1, 0.25).ToArray&lt;float>()));      // → 0 0.25 0.5 0.75
    /// </code></example>
    public static Tensor Arange(int end, Device? device = null) => Arange(0L, end, device: device);

    /// <summary>Whether a number is whole and exact.</summary>
    static bool IsWhole(double number) => double.IsInteger(number) && Math.Abs(number) < 1L << 53;

    /// <summary>How many numbers a range has, if it is one.</summary>
    static int Count(double start, double end, double step, double count)
    {
        if (step == 0 || !double.IsFinite(step)) throw new ArgumentOutOfRangeException(nameof(step), $"The step of a range must not be {step}.");
        if ((end - start) / step < 0) throw new ArgumentOutOfRangeException(nameof(step), $"Steps of {step} lead from {start} away from {end}.");
        if (!(count <= int.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(end), $"A range from {start} to {end} in steps of {step} has {count} numbers; a dimension has at most {int.MaxValue}.");
        return (int)count;
    }
}
