namespace Candeia;

/// <summary>One part of an index in brackets: a position, a range, all dimensions between, a new dimension, a tensor of positions or a mask.</summary>
public readonly struct TensorIndex
{
    enum Kind { Position, Range, Ellipsis, NewAxis, Tensor }

    readonly Kind _kind;
    readonly Index _position;
    readonly Range _range;
    readonly int _step;

    TensorIndex(Kind kind, Index position = default, Range range = default, int step = 1, Tensor? tensor = null) =>
        (_kind, _position, _range, _step, Tensor) = (kind, position, range, step, tensor);

    /// <summary>All dimensions that are not indexed otherwise: <c>x[TensorIndex.Ellipsis, 0]</c>.</summary>
    public static TensorIndex Ellipsis => new(Kind.Ellipsis);

    /// <summary>A new dimension of size 1.</summary>
    public static TensorIndex NewAxis => new(Kind.NewAxis);

    /// <summary>Every <paramref name="step"/>-th part of a range.</summary>
    public static TensorIndex Every(int step, Range? range = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return new(Kind.Range, range: range ?? Range.All, step: step);
    }

    /// <summary>A position; −1 is the last.</summary>
    public static implicit operator TensorIndex(int position) => new(Kind.Position, position < 0 ? Index.FromEnd(-position) : Index.FromStart(position));

    /// <summary>A position; <c>^1</c> is the last.</summary>
    public static implicit operator TensorIndex(Index position) => new(Kind.Position, position);

    /// <summary>A range of positions, the end excluded.</summary>
    public static implicit operator TensorIndex(Range range) => new(Kind.Range, range: range);

    /// <summary>Positions (integers), or a mask (truth values or uint8).</summary>
    public static implicit operator TensorIndex(Tensor tensor) => new(Kind.Tensor, tensor: tensor);

    internal Tensor? Tensor { get; }

    /// <summary>Whether this is a tensor of truth values, or of bytes that stand for such.</summary>
    internal bool IsMask => Tensor is { DType: DType.Bool or DType.UInt8 };

    internal bool IsEllipsis => _kind == Kind.Ellipsis;

    /// <summary>How many dimensions of the tensor this part speaks of.</summary>
    internal int Consumes => _kind switch
    {
        Kind.Ellipsis or Kind.NewAxis => 0,
        Kind.Tensor when IsMask => Tensor!.Rank,
        _ => 1,
    };

    /// <summary>Applies a part that makes a view, and moves on to the next dimension.</summary>
    internal Tensor View(Tensor x, ref int dim)
    {
        if (_kind == Kind.NewAxis) return x.Unsqueeze(dim++);
        int size = x.Shape[dim];
        if (_kind == Kind.Position)
        {
            int at = _position.GetOffset(size);
            if (at < 0 || at >= size) throw new ArgumentOutOfRangeException(nameof(x), $"Index {_position} is not within dimension {dim} of {x.Shape}.");
            return x.Select(dim, at);
        }
        int start = Math.Clamp(_range.Start.GetOffset(size), 0, size), end = Math.Clamp(_range.End.GetOffset(size), start, size);
        return _step == 1 && start == 0 && end == size ? Next(x, ref dim) : Next(new SliceOp(dim, start, (int)(((long)end - start + _step - 1) / _step), _step).Apply(x), ref dim);
    }

    static Tensor Next(Tensor x, ref int dim)
    {
        dim++;
        return x;
    }
}
