namespace Candeia;

/// <summary>Where the elements of a tensor lie in its storage: element i is at Offset + Σ i[d]·Strides[d].</summary>
public sealed class Layout : IEquatable<Layout>
{
    static readonly Layout s_number = new(new Shape([]), []);
    [ThreadStatic] static Recent? s_rows, s_channels;                        // a step has the same shapes as the one before
    readonly long[] _strides;
    int _hash;                                                               // 0 until somebody asks

    /// <summary>Elements at these distances from each other.</summary>
    /// <exception cref="ArgumentException">There is not a stride for each dimension.</exception>
    public Layout(Shape shape, ReadOnlySpan<long> strides, long offset = 0) : this(shape, strides.ToArray(), offset)
    {
        if (strides.Length != shape.Rank) throw new ArgumentException($"A layout of {shape} needs {shape.Rank} strides, not {strides.Length}.", nameof(strides));
    }

    internal Layout(Shape shape, long[] strides, long offset = 0)
    {
        Shape = shape;
        _strides = strides;
        Offset = offset;
    }

    /// <summary>The sizes of the dimensions.</summary>
    public Shape Shape { get; }

    /// <summary>The distance, in elements, between neighbours of each dimension.</summary>
    public ReadOnlySpan<long> Strides => _strides;

    /// <summary>The position of the first element.</summary>
    public long Offset { get; }

    /// <summary>Row-major order without gaps.</summary>
    public static Layout Of(Shape shape) => shape.Rank == 0 ? s_number : (s_rows ??= new(static s => Of(s, 0))).Of(shape);

    /// <summary>Row-major order without gaps from some element on.</summary>
    internal static Layout Of(Shape shape, long offset)
    {
        long[] strides = new long[shape.Rank];
        long stride = 1;
        for (int d = shape.Rank - 1; d >= 0; d--)
        {
            strides[d] = stride;
            stride *= Math.Max(1, shape[d]);
        }
        return new(shape, strides, offset);
    }

    /// <summary>Row-major order without gaps for a result of this shape: this layout, if it is that.</summary>
    internal Layout RowMajor() => Offset == 0 && IsContiguous ? this : Of(Shape);

    /// <summary>Channels-last order without gaps for a result of this shape: this layout, if it is that.</summary>
    internal Layout LastChannels() => Offset == 0 && IsChannelsLast ? this : ChannelsLast(Shape);

    /// <summary>Channels last: a [n, c, h, w] (or [n, c, l], [n, c, d, h, w]) tensor whose channels are neighbours in memory.</summary>
    public static Layout ChannelsLast(Shape shape) => (s_channels ??= new(ByChannel)).Of(shape);

    static Layout ByChannel(Shape shape)
    {
        long[] strides = new long[shape.Rank];
        long stride = strides[1] = 1;
        stride *= Math.Max(1, shape[1]);
        for (int d = shape.Rank - 1; d >= 0; d--)
        {
            if (d == 1) continue;
            strides[d] = stride;
            stride *= Math.Max(1, shape[d]);
        }
        return new(shape, strides);
    }

    /// <summary>Layouts of one kind that this thread has made lately, each where the hash of its shape says.</summary>
    sealed class Recent(Func<Shape, Layout> make)
    {
        const int Bits = 6;
        readonly Layout?[] _layouts = new Layout?[1 << Bits];

        public Layout Of(Shape shape)
        {
            uint hash = 0;
            foreach (int size in shape.Sizes) hash = (hash ^ (uint)size) * 0x9E3779B1;
            ref var known = ref _layouts[hash >> 32 - Bits];
            return known is { } layout && layout.Shape == shape ? layout : known = make(shape);
        }
    }

    /// <summary>Whether the elements stand in row-major order without gaps.</summary>
    public bool IsContiguous
    {
        get
        {
            long stride = 1;
            for (int d = Shape.Rank - 1; d >= 0; d--)
                if (!Continues(d, ref stride)) return Shape.Numel == 0;
            return true;
        }
    }

