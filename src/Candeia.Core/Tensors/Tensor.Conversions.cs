using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Candeia;

[CollectionBuilder(typeof(Tensor), nameof(Stack))]
public sealed partial class Tensor : IEnumerable<Tensor>
{
    /// <summary>A plain number, which adapts to the tensors that it meets.</summary>
    public static implicit operator Tensor(float value) => Number(value);

    /// <summary>A plain number, which adapts to the tensors that it meets.</summary>
    public static implicit operator Tensor(double value) => Number(value);

    /// <summary>A plain number, which adapts to the tensors that it meets.</summary>
    public static implicit operator Tensor(int value) => Number((long)value);

    /// <summary>A plain number, which adapts to the tensors that it meets.</summary>
    public static implicit operator Tensor(long value) => Number(value);

    /// <summary>A plain complex number, which adapts to the tensors that it meets.</summary>
    public static implicit operator Tensor(Complex value) => Number(value);

    /// <summary>A truth value.</summary>
    public static implicit operator Tensor(bool value) => Number(value);

    /// <summary>The only element.</summary>
    public static explicit operator float(Tensor x) => (float)Single(x).Item();

    /// <summary>The only element.</summary>
    public static explicit operator double(Tensor x) => Single(x).Item();

    /// <summary>The only element, without its fraction.</summary>
    public static explicit operator long(Tensor x) => Single(x).Item<long>();

    /// <summary>The only element, without its fraction.</summary>
    public static explicit operator int(Tensor x) => Single(x).Item<int>();

    /// <summary>The only element.</summary>
    public static explicit operator Complex(Tensor x) => Single(x).Item<Complex>();

    /// <summary>Whether the only element is not zero.</summary>
    public static explicit operator bool(Tensor x) => Single(x).Item<Complex>() != default;

    static Tensor Single(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x;
    }

    /// <summary>The parts along the first dimension, as views.</summary>
    /// <exception cref="ShapeException">A single number has no parts.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2], [3, 4]];
    /// foreach (var row in x) Console.WriteLine(row.Sum().Item());
    /// // → 3
    /// // → 7
    /// </code></example>
    public IEnumerator<Tensor> GetEnumerator()
    {
        if (Rank == 0) throw new ShapeException("A number has no parts to enumerate.");
        for (int i = 0; i < Shape[0]; i++) yield return this.Select(0, i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
