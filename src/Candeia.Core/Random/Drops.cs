namespace Candeia;

/// <summary>
/// Random numbers for one element that needs nobody knows how many: those of a stream of its own, whose identity is a block of the tensor's stream under
/// another key, so that no stream contains it. Word w of it is word w mod 4 of <see cref="Philox.Block"/>(key, stream, w / 4).
/// </summary>
internal ref struct Drops : IDoubles
{
    const ulong Each = 0x13198A2E03707344;

    readonly ulong _key, _stream;
    ulong _index;
    UInt128 _block;
    bool _hasHalf;

    /// <summary>The numbers of the element at a position of a stream.</summary>
    public Drops(ulong key, ulong stream, ulong position)
    {
        UInt128 identity = Philox.Block(key ^ Each, stream, position);
        (_key, _stream) = ((ulong)identity, (ulong)(identity >> 64));
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        _hasHalf = !_hasHalf;
        if (!_hasHalf) return (ulong)(_block >> 64);
        _block = Philox.Block(_key, _stream, _index++);
        return (ulong)_block;
    }

    /// <summary>Uniform on [0, 1).</summary>
    public double NextDouble() => UniformDouble.Unit(Next());

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    public double NextNormal() => NormalDouble.Standard(Next());
}