    /// <summary>Whether the elements stand in channels-last order without gaps.</summary>
    public bool IsChannelsLast
    {
        get
        {
            if (Shape.Rank is not (3 or 4 or 5)) return false;
            long stride = 1;
            if (!Continues(1, ref stride)) return Shape.Numel == 0;
            for (int d = Shape.Rank - 1; d >= 0; d--)
                if (d != 1 && !Continues(d, ref stride)) return Shape.Numel == 0;
            return true;
        }
    }

    /// <summary>The positions of the elements that lie first and last in memory.</summary>
    internal (long First, long Last) Extent()
    {
        long first = Offset, last = Offset;
        for (int d = 0; d < Shape.Rank; d++)
        {
            long reach = Math.Max(0, Shape[d] - 1) * _strides[d];
            if (reach < 0) first += reach;
            else last += reach;
        }
        return (first, last);
    }

    /// <summary>Whether several elements lie in one place.</summary>
    internal bool Repeats
    {
        get
        {
            for (int d = 0; d < Shape.Rank; d++) if (_strides[d] == 0 && Shape[d] > 1) return Shape.Numel > 0;
            return false;
        }
    }

    /// <summary>Whether every element of the storage range belongs to exactly one index: some order of the dimensions is without gaps.</summary>
    public bool IsDense
    {
        get
        {
            long expected = 1;
            foreach (int d in Order(stackalloc int[Shape.Rank]))
            {
                if (Shape[d] <= 1) continue;
                if (_strides[d] != expected) return false;
                expected *= Shape[d];
            }
            return true;
        }
    }

    /// <summary>The same order of dimensions in memory, without gaps or repetition, for a result of this shape.</summary>
    internal Layout Dense()
    {
        if (Offset == 0 && IsDense) return this;
        if (IsContiguous) return Of(Shape);
        long[] strides = new long[Shape.Rank];
        long stride = 1;
        foreach (int d in Order(stackalloc int[Shape.Rank]))
        {
            strides[d] = stride;
            stride *= Math.Max(1, Shape[d]);
        }
        return new(Shape, strides);
    }

    /// <summary>The dimensions from the fastest in memory to the slowest, in the memory that the caller lends for them.</summary>
    internal Span<int> Order(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            int d = Shape.Rank - 1 - i, at = i;
            for (; at > 0 && Math.Abs(_strides[d]) < Math.Abs(_strides[order[at - 1]]); at--) order[at] = order[at - 1];
            order[at] = d;
        }
        return order;
    }

    /// <summary>The same elements stretched to a shape that this one broadcasts to: stretched dimensions have stride 0.</summary>
    public Layout Broadcast(Shape shape)
    {
        if (shape == Shape) return this;
        long[] strides = new long[shape.Rank];
        for (int i = 1; i <= Shape.Rank; i++) strides[^i] = Shape[Shape.Rank - i] == 1 ? 0 : _strides[^i];
        return new(shape, strides, Offset);
    }

    /// <summary>Whether the same elements lie in the same places.</summary>
    public bool Equals(Layout? other) =>
        ReferenceEquals(this, other) || other is not null && Offset == other.Offset && Shape == other.Shape && Strides.SequenceEqual(other.Strides);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Layout);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (_hash != 0) return _hash;
        var hash = new HashCode();
        hash.Add(Shape);
        hash.Add(Offset);
        foreach (long stride in _strides) hash.Add(stride);
        return _hash = hash.ToHashCode();
    }

    /// <summary>Shape, strides and offset: <c>[2, 3] by [3, 1] from 0</c>.</summary>
    public override string ToString() => $"{Shape} by [{string.Join(", ", _strides)}] from {Offset}";

    /// <summary>Whether this dimension follows without a gap where those before it take <paramref name="stride"/> elements.</summary>
    bool Continues(int d, ref long stride)
    {
        int size = Shape[d];
        if (size == 1) return true;
        bool follows = _strides[d] == stride;
        stride *= Math.Max(1, size);
        return follows;
    }
}
