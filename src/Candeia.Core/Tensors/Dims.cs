using System.Collections;
using System.Runtime.CompilerServices;

namespace Candeia;

/// <summary>Dimensions, as parameters of an op: a list that is a value, equal where its numbers are. <c>[0, -1]</c></summary>
[CollectionBuilder(typeof(Dims), nameof(Create))]
public readonly struct Dims : IEquatable<Dims>, IReadOnlyList<int>
{
    readonly int[]? _dims;

    Dims(int[] dims) => _dims = dims;

    /// <summary>A copy of these numbers.</summary>
    public static Dims Create(ReadOnlySpan<int> dims) => new(dims.ToArray());

    /// <summary>How many there are.</summary>
    public int Count => _dims?.Length ?? 0;

    /// <summary>One of them.</summary>
    public int this[int index] => _dims![index];

    /// <summary>All of them.</summary>
    public static implicit operator ReadOnlySpan<int>(Dims dims) => dims._dims;

    /// <summary>A copy of these numbers.</summary>
    public static implicit operator Dims(ReadOnlySpan<int> dims) => Create(dims);

    /// <summary>A copy of these numbers.</summary>
    public static implicit operator Dims(int[] dims) => Create(dims);

    /// <inheritdoc/>
    public bool Equals(Dims other) => ((ReadOnlySpan<int>)this).SequenceEqual(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Dims other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int dim in (ReadOnlySpan<int>)this) hash.Add(dim);
        return hash.ToHashCode();
    }

    /// <summary>Whether both have the same numbers.</summary>
    public static bool operator ==(Dims a, Dims b) => a.Equals(b);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Dims a, Dims b) => !a.Equals(b);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_dims ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The numbers in brackets: <c>[0, -1]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _dims ?? [])}]";
}
