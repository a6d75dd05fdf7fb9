namespace Candeia.NN;

/// <summary>A border around signals, images or volumes: what the layers that pad share.</summary>
public abstract class Border : Layer
{
    readonly int[] _padding;
    readonly PaddingMode _mode;
    readonly double _value;

    private protected Border(int dims, PaddingMode mode, double value, ReadOnlySpan<int> padding)
    {
        if (padding.Length != 1 && padding.Length != 2 * dims)
            throw new ArgumentException($"{GetType().Name} takes one size for all sides or {2 * dims}, a pair for each dimension and the last first, not {padding.Length}.");
        _padding = new int[2 * dims];
        for (int i = 0; i < _padding.Length; i++) _padding[i] = padding[padding.Length == 1 ? 0 : i];
        (_mode, _value) = (mode, value);
    }

    /// <inheritdoc/>
    protected internal override string Details => string.Join(' ', _padding);

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int dims = _padding.Length / 2;
        if (x.Rank != dims + 1 && x.Rank != dims + 2) throw new ShapeException($"{GetType().Name} takes {dims} dimension(s) behind [n, c] or [c], not {x.Shape}.");
        return _mode == PaddingMode.Zeros ? x.Pad(_padding, _value) : x.Pad(_padding, _mode);
    }
}

/// <summary>A border around signals [n, c, l]: zeros.</summary>
/// <param name="padding">One size for all sides, or left, right; negative ones cut.</param>
public sealed class ZeroPad1d(params ReadOnlySpan<int> padding) : Border(1, PaddingMode.Zeros, 0, padding);

/// <summary>A border around images [n, c, h, w]: zeros.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below; negative ones cut.</param>
public sealed class ZeroPad2d(params ReadOnlySpan<int> padding) : Border(2, PaddingMode.Zeros, 0, padding);

/// <summary>A border around volumes [n, c, d, h, w]: zeros.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below, before, behind; negative ones cut.</param>
public sealed class ZeroPad3d(params ReadOnlySpan<int> padding) : Border(3, PaddingMode.Zeros, 0, padding);

/// <summary>A border around signals [n, c, l]: the values inside, mirrored at the outermost.</summary>
/// <param name="padding">One size for all sides, or left, right; negative ones cut.</param>
public sealed class ReflectionPad1d(params ReadOnlySpan<int> padding) : Border(1, PaddingMode.Reflect, 0, padding);

/// <summary>A border around images [n, c, h, w]: the values inside, mirrored at the outermost.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below; negative ones cut.</param>
public sealed class ReflectionPad2d(params ReadOnlySpan<int> padding) : Border(2, PaddingMode.Reflect, 0, padding);

/// <summary>A border around volumes [n, c, d, h, w]: the values inside, mirrored at the outermost.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below, before, behind; negative ones cut.</param>
public sealed class ReflectionPad3d(params ReadOnlySpan<int> padding) : Border(3, PaddingMode.Reflect, 0, padding);

/// <summary>A border around signals [n, c, l]: the outermost values again and again.</summary>
/// <param name="padding">One size for all sides, or left, right; negative ones cut.</param>
public sealed class ReplicationPad1d(params ReadOnlySpan<int> padding) : Border(1, PaddingMode.Replicate, 0, padding);

/// <summary>A border around images [n, c, h, w]: the outermost values again and again.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below; negative ones cut.</param>
public sealed class ReplicationPad2d(params ReadOnlySpan<int> padding) : Border(2, PaddingMode.Replicate, 0, padding);

/// <summary>A border around volumes [n, c, d, h, w]: the outermost values again and again.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below, before, behind; negative ones cut.</param>
public sealed class ReplicationPad3d(params ReadOnlySpan<int> padding) : Border(3, PaddingMode.Replicate, 0, padding);

/// <summary>A border around signals [n, c, l]: the values of the other end.</summary>
/// <param name="padding">One size for all sides, or left, right; negative ones cut.</param>
public sealed class CircularPad1d(params ReadOnlySpan<int> padding) : Border(1, PaddingMode.Circular, 0, padding);

/// <summary>A border around images [n, c, h, w]: the values of the other end.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below; negative ones cut.</param>
public sealed class CircularPad2d(params ReadOnlySpan<int> padding) : Border(2, PaddingMode.Circular, 0, padding);

/// <summary>A border around volumes [n, c, d, h, w]: the values of the other end.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below, before, behind; negative ones cut.</param>
public sealed class CircularPad3d(params ReadOnlySpan<int> padding) : Border(3, PaddingMode.Circular, 0, padding);

/// <summary>A border around signals [n, c, l]: one value everywhere.</summary>
/// <param name="padding">One size for all sides, or left, right; negative ones cut.</param>
/// <param name="value">What stands in the border.</param>
public sealed class ConstantPad1d(ReadOnlySpan<int> padding, double value) : Border(1, PaddingMode.Zeros, value, padding);

/// <summary>A border around images [n, c, h, w]: one value everywhere.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below; negative ones cut.</param>
/// <param name="value">What stands in the border.</param>
public sealed class ConstantPad2d(ReadOnlySpan<int> padding, double value) : Border(2, PaddingMode.Zeros, value, padding);

/// <summary>A border around volumes [n, c, d, h, w]: one value everywhere.</summary>
/// <param name="padding">One size for all sides, or left, right, above, below, before, behind; negative ones cut.</param>
/// <param name="value">What stands in the border.</param>
public sealed class ConstantPad3d(ReadOnlySpan<int> padding, double value) : Border(3, PaddingMode.Zeros, value, padding);
