using System.Numerics;

namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>Reads all elements, in row-major order; a tensor that is laid out otherwise, or elsewhere, is copied first.</summary>
    /// <param name="read">Gets the elements, which it must not keep, and makes of them what is returned.</param>
    /// <exception cref="ArgumentException">The elements are of another type.</exception>
    /// <example><code>
    /// Tensor x = [1f, 2f, 4f];
    /// Console.WriteLine(x.Read((ReadOnlySpan&lt;float> values) => values[^1]));      // → 4
    /// </code></example>
    public TResult Read<T, TResult>(Func<ReadOnlySpan<T>, TResult> read) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(read);
        Check<T>();
        Tracing.Seen(this);
        var host = this.To(Device.Cpu).Contiguous();
        using var p = Pins.Of(host);
        return read(p.Span<T>(0));
    }

    /// <summary>A copy of all elements in row-major order, converted to <typeparamref name="T"/> where they are of another type.</summary>
    /// <exception cref="ArgumentException">The elements are complex, and real numbers are asked for.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2], [3, 4]];
    /// Console.WriteLine(string.Join(' ', x.ToArray&lt;int>()));      // → 1 2 3 4
    /// </code></example>
    public T[] ToArray<T>() where T : unmanaged => this.To(DTypes.Of<T>()).Read((ReadOnlySpan<T> values) => values.ToArray());

    /// <summary>Writes elements in place, in row-major order; what was computed from the old values is not affected.</summary>
    /// <param name="write">Gets the elements, which it changes: what it leaves alone keeps its value.</param>
    /// <exception cref="InvalidOperationException">
    /// The tensor is a view with another order, or on another device: write with an index, or CopyFrom.
    /// </exception>
    /// <exception cref="ArgumentException">The elements are of another type.</exception>
    /// <example><code>
    /// var x = Tensor.Zeros([1, 3]);
    /// x.Write((Span&lt;float> values) => values[1] = 5);
    /// Console.WriteLine(x);
    /// // →  0  5  0
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public void Write<T>(Action<Span<T>> write) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(write);
        Check<T>();
        CheckWritable();
        BeginWrite();
        using var p = Pins.Of(this);
        write(p.Span<T>(0));
    }

    /// <summary>Sets every element to a number, in place, exactly where the type holds it.</summary>
    /// <param name="value">A single number.</param>
    /// <returns>This tensor.</returns>
    /// <exception cref="InvalidOperationException">
    /// This is a leaf that requires a gradient, or a view of one, and operations are recorded.
    /// </exception>
    /// <exception cref="ShapeException">The value is not a single number.</exception>
    /// <example><code>
    /// Console.WriteLine(Tensor.Empty([1, 3]).Fill(4));
    /// // →  4  4  4
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public Tensor Fill(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Numel != 1) throw new ShapeException($"A tensor is filled with one number, not with {value.Shape}; use CopyFrom.");
        return Assign(value.IsNumber ? value : value.Reshape([]));
    }

    /// <summary>The only element of a tensor, as a number. See <see cref="Item{T}"/> for whole numbers above 2⁵³ and for complex ones.</summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    /// <exception cref="ArgumentException">It is complex.</exception>
    /// <example><code>
    /// Tensor x = [2, 3];
    /// Console.WriteLine(x.Sum().Item());      // → 5
    /// </code></example>
    public double Item() => DType.IsComplex() ? throw new ArgumentException($"A {DType} is no real number; read it with Item<Complex>().") : Item<double>();

    /// <summary>
    /// The only element of a tensor as a <typeparamref name="T"/>: exact where it fits, rounded where it does not, without its fraction as a whole
    /// number.
    /// </summary>
    /// <exception cref="ShapeException">There is not exactly one element.</exception>
    public T Item<T>() where T : INumberBase<T>
    {
        Tracing.Seen(this);
        if (Numel != 1) throw new ShapeException($"Only a tensor with one element is a number; this one has the shape {Shape}.");
        var host = this.To(Device.Cpu);
        return host.GetNumber<T>(host.Layout.Offset);
    }

    void Check<T>() where T : unmanaged
    {
        if (DTypes.Of<T>() != DType) throw new ArgumentException($"The elements are {DType}, not {DTypes.Of<T>()}; convert with To(DType.{DTypes.Of<T>()}).");
    }
}
