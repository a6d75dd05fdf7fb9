namespace Candeia.Gpu;

/// <summary>
/// A call without its memory: the op, and of each operand layout and type, whether it is a plain number, and which one before it lies in the same memory. Calls that are alike in this launch
/// the same kernels, with the same arguments but for memory and plain numbers.
/// </summary>
internal sealed class CallKey : IEquatable<CallKey>
{
    readonly record struct Part(Layout Layout, DType DType, bool IsNumber, int Same);

    Part[] _parts = new Part[8];
    Storage[] _storages = new Storage[8];
    int _count, _inputs, _hash;
    long _calls;
    Op? _op;
    bool _isInPlace, _isCoarse;

    /// <summary>The memory of all operands: inputs, and then outputs.</summary>
    public ReadOnlySpan<Storage> Storages => _storages.AsSpan(0, _count);

    /// <summary>Becomes the key of a call, whose op is like another but for numbers that <see cref="Varying"/> knows.</summary>
    public CallKey Of(in OpCall call)
    {
        (_op, _inputs, _count, _isInPlace, _isCoarse) = (Varying.Alike(call.Op), call.Inputs, 0, call.IsInPlace, Rounding.IsTf32Allowed);
        _calls++;
        _hash = _op.GetHashCode();
        for (int i = 0; i < call.Inputs; i++) Add(call.Input(i));
        for (int i = 0; i < call.Outputs; i++) Add(call.Output(i));
        return this;
    }

    void Add(in Operand x)
    {
        if (_count == _parts.Length)
        {
            Array.Resize(ref _parts, 2 * _count);
            Array.Resize(ref _storages, 2 * _count);
        }
        _storages[_count] = x.Storage;
        _parts[_count] = new(x.Layout, x.DType, x.IsNumber, First(x));
        _hash = HashCode.Combine(_hash, x.Layout, x.DType);
        _count++;
    }

    /// <summary>The first operand in the same memory.</summary>
    int First(in Operand x)
    {
        if (x.Storage is not GpuStorage memory) return Array.IndexOf(_storages, x.Storage, 0, _count + 1);
        const int Operands = 20;                                             // bits
        if (memory.Seen >> Operands == _calls) return (int)(memory.Seen & (1 << Operands) - 1);
        memory.Seen = _calls << Operands | (long)_count;
        return _count;
    }

    /// <summary>Forgets memory, which nobody shall hold.</summary>
    public void Forget() => Array.Clear(_storages, 0, _count);

    /// <summary>The same key to be kept.</summary>
    public CallKey Copy() => new() { _op = _op, _inputs = _inputs, _count = _count, _isInPlace = _isInPlace, _isCoarse = _isCoarse, _hash = _hash, _parts = _parts[.._count], _storages = [] };

    /// <inheritdoc/>
    public bool Equals(CallKey? other) => other is not null && _hash == other._hash && _count == other._count && _inputs == other._inputs && _isInPlace == other._isInPlace && _isCoarse == other._isCoarse
        && _op!.Equals(other._op) && _parts.AsSpan(0, _count).SequenceEqual(other._parts.AsSpan(0, _count));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CallKey);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
