using System.Collections;
using System.Runtime.CompilerServices;

namespace Candeia;

/// <summary>The sizes of a tensor's dimensions: <c>[64, 1, 130, 130]</c>. A number has the empty shape.</summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IReadOnlyList<int>
{
    readonly int[]? _sizes;

    /// <summary>The one place where sizes become a shape: their product, from which all strides and lengths follow, is a number that exists.</summary>
    internal Shape(int[] sizes)
    {
        _sizes = sizes;
        long product = 1;
        foreach (int size in sizes) if (size > 1 && (product = product > long.MaxValue / size ? 0 : product * size) == 0) throw TooLarge();
    }

    /// <summary>Makes a shape of the given sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="ShapeException">Their product is 2⁶³ or more.</exception>
    public static Shape Create(ReadOnlySpan<int> sizes)
    {
        foreach (int size in sizes) ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new(sizes.ToArray());
    }

    /// <summary>The number of dimensions.</summary>
    public int Rank => _sizes?.Length ?? 0;

    /// <summary>The number of dimensions, under the name that list patterns look for.</summary>
    public int Count => Rank;

    /// <summary>The number of elements: the product of the sizes, 1 for a number.</summary>
    public long Numel
    {
        get
        {
            long n = 1;
            foreach (int size in Sizes) n *= size;                          // cannot overflow: see the constructor
            return n;
        }
    }

    /// <summary>The size of one dimension; <c>^1</c> is the last.</summary>
    public int this[int dim] => _sizes![dim];

    /// <summary>A part of the dimensions.</summary>
    public Shape Slice(int start, int length) => new(Sizes.Slice(start, length).ToArray());

    internal ReadOnlySpan<int> Sizes => _sizes;

    /// <summary>The sizes, for methods that take them one by one.</summary>
    public static implicit operator ReadOnlySpan<int>(Shape shape) => shape._sizes;

    /// <summary>Resolves a dimension that may be counted from the end: −1 is the last.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    internal int Dim(int dim)
    {
        int rank = Math.Max(1, Rank);
        if (dim < -rank || dim >= rank) throw new ArgumentOutOfRangeException(nameof(dim), $"Shape {this} has no dimension {dim}: it must be {-rank} … {rank - 1}.");
        return dim < 0 ? dim + rank : dim;
    }

    /// <summary>A copy with another size in one dimension.</summary>
    internal Shape With(int dim, int size)
    {
        int[] sizes = [.. Sizes];
        sizes[dim] = size;
        return new(sizes);
    }

    /// <summary>A copy with one dimension more.</summary>
    internal Shape Insert(int dim, int size) => new([.. Sizes[..dim], size, .. Sizes[dim..]]);

    /// <summary>A copy without one dimension.</summary>
    internal Shape Remove(int dim) => new([.. Sizes[..dim], .. Sizes[(dim + 1)..]]);

    /// <summary>The shape in which both meet: dimensions are matched from the last, and a size of 1 stretches.</summary>
    /// <exception cref="ShapeException">Two sizes differ and neither is 1.</exception>
    public static Shape Broadcast(Shape a, Shape b)
    {
        if (a == b) return a;
        int[] sizes = new int[Math.Max(a.Rank, b.Rank)];
        for (int i = 1; i <= sizes.Length; i++)
        {
            int p = i <= a.Rank ? a[a.Rank - i] : 1, q = i <= b.Rank ? b[b.Rank - i] : 1;
            if (p != q && p != 1 && q != 1)
                throw new ShapeException($"Shapes {a} and {b} do not broadcast: in dimension {sizes.Length - i} the sizes {p} and {q} differ, and neither is 1.");
            sizes[^i] = p == 1 ? q : p;
        }
        return new(sizes);
    }

    ShapeException TooLarge() => new($"The shape {this} stands for 2⁶³ elements or more, which no tensor has; make a size smaller.");

    /// <inheritdoc/>
    public bool Equals(Shape other) => Sizes.SequenceEqual(other.Sizes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int size in Sizes) hash.Add(size);
        return hash.ToHashCode();
    }

    /// <summary>Whether all sizes are equal.</summary>
    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    /// <summary>Whether some size differs.</summary>
    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_sizes ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The sizes in brackets: <c>[64, 1]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _sizes ?? [])}]";
}
